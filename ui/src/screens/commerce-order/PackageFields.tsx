// One package of a shipment: who carries it, its number, and what is in it.
import {
  ActionButton,
  ComboBox,
  ComboBoxItem,
  Content,
  Heading,
  InlineAlert,
  NumberField,
  TextField,
} from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { lazy, Suspense } from "react";

import { useText } from "../../i18n";
import type { CommerceOrder } from "../../parts/commerce";
import type { PackageDraft, PackageField } from "./shipForm";

// Calendars weigh more than the rest of the dialog.
const ShippedAt = lazy(async () => ({ default: (await import("./ShippedAt")).ShippedAt }));

export interface PackageProblem {
  field: PackageField;
  text: string;
}

interface Props {
  order: CommerceOrder;
  open: ReadonlyMap<number, number>;
  draft: PackageDraft;
  /** Suggestions: any other can be typed. */
  carriers: readonly string[];
  number: number;
  problem: PackageProblem | null;
  change: (next: PackageDraft) => void;
  /** Null for the only package. */
  remove: (() => void) | null;
}

const fieldError = (
  problem: PackageProblem | null,
  field: "carrier" | "service" | "tracking" | "shipped_at",
) => (problem?.field === field ? { isInvalid: true, errorMessage: problem.text } : {});

function lineError(problem: PackageProblem | null, line: number) {
  const wrong = typeof problem?.field === "object" && problem.field.line === line;
  return wrong ? { isInvalid: true, errorMessage: problem?.text } : {};
}

function Carrier({
  draft,
  carriers,
  problem,
  change,
}: Pick<Props, "draft" | "carriers" | "problem" | "change">) {
  const text = useText();
  return (
    <div className={style({ display: "flex", flexWrap: "wrap", gap: 16 })}>
      <ComboBox
        label={text("ship.carrier")}
        isRequired
        allowsCustomValue
        menuTrigger="input"
        inputValue={draft.carrier}
        onInputChange={(carrier) => change({ ...draft, carrier })}
        styles={style({ width: 208 })}
        {...fieldError(problem, "carrier")}
      >
        {carriers.map((carrier) => (
          <ComboBoxItem key={carrier} id={carrier}>
            {carrier}
          </ComboBoxItem>
        ))}
      </ComboBox>
      <TextField
        label={text("ship.tracking")}
        isRequired
        maxLength={100}
        value={draft.tracking}
        onChange={(tracking) => change({ ...draft, tracking })}
        styles={style({ width: 208 })}
        {...fieldError(problem, "tracking")}
      />
      <TextField
        label={text("ship.service")}
        maxLength={80}
        value={draft.service}
        onChange={(service) => change({ ...draft, service })}
        styles={style({ width: 160 })}
        {...fieldError(problem, "service")}
      />
      <Suspense>
        <ShippedAt
          value={draft.shippedAt}
          change={(shippedAt) => change({ ...draft, shippedAt })}
          error={fieldError(problem, "shipped_at")}
        />
      </Suspense>
    </div>
  );
}

function Units({ order, open, draft, problem, change }: Omit<Props, "number" | "remove" | "carriers">) {
  const text = useText();
  return (
    <div className={style({ display: "flex", flexDirection: "column", gap: 8 })}>
      {order.lines
        .filter((line) => (open.get(line.line) ?? 0) > 0)
        .map((line) => (
          <NumberField
            key={line.line}
            label={text("ship.units", { title: line.title, open: open.get(line.line) ?? 0 })}
            minValue={0}
            maxValue={open.get(line.line) ?? 0}
            step={1}
            value={draft.units.get(line.line) ?? 0}
            onChange={(units) =>
              change({
                ...draft,
                units: new Map(draft.units).set(line.line, Number.isNaN(units) ? 0 : units),
              })
            }
            styles={style({ width: "full" })}
            {...lineError(problem, line.line)}
          />
        ))}
    </div>
  );
}

export function PackageFields(props: Props) {
  const text = useText();
  const { number, problem, remove } = props;
  return (
    <fieldset
      className={style({
        display: "flex",
        flexDirection: "column",
        gap: 16,
        margin: 0,
        padding: 16,
        minWidth: 0,
        borderWidth: 1,
        borderStyle: "solid",
        borderColor: "gray-200",
        borderRadius: "lg",
      })}
    >
      <legend className={style({ font: "title", paddingX: 4 })}>{text("ship.package", { number })}</legend>
      {problem?.field === "items" && (
        <InlineAlert variant="negative" autoFocus>
          <Heading>{text("problem.heading")}</Heading>
          <Content>{problem.text}</Content>
        </InlineAlert>
      )}
      <Carrier {...props} />
      <Units {...props} />
      {remove !== null && (
        <div>
          <ActionButton onPress={remove} aria-label={text("ship.remove_named", { number })}>
            {text("ship.remove")}
          </ActionButton>
        </div>
      )}
    </fieldset>
  );
}
