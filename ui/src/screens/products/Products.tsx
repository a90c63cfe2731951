// Products of the built-in back end, with their stock. The list is by SKU; it has no search yet, so a SKU that
// is known is opened directly.
import { ActionButton, Button, DialogTrigger, Link, SearchField, StatusLight } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useNavigate } from "@tanstack/react-router";

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { DataTable } from "../../parts/DataTable";
import { useFormat } from "../../parts/format";
import { usePages } from "../../parts/pages";
import { Empty, ErrorState, Loading } from "../../parts/states";
import { Title } from "../../parts/Title";
import { useMay } from "../../shell/session";
import { EditProductDialog, NewProductDialog } from "./ProductDialog";
import { productsKey } from "./queries";
import { StockForm } from "./StockForm";

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
          end: true,
          cell: (product) => format.number(product.reserved),
        },
        {
          id: "salable",
          label: text("products.salable"),
          end: true,
          cell: (product) => format.number(product.salable),
        },
        ...(mayEdit
          ? [
              {
                id: "actions",
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
    <DialogTrigger>
      <ActionButton aria-label={text("products.edit", { sku: product.sku })}>
        {text("action.edit")}
      </ActionButton>
      <EditProductDialog product={product} />
    </DialogTrigger>
  );
}

function useProducts() {
  return usePages(productsKey, (query) => body(api.GET("/api/v1/products", { params: { query } })));
}

export function Products() {
  const text = useText();
  const mayEdit = useMay("operator");
  const navigate = useNavigate();
  const pages = useProducts();
  if (pages.query.isPending) return <Loading />;
  if (pages.query.error)
    return <ErrorState error={pages.query.error} retry={() => void pages.query.refetch()} />;
  const add = mayEdit && (
    <DialogTrigger>
      <Button variant="accent">{text("products.new")}</Button>
      <NewProductDialog />
    </DialogTrigger>
  );
  return (
    <>
      <Title actions={add}>{text("nav.products")}</Title>
      <SearchField
        label={text("products.open")}
        styles={style({ width: "full", maxWidth: 320, marginBottom: 16 })}
        onSubmit={(sku) => {
          if (sku.trim() !== "") void navigate({ to: "/products/$sku", params: { sku: sku.trim() } });
        }}
      />
      {pages.items.length === 0 ? (
        <Empty heading={text("products.empty")}>{text("products.empty_help")}</Empty>
      ) : (
        <ProductTable products={pages.items} mayEdit={mayEdit} />
      )}
      {pages.query.hasNextPage && (
        <Button
          variant="secondary"
          isPending={pages.query.isFetchingNextPage}
          styles={style({ marginTop: 16 })}
          onPress={() => void pages.query.fetchNextPage()}
        >
          {text("action.more")}
        </Button>
      )}
    </>
  );
}
