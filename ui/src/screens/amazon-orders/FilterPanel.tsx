// Every filter of the grid. Nothing happens until "Apply": the address changes once, not with every key.
import { Button, ButtonGroup, Form, Picker, PickerItem, TextField } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { Children, type FormEvent, useState } from "react";
import { useIntl } from "react-intl";

import { type MessageId, useText } from "../../i18n";
import { AnyPicker } from "../../parts/AnyPicker";
import { DayField } from "../../parts/DayField";
import { readAmount, writeAmount } from "../../parts/money";
import type { OrderFilters } from "../../routes";
import { useSession } from "../../shell/session";
import { useStores } from "../stores/queries";
import { type FilterName, fulfillers, importStates, statuses, without } from "./filterValues";

interface Props {
  filters: OrderFilters;
  apply: (next: OrderFilters) => void;
}
interface FieldProps {
  draft: OrderFilters;
  set: (name: FilterName, value: string) => void;
}

function Several({
  draft,
  set,
  name,
  known,
}: FieldProps & {
  name: "status" | "import_state";
  known: readonly string[];
}) {
  const text = useText();
  return (
    <Picker
      label={text(`filter.${name}`)}
      selectionMode="multiple"
      placeholder={text("filter.any")}
      value={draft[name]?.split(",") ?? []}
      onChange={(keys) => set(name, keys.join(","))}
    >
      {known.map((value) => (
        <PickerItem key={value} id={value}>
          {text(`${name}.${value}` as MessageId)}
        </PickerItem>
      ))}
    </Picker>
  );
}

function Amount({
  draft,
  set,
  name,
  isWrong,
}: FieldProps & {
  name: "total_min" | "total_max";
  isWrong: boolean;
}) {
  const text = useText();
  return (
    <TextField
      label={text(`filter.${name}`)}
      inputMode="decimal"
      value={draft[name] ?? ""}
      onChange={(value) => set(name, value)}
      {...(isWrong && { isInvalid: true, errorMessage: text("filter.amount_wrong") })}
    />
  );
}

const amounts = ["total_min", "total_max"] as const;

/** The filters with their amounts as they are typed. */
function draftOf(filters: OrderFilters, locale: string): OrderFilters {
  const draft = { ...filters };
  for (const name of amounts) {
    const amount = filters[name];
    if (amount !== undefined) draft[name] = writeAmount(amount, locale);
  }
  return draft;
}

/** The draft with its amounts as decimal text; the names of those that are none. */
function readDraft(draft: OrderFilters, locale: string) {
  const wrong = new Set<string>();
  const read: OrderFilters = { ...draft };
  for (const name of amounts) {
    const typed = draft[name];
    if (typed === undefined) continue;
    const amount = readAmount(typed, locale);
    if (amount === null) wrong.add(name);
    else read[name] = amount;
  }
  return { read, wrong };
}

export function FilterPanel({ filters, apply }: Props) {
  const text = useText();
  const { locale } = useIntl();
  const session = useSession();
  const stores = useStores().data?.items ?? [];
  const [draft, setDraft] = useState(() => draftOf(filters, locale));
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const set = (name: FilterName, value: string) =>
    setDraft((now) => (value === "" ? without(now, new Set([name])) : { ...now, [name]: value }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readDraft(draft, locale);
    setWrong(read.wrong);
    if (read.wrong.size === 0) apply(read.read);
  };
  const shared = { draft, set };
  const at = (name: FilterName) => ({
    label: text(`filter.${name}`),
    value: draft[name],
    change: (value: string) => set(name, value),
  });
  const who = fulfillers.map((id) => ({ id, name: text(`fulfilled_by.${id}`) }));
  const fields = [
    <DayField key="from" {...at("purchased_from")} />,
    <DayField key="to" {...at("purchased_to")} />,
    session.data?.buyer_data && (
      <TextField
        key="buyer"
        label={text("filter.buyer")}
        value={draft.buyer ?? ""}
        onChange={(value) => set("buyer", value)}
      />
    ),
    <Amount key="min" {...shared} name="total_min" isWrong={wrong.has("total_min")} />,
    <Amount key="max" {...shared} name="total_max" isWrong={wrong.has("total_max")} />,
    <Several key="status" {...shared} name="status" known={statuses} />,
    <Several key="import" {...shared} name="import_state" known={importStates} />,
    <AnyPicker key="who" {...at("fulfilled_by")} known={who} />,
    <AnyPicker key="store" {...at("store")} known={stores} />,
  ].filter(Boolean);
  return (
    <Form
      validationBehavior="aria"
      onSubmit={submit}
      aria-label={text("filter.panel")}
      styles={style({ width: "full", marginBottom: 16 })}
    >
      <div
        className={style({
          display: "grid",
          gridTemplateColumns: "repeat(auto-fill, minmax(160px, 1fr))",
          gap: 16,
          alignItems: "start",
        })}
      >
        {Children.map(fields, (field) => (
          // A field of a form wants a column of the form's own grid: in a cell it has none to want.
          <div>{field}</div>
        ))}
      </div>
      <ButtonGroup>
        <Button type="submit" variant="accent">
          {text("filter.apply")}
        </Button>
        <Button variant="secondary" onPress={() => setDraft(draftOf(filters, locale))}>
          {text("filter.undo")}
        </Button>
      </ButtonGroup>
    </Form>
  );
}
