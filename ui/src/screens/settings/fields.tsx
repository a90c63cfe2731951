// Groups of fields of a store's settings. Each shows its own problem and says what it does.
import { NumberField, Radio, RadioGroup, TextField } from "@react-spectrum/s2";

import { useText } from "../../i18n";
import { Helped } from "../../parts/Helped";
import { SwitchField } from "../../parts/SwitchField";
import type { Draft } from "./draft";

export type FieldError = (...fields: string[]) => { isInvalid?: true; errorMessage?: string };

export interface GroupProps {
  draft: Draft;
  change: (next: Partial<Draft>) => void;
  errorAt: FieldError;
  backEnd: "builtin" | "magento";
  /** Nothing can be changed: the settings are only looked at. */
  isLocked: boolean;
}

export function ImportFields({ draft, change, errorAt, isLocked }: GroupProps) {
  const text = useText();
  return (
    <>
      <SwitchField
        label={text("settings.import_orders")}
        isDisabled={isLocked}
        isSelected={draft.import_orders}
        onChange={(import_orders) => change({ import_orders })}
        help={text("settings.import_orders_help")}
        {...errorAt("import_orders")}
      />
      <Helped help={text("settings.look_back_days_help")}>
        {(described) => (
          <NumberField
            {...described}
            label={text("settings.look_back_days")}
            isDisabled={isLocked}
            minValue={0}
            maxValue={730}
            value={draft.look_back_days}
            onChange={(days) => change({ look_back_days: Number.isNaN(days) ? 0 : days })}
            {...errorAt("look_back_days")}
          />
        )}
      </Helped>
    </>
  );
}

export function OrderFields(props: GroupProps) {
  const text = useText();
  const { draft, change, errorAt, isLocked } = props;
  const off = isLocked || !draft.import_orders;
  return (
    <>
      <Helped help={text("settings.customer_help")}>
        {(described) => (
          <RadioGroup
            {...described}
            label={text("settings.customer")}
            isDisabled={off}
            value={draft.customer}
            onChange={(value) => change({ customer: value as Draft["customer"] })}
            {...errorAt("customer")}
          >
            <Radio value="guest">{text("settings.customer_guest")}</Radio>
            <Radio value="account">{text("settings.customer_account")}</Radio>
          </RadioGroup>
        )}
      </Helped>
      <Helped help={text("settings.order_number_help")}>
        {(described) => (
          <RadioGroup
            {...described}
            label={text("settings.order_number")}
            isDisabled={off}
            value={draft.order_number}
            onChange={(value) => change({ order_number: value as Draft["order_number"] })}
            {...errorAt("order_number")}
          >
            <Radio value="back_end">{text("settings.order_number_back_end")}</Radio>
            <Radio value="amazon">{text("settings.order_number_amazon")}</Radio>
          </RadioGroup>
        )}
      </Helped>
      <Helped help={text("settings.pending_orders_help")}>
        {(described) => (
          <RadioGroup
            {...described}
            label={text("settings.pending_orders")}
            isDisabled={off}
            value={draft.pending_orders}
            onChange={(value) => change({ pending_orders: value as Draft["pending_orders"] })}
            {...errorAt("pending_orders")}
          >
            <Radio value="reserve">{text("settings.pending_orders_reserve")}</Radio>
            <Radio value="ignore">{text("settings.pending_orders_ignore")}</Radio>
          </RadioGroup>
        )}
      </Helped>
      <StatusFields {...props} />
    </>
  );
}

function StatusFields({ draft, change, errorAt, isLocked }: GroupProps) {
  const text = useText();
  const off = isLocked || !draft.import_orders;
  return (
    <>
      <Helped help={text("settings.imported_status_help")}>
        {(described) => (
          <RadioGroup
            {...described}
            label={text("settings.imported_status")}
            isDisabled={off}
            value={draft.custom_status ? "custom" : "default"}
            onChange={(value) => change({ custom_status: value === "custom" })}
          >
            <Radio value="default">{text("settings.imported_status_default")}</Radio>
            <Radio value="custom">{text("settings.imported_status_custom")}</Radio>
          </RadioGroup>
        )}
      </Helped>
      {draft.custom_status && (
        <TextField
          label={text("settings.imported_status_name")}
          isDisabled={off}
          isRequired
          maxLength={40}
          value={draft.imported_status}
          onChange={(imported_status) => change({ imported_status })}
          {...errorAt("imported_status")}
        />
      )}
    </>
  );
}

export function ShopFields({ draft, change, errorAt, backEnd, isLocked }: GroupProps) {
  const text = useText();
  const off = isLocked || backEnd !== "magento" || !draft.import_orders;
  return (
    <>
      <Helped help={text("settings.store_view_help")}>
        {(described) => (
          <TextField
            {...described}
            label={text("settings.store_view")}
            isDisabled={off}
            maxLength={200}
            value={draft.store_view}
            onChange={(store_view) => change({ store_view })}
            {...errorAt("store_view")}
          />
        )}
      </Helped>
      <SwitchField
        label={text("settings.create_when_refused")}
        isDisabled={off}
        isSelected={draft.create_when_refused}
        onChange={(create_when_refused) => change({ create_when_refused })}
        help={text("settings.create_when_refused_help")}
        {...errorAt("create_when_refused")}
      />
    </>
  );
}

const kWhole = { maximumFractionDigits: 0 } as const;

/** Nothing is told to Amazon in this version: what is stored is shown, and stays as it is. */
export function QuantityFields({ draft, change, errorAt }: GroupProps) {
  const text = useText();
  const { quantity } = draft;
  const set = (next: Partial<Draft["quantity"]>) => change({ quantity: { ...quantity, ...next } });
  return (
    <>
      {(["out_of_stock_threshold", "buffer", "unmanaged"] as const).map((name) => (
        <Helped key={name} help={text(`settings.quantity_${name}_help`)}>
          {(described) => (
            <NumberField
              {...described}
              label={text(`settings.quantity_${name}`)}
              isDisabled
              minValue={0}
              formatOptions={kWhole}
              value={quantity[name]}
              onChange={(value) => set({ [name]: Number.isNaN(value) ? 0 : value })}
              {...errorAt(`quantity.${name}`)}
            />
          )}
        </Helped>
      ))}
      <Helped help={text("settings.quantity_maximum_help")}>
        {(described) => (
          <NumberField
            {...described}
            label={text("settings.quantity_maximum")}
            isDisabled
            minValue={0}
            formatOptions={kWhole}
            value={quantity.maximum ?? Number.NaN}
            onChange={(value) => set({ maximum: Number.isNaN(value) ? null : value })}
            {...errorAt("quantity.maximum")}
          />
        )}
      </Helped>
    </>
  );
}

export function SyncFields({ draft, change, errorAt, isLocked }: GroupProps) {
  const text = useText();
  return (
    <Helped help={text("settings.sync_interval_s_help")}>
      {(described) => (
        <NumberField
          {...described}
          label={text("settings.sync_interval_s")}
          isDisabled={isLocked}
          minValue={60}
          maxValue={86_400}
          formatOptions={kWhole}
          value={draft.sync_interval_s}
          onChange={(value) => change({ sync_interval_s: Number.isNaN(value) ? 240 : value })}
          {...errorAt("sync_interval_s")}
        />
      )}
    </Helped>
  );
}
