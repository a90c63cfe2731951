// Sets the quantity on hand of one source, where it stands.
import { Button, NumberField } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { type FormEvent, useState } from "react";

import { api, body } from "../../api/client";
import { useText } from "../../i18n";
import { catalogTouches } from "../catalog";
import { useChange } from "../change";
import { useFieldError, useProblemText } from "../problems";

interface StockFormProps {
  sku: string;
  quantity: number;
  source?: string;
  /** Where the field stands in a table, its column says what it is. */
  labelHidden?: boolean;
}

export function StockForm({ sku, quantity, source, labelHidden = false }: StockFormProps) {
  const text = useText();
  const problemText = useProblemText();
  const [typed, setTyped] = useState<number | null>(null);
  const value = typed ?? quantity;
  const label = text("products.on_hand_of", { sku, source: source ?? "default" });
  const set = useChange({
    call: () =>
      body(
        api.PUT("/api/v1/stock/{sku}", {
          params: { path: { sku } },
          body: { quantity: value, ...(source !== undefined && { source }) },
        }),
      ),
    touches: catalogTouches,
    done: () => text("products.stock_set", { sku, quantity: value }),
    after: () => setTyped(null),
  });
  const errorAt = useFieldError(set.error);
  const atField = errorAt("quantity");
  const whole =
    set.error !== null && atField.isInvalid === undefined
      ? { isInvalid: true, errorMessage: problemText(set.error) }
      : {};
  return (
    // The browser's own check would keep a refused form shut.
    <form
      noValidate
      className={style({ display: "flex", gap: 8, alignItems: "end", flexWrap: "wrap" })}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (!Number.isNaN(value)) set.mutate();
      }}
    >
      <NumberField
        {...(labelHidden ? { "aria-label": label } : { label: text("products.on_hand") })}
        minValue={0}
        formatOptions={{ maximumFractionDigits: 0 }}
        value={value}
        onChange={setTyped}
        hideStepper
        styles={style({ width: 96 })}
        {...atField}
        {...whole}
      />
      <Button
        type="submit"
        variant="secondary"
        isPending={set.isPending}
        aria-label={text("products.set_stock_of", { sku })}
      >
        {text("products.set_stock")}
      </Button>
    </form>
  );
}
