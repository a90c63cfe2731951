// Amazon's own pages of this marketplace.
import { Link } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { type MessageId, useText } from "../../i18n";
import { useMarketplaces } from "../../parts/marketplaces";
import { Panel } from "../../parts/Panel";

/** Those whose addresses are known for every marketplace. */
const pages: readonly [MessageId, string][] = [
  ["dashboard.seller_central_home", "/"],
  ["dashboard.seller_central_orders", "/orders-v3"],
];

export function SellerCentral({ marketplace }: { marketplace: string }) {
  const text = useText();
  const host = useMarketplaces().data?.items.find((each) => each.marketplace === marketplace)?.seller_central;
  if (host === undefined) return null;
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
            <Link href={`https://${host}${path}`} target="_blank" rel="noreferrer">
              {text(id)}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
