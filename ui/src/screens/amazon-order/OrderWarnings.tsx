// What a person must know before they work on an order: it is only looked at here, the buyer asks to cancel,
// or Amazon wants to confirm by itself.
import { Content, Heading, InlineAlert } from "@react-spectrum/s2";

import { useText } from "../../i18n";
import type { AmazonOrder } from "../../parts/orders";

/** Shipments of these programs are confirmed by Amazon, from its own labels. */
const programs = ["PRIME", "FBM_SHIP_PLUS", "AMAZON_EASY_SHIP"];

export const isConfirmedByAmazon = (order: AmazonOrder) =>
  order.fulfilled_by === "merchant" && order.programs.some((each) => programs.includes(each));

export function OrderWarnings({ order }: { order: AmazonOrder }) {
  const text = useText();
  return (
    <>
      {(order.import_state === "view_only" || order.import_state === "excluded") && (
        <InlineAlert variant="informative">
          <Heading level={2}>{text("order.view_only")}</Heading>
          <Content>{text(`order.${order.import_state}_help`)}</Content>
        </InlineAlert>
      )}
      {order.cancel_request !== null && (
        <InlineAlert variant="notice">
          <Heading level={2}>{text("order.cancel_request")}</Heading>
          <Content>
            {order.cancel_request.reason === ""
              ? text("order.cancel_request_help")
              : text("order.cancel_request_reason", { reason: order.cancel_request.reason })}
          </Content>
        </InlineAlert>
      )}
      {isConfirmedByAmazon(order) && (
        <InlineAlert variant="notice">
          <Heading level={2}>{text("order.program_heading")}</Heading>
          <Content>{text("order.program_help")}</Content>
        </InlineAlert>
      )}
    </>
  );
}
