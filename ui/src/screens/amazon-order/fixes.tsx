// The forms that mend a block: a product made, a product matched, stock set.
import { NumberField, TextField } from "@react-spectrum/s2";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { FormDialog } from "../../parts/FormDialog";
import type { AmazonOrder } from "../../parts/orders";
import { useFieldError } from "../../parts/problems";
import { touches } from "./data";

const productTouches = [...touches, ["products"], ["listings"], ["stock"]];

function match(store: string, sellerSku: string, productSku: string, units: number) {
  return body(
    api.PUT("/api/v1/listings/{store}/{seller_sku}", {
      params: { path: { store, seller_sku: sellerSku } },
      body: { product_sku: productSku, units },
    }),
  );
}

interface CreateProps {
  order: AmazonOrder;
  block: Schemas["Block"];
  sellerSku: string;
}

export function CreateProduct({ order, block, sellerSku }: CreateProps) {
  const text = useText();
  const item = order.items.find((each) => each.line === block.line);
  const [sku, setSku] = useState(sellerSku);
  const [name, setName] = useState(item?.title ?? "");
  const [quantity, setQuantity] = useState(item?.quantity_ordered ?? 0);
  const create = useChange<void>({
    call: async () => {
      await body(api.POST("/api/v1/products", { body: { sku, name, quantity } }));
      // A product of the same SKU is found without a match.
      if (sku !== sellerSku) await match(order.store, sellerSku, sku, 1);
    },
    touches: productTouches,
    done: () => text("block.created", { sku }),
  });
  const fieldError = useFieldError(create.error);
  return (
    <FormDialog
      title={text("block.create_product")}
      submit={text("block.create_product")}
      error={create.error}
      fields={["sku", "name", "quantity"]}
      isPending={create.isPending}
      onSubmit={(close) => create.mutate(undefined, { onSuccess: close })}
    >
      <TextField label={text("block.sku")} isRequired value={sku} onChange={setSku} {...fieldError("sku")} />
      <TextField
        label={text("block.name")}
        isRequired
        value={name}
        onChange={setName}
        {...fieldError("name")}
      />
      <NumberField
        label={text("block.quantity")}
        minValue={0}
        step={1}
        value={quantity}
        onChange={setQuantity}
        {...fieldError("quantity")}
      />
    </FormDialog>
  );
}

export function MatchProduct({ order, sellerSku }: { order: AmazonOrder; sellerSku: string }) {
  const text = useText();
  const [sku, setSku] = useState("");
  const [units, setUnits] = useState(1);
  const change = useChange<void, Schemas["Listing"]>({
    call: () => match(order.store, sellerSku, sku, units),
    touches: productTouches,
    done: () => text("block.matched", { seller: sellerSku, product: sku }),
  });
  const fieldError = useFieldError(change.error);
  return (
    <FormDialog
      title={text("block.match_title", { sku: sellerSku })}
      submit={text("block.match_product")}
      error={change.error}
      fields={["product_sku", "units"]}
      isPending={change.isPending}
      onSubmit={(close) => change.mutate(undefined, { onSuccess: close })}
    >
      <TextField
        label={text("block.product_sku")}
        isRequired
        value={sku}
        onChange={setSku}
        {...fieldError("product_sku")}
      />
      <NumberField
        label={text("block.units")}
        description={text("block.units_help")}
        minValue={1}
        step={1}
        value={units}
        onChange={setUnits}
        {...fieldError("units")}
      />
    </FormDialog>
  );
}

export function SetStock({ sku }: { sku: string }) {
  const text = useText();
  const [typed, setTyped] = useState<number | null>(null);
  const stock = useQuery({
    queryKey: ["stock", sku],
    queryFn: () => body(api.GET("/api/v1/stock/{sku}", { params: { path: { sku } } })),
  });
  const inDefault = stock.data?.sources.find((each) => each.source === "default")?.quantity;
  const quantity = typed ?? inDefault ?? 0;
  const set = useChange<void, Schemas["Stock"]>({
    call: () => body(api.PUT("/api/v1/stock/{sku}", { params: { path: { sku } }, body: { quantity } })),
    touches: productTouches,
    done: () => text("block.stock_set", { sku, quantity }),
  });
  const fieldError = useFieldError(set.error);
  return (
    <FormDialog
      title={text("block.stock_title", { sku })}
      submit={text("block.set_stock")}
      error={set.error ?? stock.error}
      fields={["quantity"]}
      isPending={set.isPending}
      onSubmit={(close) => set.mutate(undefined, { onSuccess: close })}
    >
      <NumberField
        label={text("block.on_hand")}
        {...(stock.data && {
          description: text("block.stock_now", {
            quantity: stock.data.quantity,
            reserved: stock.data.reserved,
          }),
        })}
        minValue={0}
        step={1}
        value={quantity}
        onChange={setTyped}
        {...fieldError("quantity")}
      />
    </FormDialog>
  );
}
