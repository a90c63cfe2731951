// The buttons of a commerce order: those that its state allows, each with its dialog.
import { ButtonGroup } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { useText } from "../../i18n";
import type { CommerceOrder } from "../../parts/commerce";
import { Confirm } from "../../parts/Confirm";
import { DialogButton } from "../../parts/DialogButton";
import { ProblemAlert } from "../../parts/problems";
import { useMay } from "../../shell/session";
import { useCancel, useCredit, useHold, useInvoice, useShip, useUnhold } from "./actions";
import { CreditDialog } from "./CreditDialog";
import { creditableUnits, openUnits, sumOf } from "./open";
import { ShipDialog } from "./ShipDialog";

/** The server decides; what it would refuse for sure is not offered. */
function allowed(order: CommerceOrder) {
  const over = ["Complete", "Closed", "Canceled"].includes(order.status);
  const held = order.status === "On Hold";
  const invoiced = order.invoices.length > 0;
  return {
    ship: !over && !held && sumOf(openUnits(order)) > 0,
    invoice: !over && !invoiced,
    credit: invoiced && order.status !== "Closed" && sumOf(creditableUnits(order)) > 0,
    cancel: !over && !invoiced && order.shipments.length === 0,
    hold: !over && !held,
    unhold: held,
  };
}

/** The requests outlive their dialogs: one that got no answer is sent again under the same key. */
function Dialogs({ order }: { order: CommerceOrder }) {
  const text = useText();
  const may = allowed(order);
  const ship = useShip(order, text("ship.done", { number: order.number }));
  const credit = useCredit(order, text("credit.done", { number: order.number }));
  return (
    <>
      {may.ship && (
        <DialogButton label={text("ship.button")} variant="accent" opened={ship.reset}>
          {() => <ShipDialog order={order} ship={ship} />}
        </DialogButton>
      )}
      {may.credit && (
        <DialogButton
          label={text("credit.button")}
          variant="secondary"
          fillStyle="outline"
          opened={credit.reset}
        >
          {() => <CreditDialog order={order} credit={credit} />}
        </DialogButton>
      )}
    </>
  );
}

export function OrderActions({ order }: { order: CommerceOrder }) {
  const text = useText();
  const isOperator = useMay("operator");
  const { number } = order;
  const invoice = useInvoice(order, text("commerce.invoiced", { number }));
  const cancel = useCancel(order, text("commerce.cancelled", { number }));
  const hold = useHold(order, text("commerce.held", { number }));
  const unhold = useUnhold(order, text("commerce.unheld", { number }));
  if (!isOperator) return null;
  const may = allowed(order);
  const confirms = [
    { name: "invoice", change: invoice, shown: may.invoice, destructive: false },
    { name: "hold", change: hold, shown: may.hold, destructive: false },
    { name: "unhold", change: unhold, shown: may.unhold, destructive: false },
    { name: "cancel", change: cancel, shown: may.cancel, destructive: true },
  ] as const;
  return (
    <div className={style({ display: "flex", flexDirection: "column", gap: 16, marginBottom: 16 })}>
      <ButtonGroup>
        <Dialogs order={order} />
        {confirms
          .filter((each) => each.shown)
          .map(({ name, change, destructive }) => (
            <Confirm
              key={name}
              label={text(`commerce.${name}`)}
              title={text(`commerce.${name}_title`, { number })}
              destructive={destructive}
              isPending={change.isPending}
              onConfirm={() => change.mutate()}
            >
              {text(`commerce.${name}_help`)}
            </Confirm>
          ))}
      </ButtonGroup>
      {confirms.map(({ name, change }) => (
        <ProblemAlert key={name} error={change.error} />
      ))}
    </div>
  );
}
