// What stands at the top of every page as long as it is true: blocked orders first of all.
import { Link } from "@react-spectrum/s2";
import AlertTriangle from "@react-spectrum/s2/icons/AlertTriangle";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useQuery } from "@tanstack/react-query";
import { Fragment } from "react";

import { api, body, type Schemas } from "../api/client";
import { useLanguage, useText } from "../i18n";

interface StoreParam {
  id: string;
  name: string;
}

function storesOf(message: Schemas["Message"]): StoreParam[] {
  const stores = (message.params as { stores?: StoreParam[] }).stores;
  return Array.isArray(stores) ? stores : [];
}

/** The server's sentence, in which each store's name is a link to its recent orders. */
function MessageText({ message }: { message: Schemas["Message"] }) {
  const stores = storesOf(message);
  const names = stores.map((store) => store.name).join(", ");
  if (stores.length === 0 || !message.text.endsWith(names)) return message.text;
  return (
    <>
      {message.text.slice(0, message.text.length - names.length)}
      {stores.map((store, index) => (
        <Fragment key={store.id}>
          {index > 0 && ", "}
          <Link href={`/stores/${encodeURIComponent(store.id)}`} variant="secondary">
            {store.name}
          </Link>
        </Fragment>
      ))}
    </>
  );
}

/** One line: it stands above every screen. */
const line = style({
  display: "flex",
  alignItems: "center",
  gap: 8,
  font: "ui",
  color: "neutral",
  paddingX: 12,
  paddingY: 8,
  borderRadius: "default",
  backgroundColor: "notice-subtle",
});

export const messagesKey = ["messages"];

export function Messages() {
  const text = useText();
  const { language } = useLanguage();
  const messages = useQuery({
    queryKey: [...messagesKey, language],
    queryFn: () => body(api.GET("/api/v1/messages")),
    refetchInterval: 60_000,
  });
  const items = messages.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section
      aria-label={text("messages.label")}
      className={style({
        display: "flex",
        flexDirection: "column",
        gap: 8,
        paddingX: { default: 16, lg: 24 },
        paddingTop: 16,
      })}
    >
      {items.map((message) => (
        <div key={message.code} className={line}>
          <AlertTriangle />
          <span className={style({ minWidth: 0, overflowWrap: "anywhere" })}>
            <MessageText message={message} />
          </span>
        </div>
      ))}
    </section>
  );
}
