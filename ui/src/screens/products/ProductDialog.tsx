// A new product, or the name and the state of one that is there.
import { NumberField, TextField } from "@react-spectrum/s2";
import { useState } from "react";

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { catalogTouches } from "../../parts/catalog";
import { useChange } from "../../parts/change";
import { FormDialog } from "../../parts/FormDialog";
import { useFieldError } from "../../parts/problems";
import { SwitchField } from "../../parts/SwitchField";

export function NewProductDialog({ sku: given = "" }: { sku?: string }) {
  const text = useText();
  const [sku, setSku] = useState(given);
  const [name, setName] = useState("");
  const [quantity, setQuantity] = useState(0);
  const [enabled, setEnabled] = useState(true);
  const create = useChange({
    call: (_close: () => void) =>
      body(api.POST("/api/v1/products", { body: { sku, name, quantity, enabled } })),
    touches: catalogTouches,
    done: (product) => text("products.created", { sku: product.sku }),
    after: (_product, close) => close(),
  });
  const errorAt = useFieldError(create.error);
  return (
    <FormDialog
      title={text("products.new")}
      submit={text("products.create")}
      error={create.error}
      fields={["sku", "name", "quantity"]}
      isPending={create.isPending}
      onSubmit={(close) => create.mutate(close)}
    >
      <TextField label={text("products.sku")} isRequired value={sku} onChange={setSku} {...errorAt("sku")} />
      <TextField
        label={text("products.name")}
        isRequired
        value={name}
        onChange={setName}
        {...errorAt("name")}
      />
      <NumberField
        label={text("products.on_hand")}
        minValue={0}
        formatOptions={{ maximumFractionDigits: 0 }}
        value={quantity}
        onChange={(value) => setQuantity(Number.isNaN(value) ? 0 : value)}
        {...errorAt("quantity")}
      />
      <SwitchField label={text("products.enabled")} isSelected={enabled} onChange={setEnabled} />
    </FormDialog>
  );
}

export function EditProductDialog({ product }: { product: Schemas["Product"] }) {
  const text = useText();
  const [name, setName] = useState(product.name);
  const [enabled, setEnabled] = useState(product.enabled);
  const update = useChange({
    call: (_close: () => void) =>
      body(
        api.PATCH("/api/v1/products/{sku}", {
          params: { path: { sku: product.sku } },
          body: {
            ...(name !== product.name && { name }),
            ...(enabled !== product.enabled && { enabled }),
          },
        }),
      ),
    touches: catalogTouches,
    done: () => text("products.updated", { sku: product.sku }),
    after: (_product, close) => close(),
  });
  const errorAt = useFieldError(update.error);
  return (
    <FormDialog
      title={text("products.edit", { sku: product.sku })}
      submit={text("action.save")}
      error={update.error}
      fields={["name"]}
      isPending={update.isPending}
      onSubmit={(close) => update.mutate(close)}
    >
      <TextField
        label={text("products.name")}
        isRequired
        value={name}
        onChange={setName}
        {...errorAt("name")}
      />
      <SwitchField
        label={text("products.enabled")}
        help={text("products.enabled_help")}
        isSelected={enabled}
        onChange={setEnabled}
      />
    </FormDialog>
  );
}
