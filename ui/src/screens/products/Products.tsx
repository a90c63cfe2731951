// Products of the built-in back end, with their stock. Search and filter are in the address.
import { Button, Link, StatusLight } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { AnyPicker } from "../../parts/AnyPicker";
import { productsKey } from "../../parts/catalog";
import { DataTable } from "../../parts/DataTable";
import { DialogButton } from "../../parts/DialogButton";
import { ExportLink } from "../../parts/ExportLink";
import { StockForm } from "../../parts/fix/StockForm";
import { useFormat } from "../../parts/format";
import { PagedList } from "../../parts/ListPanel";
import { usePages } from "../../parts/pages";
import { SearchBox } from "../../parts/SearchBox";
import { Empty } from "../../parts/states";
import { Title } from "../../parts/Title";
import { useMay } from "../../shell/session";
import { EditProductDialog, NewProductDialog } from "./ProductDialog";

type Product = Schemas["Product"];

/** A plain table: in a grid the arrow keys would leave the field that is being typed in. */
function ProductTable({ products, mayEdit }: { products: readonly Product[]; mayEdit: boolean }) {
  const text = useText();
  const format = useFormat();
  return (
    <DataTable
      label={text("nav.products")}
      rows={products}
      keyOf={(product) => product.sku}
      hasFields
      columns={[
        {
          id: "sku",
          label: text("products.sku"),
          cell: ({ sku }) => <Link href={`/products/${encodeURIComponent(sku)}`}>{sku}</Link>,
        },
        { id: "name", label: text("products.name"), cell: (product) => product.name },
        {
          id: "enabled",
          label: text("products.state"),
          cell: ({ enabled }) => (
            <StatusLight size="S" variant={enabled ? "positive" : "neutral"}>
              {text(enabled ? "products.enabled" : "products.disabled")}
            </StatusLight>
          ),
        },
        {
          id: "quantity",
          label: text("products.on_hand"),
          cell: ({ sku, quantity }) =>
            mayEdit ? <StockForm sku={sku} quantity={quantity} labelHidden /> : format.number(quantity),
        },
        {
          id: "reserved",
          label: text("products.reserved"),
          kind: "number",
          cell: (product) => format.number(product.reserved),
        },
        {
          id: "salable",
          label: text("products.salable"),
          kind: "number",
          cell: (product) => format.number(product.salable),
        },
        ...(mayEdit
          ? [
              {
                id: "actions",
                kind: "actions" as const,
                label: text("column.actions"),
                cell: (product: Product) => <Edit product={product} />,
              },
            ]
          : []),
      ]}
    />
  );
}

function Edit({ product }: { product: Product }) {
  const text = useText();
  return (
    <DialogButton label={text("action.edit")} quiet name={text("products.edit", { sku: product.sku })}>
      {() => <EditProductDialog product={product} />}
    </DialogButton>
  );
}

type Filters = { [Name in "q" | "enabled"]?: string };

interface FilterProps {
  filters: Filters;
  change: (next: Filters) => void;
}

function FilterBar({ filters, change }: FilterProps) {
  const text = useText();
  const { q, enabled } = filters;
  const set = (next: { q: string | undefined; enabled: string | undefined }) =>
    change({ ...(next.q && { q: next.q }), ...(next.enabled && { enabled: next.enabled }) });
  const states = [
    { id: "true", name: text("products.enabled") },
    { id: "false", name: text("products.disabled") },
  ];
  return (
    <div className={style({ display: "flex", gap: 16, flexWrap: "wrap", marginBottom: 16 })}>
      <SearchBox label={text("products.search")} value={q} change={(next) => set({ q: next, enabled })} />
      <AnyPicker
        label={text("products.state")}
        known={states}
        value={enabled}
        change={(next) => set({ q, enabled: next })}
      />
    </div>
  );
}

function NoProducts({ filters, change, add }: FilterProps & { add: ReactNode }) {
  const text = useText();
  return Object.keys(filters).length > 0 ? (
    <Empty
      heading={text("products.none_match")}
      action={
        <Button variant="secondary" onPress={() => change({})}>
          {text("filter.clear")}
        </Button>
      }
    />
  ) : (
    <Empty heading={text("products.empty")} action={add}>
      {text("products.empty_help")}
    </Empty>
  );
}

export function Products() {
  const text = useText();
  const mayEdit = useMay("operator");
  const navigate = useNavigate({ from: "/products" });
  const filters = useSearch({ from: "/shell/products" });
  const change = (search: Filters) => void navigate({ search });
  const pages = usePages<Product>([...productsKey, "list", filters], (query) =>
    body(api.GET("/api/v1/products", { params: { query: { ...query, ...filters } as never } })),
  );
  const add = mayEdit && (
    <DialogButton label={text("products.new")} variant="accent">
      {() => <NewProductDialog />}
    </DialogButton>
  );
  const actions = (
    <div className={style({ display: "flex", gap: 12, flexWrap: "wrap" })}>
      <ExportLink list="products" query={filters} />
      {add}
    </div>
  );
  return (
    <>
      <Title actions={actions}>{text("nav.products")}</Title>
      <FilterBar filters={filters} change={change} />
      <PagedList pages={pages} empty={<NoProducts filters={filters} change={change} add={add} />}>
        {(products) => <ProductTable products={products} mayEdit={mayEdit} />}
      </PagedList>
    </>
  );
}
