// Give money back: for units, for shipping, or an amount on top.
import { Checkbox, Content, Heading, InlineAlert, NumberField, TextField } from "@react-spectrum/s2";
import { useState } from "react";

import { Problem, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import type { CommerceOrder } from "../../parts/commerce";
import { FormDialog } from "../../parts/FormDialog";
import { readAmount } from "../../parts/money";
import { fieldOf, useProblemText } from "../../parts/problems";
import type { useCredit } from "./actions";
import { creditableUnits } from "./open";

interface Draft {
  units: Map<number, number>;
  shipping: string;
  adjustment: string;
  returnToStock: boolean;
}

const linesOf = (units: ReadonlyMap<number, number>) =>
  [...units].filter(([, quantity]) => quantity > 0).map(([line, quantity]) => ({ line, quantity }));

/** An amount that cannot be read is sent as it was typed: the server says what is wrong with it. */
function toMoney(typed: string, currency: string): Schemas["Money"] | null {
  return typed.trim() === "" ? null : { amount: readAmount(typed) ?? typed.trim(), currency };
}

function toRequest(draft: Draft, currency: string): Schemas["CreditRequest"] {
  return {
    lines: linesOf(draft.units),
    shipping: toMoney(draft.shipping, currency),
    adjustment: toMoney(draft.adjustment, currency),
    return_to_stock: draft.returnToStock,
  };
}

function useErrorAt(error: unknown, units: ReadonlyMap<number, number>) {
  const problemText = useProblemText();
  const field = fieldOf(error) ?? "";
  const wrong = { isInvalid: true, errorMessage: problemText(error) };
  const index = /^lines\[(\d+)\]/.exec(field)?.[1];
  const line = index === undefined ? undefined : linesOf(units)[Number(index)]?.line;
  const nothing = error instanceof Problem && error.code === "nothing_to_credit";
  const amount = field.startsWith("shipping")
    ? "shipping"
    : field.startsWith("adjustment")
      ? "adjustment"
      : null;
  return {
    isPlaced: !nothing && (line !== undefined || amount !== null),
    atLine: (each: number) => (each === line ? wrong : {}),
    atAmount: (name: "shipping" | "adjustment") => (name === amount ? wrong : {}),
  };
}

function Units({
  order,
  draft,
  change,
  errorAt,
}: {
  order: CommerceOrder;
  draft: Draft;
  change: (next: Draft) => void;
  errorAt: ReturnType<typeof useErrorAt>;
}) {
  const text = useText();
  const creditable = creditableUnits(order);
  return order.lines
    .filter((line) => (creditable.get(line.line) ?? 0) > 0)
    .map((line) => (
      <NumberField
        key={line.line}
        label={text("credit.units", { title: line.title, left: creditable.get(line.line) ?? 0 })}
        minValue={0}
        maxValue={creditable.get(line.line) ?? 0}
        step={1}
        value={draft.units.get(line.line) ?? 0}
        onChange={(units) =>
          change({ ...draft, units: new Map(draft.units).set(line.line, Number.isNaN(units) ? 0 : units) })
        }
        {...errorAt.atLine(line.line)}
      />
    ));
}

interface CreditDialogProps {
  order: CommerceOrder;
  credit: ReturnType<typeof useCredit>;
}

export function CreditDialog({ order, credit }: CreditDialogProps) {
  const text = useText();
  const currency = order.totals.grand_total.currency;
  const [draft, setDraft] = useState<Draft>({
    units: new Map(),
    shipping: "",
    adjustment: "",
    returnToStock: true,
  });
  const errorAt = useErrorAt(credit.error, draft.units);
  const amount = (name: "shipping" | "adjustment") => ({
    label: text(`credit.${name}`, { currency }),
    inputMode: "decimal" as const,
    value: draft[name],
    onChange: (typed: string) => setDraft({ ...draft, [name]: typed }),
    ...errorAt.atAmount(name),
  });
  return (
    <FormDialog
      title={text("credit.title", { number: order.number })}
      submit={text("credit.submit")}
      error={errorAt.isPlaced ? null : credit.error}
      isPending={credit.isPending}
      onSubmit={(close) => credit.mutate(toRequest(draft, currency), { onSuccess: close })}
    >
      <InlineAlert variant="informative">
        <Heading>{text("credit.what_happens")}</Heading>
        <Content>{text("credit.help")}</Content>
      </InlineAlert>
      <Units order={order} draft={draft} change={setDraft} errorAt={errorAt} />
      <TextField {...amount("shipping")} description={text("credit.shipping_help")} />
      <TextField {...amount("adjustment")} description={text("credit.adjustment_help")} />
      <Checkbox
        isSelected={draft.returnToStock}
        onChange={(returnToStock) => setDraft({ ...draft, returnToStock })}
      >
        {text("credit.return_to_stock")}
      </Checkbox>
    </FormDialog>
  );
}
