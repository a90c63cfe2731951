// One product: its state and its stock, source by source. A SKU that stands for no product can become one.
import { LinkButton, StatusLight } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";

import { api, body, Problem, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { productsKey } from "../../parts/catalog";
import { DialogButton } from "../../parts/DialogButton";
import { Fact, Facts } from "../../parts/Facts";
import { StockForm } from "../../parts/fix/StockForm";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { Empty, ErrorState, Loading } from "../../parts/states";
import { Title } from "../../parts/Title";
import { useMay } from "../../shell/session";
import { EditProductDialog, NewProductDialog } from "./ProductDialog";

export function useProduct(sku: string) {
  return useQuery({
    queryKey: [...productsKey, "product", sku],
    queryFn: () => body(api.GET("/api/v1/products/{sku}", { params: { path: { sku } } })),
  });
}

export function useStock(sku: string) {
  return useQuery({
    queryKey: [...productsKey, "stock", sku],
    queryFn: () => body(api.GET("/api/v1/stock/{sku}", { params: { path: { sku } } })),
  });
}

function Missing({ sku }: { sku: string }) {
  const text = useText();
  const mayEdit = useMay("operator");
  return (
    <>
      <Title>{sku}</Title>
      <Empty heading={text("products.missing", { sku })}>{text("products.missing_help")}</Empty>
      <div className={style({ display: "flex", gap: 12, justifyContent: "center", flexWrap: "wrap" })}>
        <LinkButton variant="secondary" href="/listings?state=unmatched">
          {text("products.to_listings")}
        </LinkButton>
        {mayEdit && (
          <DialogButton label={text("products.new")} variant="accent">
            {() => <NewProductDialog sku={sku} />}
          </DialogButton>
        )}
      </div>
    </>
  );
}

function Sources({ stock }: { stock: Schemas["Stock"] }) {
  const text = useText();
  const format = useFormat();
  const mayEdit = useMay("operator");
  const sources = stock.sources.length === 0 ? [{ source: "default", quantity: 0 }] : stock.sources;
  return (
    <Panel heading={text("products.stock")} help={text("products.stock_help")}>
      <Facts>
        <Fact label={text("products.on_hand")}>{format.number(stock.quantity)}</Fact>
        <Fact label={text("products.reserved")}>{format.number(stock.reserved)}</Fact>
        <Fact label={text("products.salable")}>{format.number(stock.salable)}</Fact>
      </Facts>
      {sources.map(({ source, quantity }) => (
        <div key={source}>
          <h3 className={style({ font: "title-sm", margin: 0, marginBottom: 8 })}>
            {text("products.source", { source })}
          </h3>
          {mayEdit ? (
            <StockForm sku={stock.sku} source={source} quantity={quantity} />
          ) : (
            format.number(quantity)
          )}
        </div>
      ))}
    </Panel>
  );
}

export function Product() {
  const text = useText();
  const format = useFormat();
  const mayEdit = useMay("operator");
  const { sku } = useParams({ from: "/shell/products/$sku" });
  const product = useProduct(sku);
  const stock = useStock(sku);
  if (product.isPending) return <Loading />;
  if (product.error instanceof Problem && product.error.code === "product_missing")
    return <Missing sku={sku} />;
  if (product.error) return <ErrorState error={product.error} retry={() => void product.refetch()} />;
  const { data } = product;
  const edit = mayEdit && (
    <DialogButton label={text("action.edit")} variant="secondary">
      {() => <EditProductDialog product={data} />}
    </DialogButton>
  );
  return (
    <>
      <Title actions={edit}>{data.name}</Title>
      <Panel heading={text("products.product")}>
        <Facts>
          <Fact label={text("products.sku")}>{data.sku}</Fact>
          <Fact label={text("products.state")}>
            <StatusLight size="S" variant={data.enabled ? "positive" : "neutral"}>
              {text(data.enabled ? "products.enabled" : "products.disabled")}
            </StatusLight>
          </Fact>
          <Fact label={text("products.changed")}>{format.dateTime(data.updated_at)}</Fact>
        </Facts>
      </Panel>
      {stock.data !== undefined && <Sources stock={stock.data} />}
      {stock.error !== null && <ErrorState isPart error={stock.error} retry={() => void stock.refetch()} />}
    </>
  );
}
