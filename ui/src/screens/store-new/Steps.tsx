// Where one is on the way to a new store.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { type MessageId, useText } from "../../i18n";

const steps: readonly MessageId[] = [
  "store_new.step_account",
  "store_new.step_store",
  "store_new.step_settings",
  "store_new.step_sync",
];

const item = style<{ isCurrent: boolean }>({
  font: "ui",
  fontWeight: { default: "normal", isCurrent: "bold" },
  color: { default: "gray-700", isCurrent: "gray-900" },
  paddingBottom: 4,
  borderStyle: "solid",
  borderWidth: 0,
  borderBottomWidth: 2,
  borderColor: { default: "gray-200", isCurrent: "gray-900" },
});

export function Steps({ current }: { current: number }) {
  const text = useText();
  return (
    <ol
      aria-label={text("store_new.steps")}
      className={style({
        display: "flex",
        gap: 24,
        flexWrap: "wrap",
        listStyleType: "none",
        margin: 0,
        marginBottom: 24,
        padding: 0,
      })}
    >
      {steps.map((step, index) => (
        <li
          key={step}
          aria-current={index === current ? "step" : undefined}
          className={item({ isCurrent: index === current })}
        >
          {text("store_new.step", { number: index + 1, name: text(step) })}
        </li>
      ))}
    </ol>
  );
}
