// Give money back: for units, for shipping, or an amount on top.
import { Checkbox, Content, Heading, InlineAlert, NumberField, TextField } from "@react-spectrum/s2";
import { useState } from "react";
import { useIntl } from "react-intl";

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

const amounts = ["shipping", "adjustment"] as const;
type AmountName = (typeof amounts)[number];

/** The request, or the amount that cannot be read: it is not sent, as it might be taken for another one. */
function toRequest(
  draft: Draft,
  currency: string,
  locale: string,
): { request: Schemas["CreditRequest"] } | { unread: AmountName } {
  const read: Record<AmountName, Schemas["Money"] | null> = { shipping: null, adjustment: null };
  for (const name of amounts) {
    if (draft[name].trim() === "") continue;
    const amount = readAmount(draft[name], locale);
    if (amount === null) return { unread: name };
    read[name] = { amount, currency };
  }
  return { request: { lines: linesOf(draft.units), ...read, return_to_stock: draft.returnToStock } };
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
    atAmount: (name: AmountName) => (name === amount ? wrong : {}),
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
  const { locale } = useIntl();
  const currency = order.totals.grand_total.currency;
  const [draft, setDraft] = useState<Draft>({
    units: new Map(),
    shipping: "",
    adjustment: "",
    returnToStock: true,
  });
  const [unread, setUnread] = useState<AmountName | null>(null);
  const errorAt = useErrorAt(credit.error, draft.units);
  const notRead = { isInvalid: true, errorMessage: text("problem.amount_invalid") };
  const send = (close: () => void) => {
    const made = toRequest(draft, currency, locale);
    setUnread("unread" in made ? made.unread : null);
    if ("request" in made) credit.mutate(made.request, { onSuccess: close });
  };
  const amount = (name: AmountName) => ({
    label: text(`credit.${name}`, { currency }),
    inputMode: "decimal" as const,
    value: draft[name],
    onChange: (typed: string) => setDraft({ ...draft, [name]: typed }),
    ...(name === unread ? notRead : errorAt.atAmount(name)),
  });
  return (
    <FormDialog
      title={text("credit.title", { number: order.number })}
      submit={text("credit.submit")}
      error={errorAt.isPlaced ? null : credit.error}
      isPending={credit.isPending}
      onSubmit={send}
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
