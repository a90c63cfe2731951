// Why there is no commerce order yet, and what mends it, side by side.
import {
  Button,
  ButtonGroup,
  Content,
  DialogTrigger,
  Heading,
  InlineAlert,
  LinkButton,
} from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { api, body, type Schemas } from "../../api/client";
import { type MessageId, useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { ownPath } from "../../parts/links";
import type { AmazonOrder } from "../../parts/orders";
import { ProblemAlert } from "../../parts/problems";
import { useMay } from "../../shell/session";
import { touches } from "./data";
import { CreateProduct, MatchProduct, SetStock } from "./fixes";

function EnableProduct({ sku }: { sku: string }) {
  const text = useText();
  const enable = useChange<void, Schemas["Product"]>({
    call: () =>
      body(api.PATCH("/api/v1/products/{sku}", { params: { path: { sku } }, body: { enabled: true } })),
    touches: [...touches, ["products"]],
    done: () => text("block.enabled", { sku }),
    toastProblem: true,
  });
  return (
    <Button variant="accent" isPending={enable.isPending} onPress={() => enable.mutate()}>
      {text("block.enable", { sku })}
    </Button>
  );
}

function Fixes({ order, block, sku }: { order: AmazonOrder; block: Schemas["Block"]; sku: string }) {
  const text = useText();
  switch (block.reason) {
    case "product_missing":
      return (
        <>
          <DialogTrigger>
            <Button variant="accent">{text("block.create_product")}</Button>
            <CreateProduct order={order} block={block} sellerSku={sku} />
          </DialogTrigger>
          <DialogTrigger>
            <Button variant="secondary">{text("block.match_product")}</Button>
            <MatchProduct order={order} sellerSku={sku} />
          </DialogTrigger>
        </>
      );
    case "product_disabled":
      return <EnableProduct sku={sku} />;
    case "out_of_stock":
      return (
        <DialogTrigger>
          <Button variant="accent">{text("block.set_stock")}</Button>
          <SetStock sku={sku} />
        </DialogTrigger>
      );
    default:
      return null;
  }
}

interface Props {
  order: AmazonOrder;
  retry: { mutate: () => void; isPending: boolean; error: unknown };
}

export function BlockFix({ order, retry }: Props) {
  const text = useText();
  const isOperator = useMay("operator");
  const { block } = order;
  if (block === null) return null;
  const page = block.fix.kind === "order" ? null : ownPath(block.fix.href);
  return (
    <InlineAlert variant="negative" styles={style({ marginBottom: 16 })}>
      <Heading level={2}>{text("block.heading")}</Heading>
      <Content>
        <p className={style({ marginTop: 0 })}>{block.detail}</p>
        <p>{text(`block_help.${block.reason}` as MessageId)}</p>
        <ProblemAlert error={retry.error} />
        <ButtonGroup styles={style({ marginTop: 8 })}>
          {isOperator && block.fix.sku !== null && <Fixes order={order} block={block} sku={block.fix.sku} />}
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
      </Content>
    </InlineAlert>
  );
}
