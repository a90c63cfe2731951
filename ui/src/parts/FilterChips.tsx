// What a list is filtered by, as chips that can be removed.
import { Tag, TagGroup } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { type MessageId, useText } from "../i18n";

interface FilterChipsProps {
  /** Names and values, the values in words. */
  set: readonly (readonly [name: string, value: string])[];
  remove: (names: ReadonlySet<string>) => void;
}

export function FilterChips({ set, remove }: FilterChipsProps) {
  const text = useText();
  if (set.length === 0) return null;
  return (
    <TagGroup
      aria-label={text("filter.set")}
      onRemove={(keys) => remove(new Set([...keys].map(String)))}
      groupActionLabel={text("filter.clear")}
      onGroupAction={() => remove(new Set(set.map(([name]) => name)))}
      styles={style({ marginBottom: 16 })}
    >
      {set.map(([name, value]) => {
        const chip = text("filter.chip", { name: text(`filter.${name}` as MessageId), value });
        return (
          <Tag key={name} id={name} textValue={chip}>
            {chip}
          </Tag>
        );
      })}
    </TagGroup>
  );
}
