// Amazon's own pages of this marketplace.
import { Link } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { type MessageId, useText } from "../../i18n";
import { sellerCentralOrigin } from "../../parts/links";
import { Panel } from "../../parts/Panel";

const pages: readonly [MessageId, string][] = [
  ["dashboard.seller_central_home", "/home"],
  ["dashboard.seller_central_orders", "/orders-v3"],
  ["dashboard.seller_central_inventory", "/inventory"],
  ["dashboard.seller_central_messages", "/messaging/inbox"],
];

export function SellerCentral({ marketplace }: { marketplace: string }) {
  const text = useText();
  const origin = sellerCentralOrigin(marketplace);
  if (origin === null) return null;
  return (
    <Panel heading={text("dashboard.seller_central")}>
      <ul
        className={style({
          display: "flex",
          gap: 24,
          flexWrap: "wrap",
          listStyleType: "none",
          margin: 0,
          padding: 0,
        })}
      >
        {pages.map(([id, path]) => (
          <li key={path}>
            <Link href={origin + path} target="_blank" rel="noreferrer">
              {text(id)}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
