// Which of Amazon's carriers stands for a carrier of the back end: rows that can be added and removed.
import { ActionButton, Button, TextField } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { useText } from "../../i18n";
import { Nothing } from "../../parts/Sections";
import type { Carrier } from "./draft";
import type { FieldError } from "./fields";

interface CarriersProps {
  carriers: readonly Carrier[];
  change: (next: readonly Carrier[]) => void;
  errorAt: FieldError;
  isLocked: boolean;
}

export function Carriers({ carriers, change, errorAt, isLocked }: CarriersProps) {
  const text = useText();
  const set = (row: number, next: Partial<Carrier>) =>
    change(carriers.map((each) => (each.row === row ? { ...each, ...next } : each)));
  const add = () =>
    change([...carriers, { row: Math.max(-1, ...carriers.map(({ row }) => row)) + 1, name: "", amazon: "" }]);
  return (
    <div className={style({ display: "flex", flexDirection: "column", gap: 12, alignItems: "start" })}>
      {carriers.map((carrier) => (
        <div
          key={carrier.row}
          role="group"
          aria-label={text("settings.carrier_row", { name: carrier.name })}
          className={style({ display: "flex", gap: 12, flexWrap: "wrap", alignItems: "end", width: "full" })}
        >
          <TextField
            label={text("settings.carrier_name")}
            isDisabled={isLocked}
            isRequired
            value={carrier.name}
            onChange={(name) => set(carrier.row, { name })}
            styles={style({ flexGrow: 1, minWidth: 144 })}
            {...errorAt(`carriers#${carrier.row}`, `carriers.${carrier.name.trim()}`)}
          />
          <TextField
            label={text("settings.carrier_amazon")}
            isDisabled={isLocked}
            isRequired
            maxLength={200}
            value={carrier.amazon}
            onChange={(amazon) => set(carrier.row, { amazon })}
            styles={style({ flexGrow: 1, minWidth: 144 })}
          />
          {!isLocked && (
            <ActionButton
              aria-label={text("settings.carrier_remove", { name: carrier.name })}
              onPress={() => change(carriers.filter(({ row }) => row !== carrier.row))}
            >
              {text("action.remove")}
            </ActionButton>
          )}
        </div>
      ))}
      {!isLocked && (
        <Button variant="secondary" fillStyle="outline" onPress={add}>
          {text("settings.carrier_add")}
        </Button>
      )}
      {isLocked && carriers.length === 0 && <Nothing>{text("settings.no_carriers")}</Nothing>}
    </div>
  );
}
