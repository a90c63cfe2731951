// What mends a block that lies in the order itself: its address, or its money.
import { Button, DialogTrigger } from "@react-spectrum/s2";

import { useText } from "../../i18n";
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
  if (block?.reason === "money_mismatch" && block.amounts !== null)
    return (
      <DialogTrigger>
        <Button {...look} aria-label={text("fix.money_of", { number })}>
          {text("fix.money")}
        </Button>
        <MoneyDialog order={order} amounts={block.amounts} />
      </DialogTrigger>
    );
  return null;
}
