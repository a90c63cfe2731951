// What mends a block that lies in the order itself: its address, or its money.

import { useText } from "../../i18n";
import { DialogButton } from "../DialogButton";
import type { AmazonOrder } from "../orders";
import { MoneyDialog } from "./MoneyDialog";
import { RepairAddress } from "./RepairAddress";

export function OrderFix({ order, isCompact = false }: { order: AmazonOrder; isCompact?: boolean }) {
  const text = useText();
  const { block, amazon_order_id: number } = order;
  const look = isCompact
    ? ({ variant: "secondary", fillStyle: "outline", size: "S" } as const)
    : ({ variant: "accent" } as const);
  if (block?.reason === "address_invalid") return <RepairAddress order={order} look={look} />;
  const amounts = block?.reason === "money_mismatch" ? block.amounts : null;
  if (amounts !== null)
    return (
      <DialogButton label={text("fix.money")} {...look} name={text("fix.money_of", { number })}>
        {() => <MoneyDialog order={order} amounts={amounts} />}
      </DialogButton>
    );
  return null;
}
