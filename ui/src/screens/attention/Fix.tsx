// What mends the cause of a group, where it stands.
import { Button, DialogTrigger } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useQuery } from "@tanstack/react-query";

import { api, body } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { useFormat } from "../../parts/format";
import { MatchDialog } from "../listings/MatchDialog";
import { catalogTouches, productsKey } from "../products/queries";
import { StockForm } from "../products/StockForm";
import type { Group } from "./groups";

const row = style({ display: "flex", gap: 12, flexWrap: "wrap", alignItems: "end" });

function FixProduct({ group, sku, store }: { group: Group; sku: string; store: string }) {
  const text = useText();
  const listing = {
    store,
    seller_sku: sku,
    title: group.title,
    product_sku: null,
    units: 1,
    needed: group.needed,
  };
  return (
    <div className={row}>
      <DialogTrigger>
        <Button variant="accent">{text("attention.match")}</Button>
        <MatchDialog listing={listing} way="match" />
      </DialogTrigger>
      <DialogTrigger>
        <Button variant="secondary">{text("attention.create")}</Button>
        <MatchDialog listing={listing} way="create" />
      </DialogTrigger>
    </div>
  );
}

function FixEnabled({ sku }: { sku: string }) {
  const text = useText();
  const enable = useChange({
    call: () =>
      body(api.PATCH("/api/v1/products/{sku}", { params: { path: { sku } }, body: { enabled: true } })),
    touches: catalogTouches,
    done: () => text("attention.enabled", { sku }),
    toastProblem: true,
  });
  return (
    <div className={row}>
      <Button variant="accent" isPending={enable.isPending} onPress={() => enable.mutate()}>
        {text("attention.enable", { sku })}
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
      <span className={style({ font: "ui", color: "gray-700" })}>
        {text("attention.stock", { salable: format.number(salable), reserved: format.number(reserved) })}
      </span>
      <StockForm sku={sku} quantity={source?.quantity ?? 0} {...(source && { source: source.source })} />
    </div>
  );
}

export function Fix({ group }: { group: Group }) {
  const { reason, sku, store } = group;
  if (reason === "product_missing" && sku !== null && store !== null)
    return <FixProduct group={group} sku={sku} store={store} />;
  if (reason === "product_disabled" && sku !== null) return <FixEnabled sku={sku} />;
  if (reason === "out_of_stock" && sku !== null) return <FixStock sku={sku} />;
  return null;
}
