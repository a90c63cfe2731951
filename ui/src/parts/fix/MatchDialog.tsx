// Says which product a seller SKU stands for: one that is there, or one made here and now.
import { NumberField, Radio, RadioGroup, TextField } from "@react-spectrum/s2";
import { useRef, useState } from "react";

import { api, body, Problem } from "../../api/client";
import { useText } from "../../i18n";
import { catalogTouches } from "../catalog";
import { useChange } from "../change";
import { FormDialog } from "../FormDialog";
import { useFieldError } from "../problems";

export interface Matched {
  store: string;
  seller_sku: string;
  title: string | null;
  product_sku: string | null;
  units: number;
  /** How many product units are asked for already: the least that a new product needs. */
  needed?: number;
}

interface Entered {
  way: "match" | "create";
  sku: string;
  name: string;
  quantity: number;
  units: number;
}

function useMatch(listing: Matched, entered: Entered) {
  const text = useText();
  // If the match failed after the product was made, sending again must not stumble over that product.
  const made = useRef<string | null>(null);
  return useChange({
    call: async (_close: () => void) => {
      if (entered.way === "create" && made.current !== entered.sku) {
        const { sku, name, quantity } = entered;
        await api.POST("/api/v1/products", { body: { sku, name, quantity } });
        made.current = sku;
      }
      return body(
        api.PUT("/api/v1/listings/{store}/{seller_sku}", {
          params: { path: { store: listing.store, seller_sku: listing.seller_sku } },
          body: { product_sku: entered.sku, units: entered.units },
        }),
      );
    },
    touches: catalogTouches,
    done: () => text("listings.matched_done", { seller: listing.seller_sku, sku: entered.sku }),
    after: (_listing, close) => close(),
  });
}

/** The match names the field product_sku, the new product sku: both are the one field of this form. */
function skuProblem(error: unknown): unknown {
  return error instanceof Problem && error.code === "product_missing"
    ? new Problem(error.status, error.code, error.message, "sku")
    : error;
}

interface ProductFieldsProps {
  entered: Entered;
  set: (next: Partial<Entered>) => void;
  errorAt: ReturnType<typeof useFieldError>;
}

function ProductFields({ entered, set, errorAt }: ProductFieldsProps) {
  const text = useText();
  return (
    <>
      <TextField
        label={text("products.name")}
        isRequired
        value={entered.name}
        onChange={(name) => set({ name })}
        {...errorAt("name")}
      />
      <NumberField
        label={text("products.on_hand")}
        minValue={0}
        formatOptions={{ maximumFractionDigits: 0 }}
        value={entered.quantity}
        onChange={(quantity) => set({ quantity: Number.isNaN(quantity) ? 0 : quantity })}
        {...errorAt("quantity")}
      />
    </>
  );
}

export function MatchDialog({ listing, way = "match" }: { listing: Matched; way?: "match" | "create" }) {
  const text = useText();
  const [entered, setEntered] = useState<Entered>({
    way,
    sku: listing.product_sku ?? listing.seller_sku,
    name: listing.title ?? listing.seller_sku,
    quantity: listing.needed ?? 0,
    units: Math.max(1, listing.units),
  });
  const set = (next: Partial<Entered>) => setEntered((before) => ({ ...before, ...next }));
  const match = useMatch(listing, entered);
  const error = skuProblem(match.error);
  const errorAt = useFieldError(error);
  return (
    <FormDialog
      title={text("listings.match_title", { seller: listing.seller_sku })}
      submit={text(entered.way === "create" ? "listings.create_and_match" : "listings.match")}
      error={error}
      fields={["sku", "product_sku", "name", "quantity", "units"]}
      isPending={match.isPending}
      onSubmit={(close) => match.mutate(close)}
    >
      <RadioGroup
        label={text("listings.way")}
        value={entered.way}
        onChange={(value) => set({ way: value as Entered["way"] })}
      >
        <Radio value="match">{text("listings.way_match")}</Radio>
        <Radio value="create">{text("listings.way_create")}</Radio>
      </RadioGroup>
      <TextField
        label={text("products.sku")}
        isRequired
        value={entered.sku}
        onChange={(sku) => set({ sku })}
        {...errorAt("sku", "product_sku")}
      />
      {entered.way === "create" && <ProductFields entered={entered} set={set} errorAt={errorAt} />}
      <NumberField
        label={text("listings.units")}
        description={text("listings.units_help")}
        minValue={1}
        formatOptions={{ maximumFractionDigits: 0 }}
        value={entered.units}
        onChange={(units) => set({ units: Number.isNaN(units) ? 1 : units })}
        {...errorAt("units")}
      />
    </FormDialog>
  );
}
