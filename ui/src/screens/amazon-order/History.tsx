// What happened to the order, as it happened.
import { Button } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { api, body } from "../../api/client";
import { useLanguage, useText } from "../../i18n";
import { useFormat } from "../../parts/format";
import { amazonOrderKey } from "../../parts/orderData";
import type { AmazonOrder } from "../../parts/orders";
import { usePages } from "../../parts/pages";
import { SaveRows } from "../../parts/SaveRows";
import { Nothing, Section } from "../../parts/Sections";
import { ErrorState, Loading } from "../../parts/states";

export function History({ order }: { order: AmazonOrder }) {
  const text = useText();
  const format = useFormat();
  const { language } = useLanguage();
  const { store, amazon_order_id } = order;
  const pages = usePages([...amazonOrderKey(store, amazon_order_id), "history", language], (page) =>
    body(
      api.GET("/api/v1/amazon-orders/{store}/{amazon_order_id}/history", {
        params: { path: { store, amazon_order_id }, query: page },
      }),
    ),
  );
  const { query, items } = pages;
  if (query.isPending) return <Loading />;
  if (query.error) return <ErrorState isPart error={query.error} retry={() => void query.refetch()} />;
  return (
    <Section
      title={text("history.title")}
      actions={
        <SaveRows
          file={`history-${amazon_order_id}`}
          head={["at", "text"]}
          pages={pages}
          row={(entry) => [entry.at, entry.text]}
        />
      }
    >
      {items.length === 0 ? (
        <Nothing>{text("history.none")}</Nothing>
      ) : (
        <ol className={style({ listStyleType: "none", margin: 0, padding: 0 })}>
          {items.map((entry, index) => (
            // Entries are only ever added at the end.
            <li
              key={index}
              className={style({ display: "flex", flexWrap: "wrap", columnGap: 16, paddingY: 8, font: "ui" })}
            >
              <time dateTime={entry.at} className={style({ color: "gray-700", minWidth: 160 })}>
                {format.dateTime(entry.at)}
              </time>
              <span className={style({ overflowWrap: "anywhere", minWidth: 0 })}>{entry.text}</span>
            </li>
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <Button
          variant="secondary"
          isPending={query.isFetchingNextPage}
          onPress={() => void query.fetchNextPage()}
        >
          {text("action.more")}
        </Button>
      )}
    </Section>
  );
}
