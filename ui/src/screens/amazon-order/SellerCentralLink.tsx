import { Link } from "@react-spectrum/s2";

import { useText } from "../../i18n";
import { sellerCentralOrder } from "../../parts/links";
import type { AmazonOrder } from "../../parts/orders";
import { useCountry } from "./data";

export function SellerCentralLink({ order }: { order: AmazonOrder }) {
  const text = useText();
  const href = sellerCentralOrder(useCountry(order.store), order.amazon_order_id);
  return href === null ? (
    <>{"–"}</>
  ) : (
    <Link href={href} target="_blank" rel="noreferrer">
      {text("order.open_seller_central")}
    </Link>
  );
}
