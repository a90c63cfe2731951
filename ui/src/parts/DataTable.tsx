// A table to read: no selection and no sorting, so plain rows and cells with their headers. Where it is wider
// than the screen it scrolls in its own frame, which the keyboard reaches.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import type { ReactNode } from "react";

export interface DataColumn<T> {
  id: string;
  label: string;
  end?: boolean;
  cell: (row: T) => ReactNode;
}

interface Props<T> {
  label: string;
  columns: readonly DataColumn<T>[];
  /** The first column is the row's header. */
  rows: readonly T[];
  keyOf: (row: T) => string;
}

const frame = style({
  overflowX: "auto",
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
const table = style({ width: "full", borderCollapse: "collapse", font: "ui" });
const cell = style<{ isEnd: boolean }>({
  textAlign: { default: "start", isEnd: "end" },
  verticalAlign: "top",
  paddingX: 12,
  paddingY: 8,
  fontWeight: "normal",
  borderTopWidth: 1,
  borderBottomWidth: 0,
  borderXWidth: 0,
  borderStyle: "solid",
  borderColor: "gray-200",
});
const head = style<{ isEnd: boolean }>({
  textAlign: { default: "start", isEnd: "end" },
  verticalAlign: "bottom",
  paddingX: 12,
  paddingY: 8,
  font: "detail-sm",
  color: "gray-700",
  whiteSpace: "nowrap",
});
export function DataTable<T>({ label, columns, rows, keyOf }: Props<T>) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
    <div className={frame} role="group" aria-label={label} tabIndex={0}>
      <table className={table} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={head({ isEnd: column.end === true })}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column, index) => {
                const Tag = index === 0 ? "th" : "td";
                return (
                  <Tag
                    key={column.id}
                    scope={index === 0 ? "row" : undefined}
                    className={cell({ isEnd: column.end === true })}
                  >
                    {column.cell(row)}
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
