// Why there is no commerce order yet, and what mends it, side by side.
import { Button, ButtonGroup, Content, Heading, InlineAlert, LinkButton } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { type MessageId, useText } from "../../i18n";
import { CauseFix } from "../../parts/fix/CauseFix";
import { causesOf } from "../../parts/fix/causes";
import { OrderFix } from "../../parts/fix/OrderFix";
import { ownPath } from "../../parts/links";
import { type AmazonOrder, blockWords } from "../../parts/orders";
import { ProblemAlert } from "../../parts/problems";
import { useMay } from "../../shell/session";

interface Props {
  order: AmazonOrder;
  retry: { mutate: () => void; isPending: boolean; error: unknown };
}

export function BlockFix({ order, retry }: Props) {
  const text = useText();
  const isOperator = useMay("operator");
  const { block } = order;
  const [cause] = causesOf([order]);
  if (block === null || cause === undefined) return null;
  const page = block.fix.kind === "order" ? null : ownPath(block.fix.href);
  return (
    <InlineAlert variant="negative" styles={style({ marginBottom: 16 })}>
      <Heading level={2}>{text("block.heading")}</Heading>
      <Content>
        <div className={style({ display: "flex", flexDirection: "column", gap: 12, alignItems: "start" })}>
          <span>{blockWords(order)}</span>
          <span>{text(`block_help.${block.reason}` as MessageId)}</span>
          <ProblemAlert error={retry.error} />
          {isOperator && <CauseFix cause={cause} />}
          {isOperator && <OrderFix order={order} />}
          <ButtonGroup>
            {page !== null && (
              <LinkButton href={page} variant="secondary" fillStyle="outline">
                {text("block.open_product")}
              </LinkButton>
            )}
            {isOperator && (
              <Button
                variant="secondary"
                fillStyle="outline"
                isPending={retry.isPending}
                onPress={() => retry.mutate()}
              >
                {text("order.retry")}
              </Button>
            )}
          </ButtonGroup>
        </div>
      </Content>
    </InlineAlert>
  );
}
