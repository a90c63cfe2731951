// What mends a cause, where it stands: a product made or matched, enabled, its stock set.
import { Button } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useQuery } from "@tanstack/react-query";

import { api, body } from "../../api/client";
import { useText } from "../../i18n";
import { catalogTouches, productsKey } from "../catalog";
import { useChange } from "../change";
import { DialogButton } from "../DialogButton";
import { useFormat } from "../format";
import type { Cause } from "./causes";
import { MatchDialog } from "./MatchDialog";
import { StockForm } from "./StockForm";

const row = style({ display: "flex", gap: 12, flexWrap: "wrap", alignItems: "end" });

function FixProduct({ cause, sku, store }: { cause: Cause; sku: string; store: string }) {
  const text = useText();
  const listing = {
    store,
    seller_sku: sku,
    title: cause.title,
    product_sku: null,
    units: 1,
    needed: cause.needed,
  };
  return (
    <div className={row}>
      <DialogButton label={text("fix.match")} variant="accent">
        {() => <MatchDialog listing={listing} way="match" />}
      </DialogButton>
      <DialogButton label={text("fix.create")} variant="secondary">
        {() => <MatchDialog listing={listing} way="create" />}
      </DialogButton>
    </div>
  );
}

function FixEnabled({ sku }: { sku: string }) {
  const text = useText();
  const enable = useChange({
    call: () =>
      body(api.PATCH("/api/v1/products/{sku}", { params: { path: { sku } }, body: { enabled: true } })),
    touches: catalogTouches,
    done: () => text("fix.enabled", { sku }),
    toastProblem: true,
  });
  return (
    <div className={row}>
      <Button variant="accent" isPending={enable.isPending} onPress={() => enable.mutate()}>
        {text("fix.enable", { sku })}
      </Button>
    </div>
  );
}

function FixStock({ sku }: { sku: string }) {
  const text = useText();
  const format = useFormat();
  const stock = useQuery({
    queryKey: [...productsKey, "stock", sku],
    queryFn: () => body(api.GET("/api/v1/stock/{sku}", { params: { path: { sku } } })),
  });
  if (stock.data === undefined) return null;
  const { reserved, salable, sources } = stock.data;
  const source = sources[0];
  return (
    <div className={style({ display: "flex", flexDirection: "column", gap: 8 })}>
      <span className={style({ font: "ui", color: "gray-800" })}>
        {text("fix.stock", { salable: format.number(salable), reserved: format.number(reserved) })}
      </span>
      <StockForm sku={sku} quantity={source?.quantity ?? 0} {...(source && { source: source.source })} />
    </div>
  );
}

/** Null for causes that lie in the order itself: those are mended one by one. */
export function CauseFix({ cause }: { cause: Cause }) {
  const { reason, sku, store } = cause;
  if (sku === null) return null;
  if (reason === "product_missing" && store !== null)
    return <FixProduct cause={cause} sku={sku} store={store} />;
  if (reason === "product_disabled") return <FixEnabled sku={sku} />;
  if (reason === "out_of_stock") return <FixStock sku={sku} />;
  return null;
}
