// A table to read: no selection and no sorting, so plain rows and cells with their headers. Where it is wider
// or taller than the screen it scrolls in its own frame, which the keyboard reaches; its header stays.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import type { ReactNode } from "react";

/** What can be done with a row stays in sight however far its table is scrolled to the side. */
type Kind = "text" | "time" | "number" | "id" | "actions";

export interface DataColumn<T> {
  id: string;
  label: string;
  /** Times, numbers and what one copies stay on one line; numbers stand under each other. */
  kind?: Kind;
  cell: (row: T) => ReactNode;
}

interface Props<T> {
  label: string;
  columns: readonly DataColumn<T>[];
  /** The column that names the row; the first one unless another is named. */
  rowHeader?: string;
  rows: readonly T[];
  /** Where fields stand in the rows: what stands beside them is at their height. */
  hasFields?: boolean;
  keyOf: (row: T) => string;
}

type Look = { kind: Kind; isMiddle?: boolean };

const frame = style({
  overflow: "auto",
  maxHeight: "[75vh]",
  borderRadius: "lg",
  borderWidth: 1,
  borderStyle: "solid",
  borderColor: "gray-200",
  backgroundColor: "base",
  maxWidth: "full",
  outlineStyle: { default: "none", ":focus-visible": "solid" },
  outlineColor: "focus-ring",
  outlineWidth: 2,
});
const table = style({ width: "full", borderCollapse: "separate", borderSpacing: 0, font: "ui" });
const cell = style<Look>({
  position: { kind: { actions: "sticky" } },
  insetEnd: { kind: { actions: 0 } },
  backgroundColor: "base",
  textAlign: { default: "start", kind: { number: "end" } },
  whiteSpace: { default: "nowrap", kind: { text: "normal", actions: "normal" } },
  overflowWrap: "break-word",
  // Text wraps, but not word by word.
  minWidth: { default: 0, kind: { text: 104 } },
  verticalAlign: { default: "top", isMiddle: "middle" },
  paddingX: 12,
  paddingY: 8,
  fontWeight: "normal",
  borderTopWidth: 1,
  borderBottomWidth: 0,
  borderXWidth: 0,
  borderStyle: "solid",
  borderColor: "gray-200",
});
const head = style<Look>({
  position: "sticky",
  top: 0,
  insetEnd: { kind: { actions: 0 } },
  zIndex: { default: 1, kind: { actions: 2 } },
  backgroundColor: "gray-75",
  textAlign: { default: "start", kind: { number: "end" } },
  verticalAlign: "bottom",
  paddingX: 12,
  paddingY: 8,
  font: "detail-sm",
  color: "gray-800",
  whiteSpace: "nowrap",
});

export function DataTable<T>({ label, columns, rowHeader, rows, hasFields, keyOf }: Props<T>) {
  const header = rowHeader ?? columns[0]?.id;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
    <div className={frame} role="group" aria-label={label} tabIndex={0}>
      <table className={table} aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ id, label: name, kind = "text" }) => (
              <th key={id} scope="col" className={head({ kind })}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ id, kind = "text", cell: content }) => {
                const Tag = id === header ? "th" : "td";
                return (
                  <Tag
                    key={id}
                    scope={id === header ? "row" : undefined}
                    className={cell({ kind, isMiddle: hasFields === true })}
                  >
                    {content(row)}
                  </Tag>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
