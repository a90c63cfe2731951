// A grid of many rows: chosen columns whose widths are kept, sorting, selection, and rows that are there before
// one has scrolled to them.
import {
  Cell,
  Column,
  type Key,
  Row,
  type SortDescriptor,
  TableBody,
  TableHeader,
  TableView,
} from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { type ReactElement, type ReactNode, useEffect, useRef } from "react";

import { type MessageId, useText } from "../i18n";
import { useFillHeight } from "./fillHeight";
import { rememberRow, useGridPlace, useHistoryEntry } from "./gridPlace";
import { usePreference } from "./preferences";
import { Loading } from "./states";
import { layTrail } from "./trail";

export interface GridColumn {
  id: string;
  text: MessageId;
  /** At first; a column that grows takes its share of what is left over. */
  width: number;
  grows?: true;
  /** Numbers stand at the end of their cells. */
  isNumber?: true;
  sorts?: true;
  /** Of a buyer or a recipient. */
  isPersonal?: true;
}

export type Selection = "all" | Set<Key>;

interface GridProps<T> {
  /** Under which the widths of its columns are kept. */
  name: string;
  label: string;
  columns: readonly GridColumn[];
  rowHeader: string;
  rows: readonly T[];
  idOf: (row: T) => string;
  /** What the row is called. */
  titleOf: (row: T) => string;
  cell: (column: string, row: T) => ReactNode;
  loadingState: "loading" | "loadingMore" | "filtering" | "idle";
  /** Reads the next page; nothing if there is none, or it is on its way. */
  more: () => void;
  /** The addresses of a row's pages, its own first. */
  pagesOf: (row: T) => readonly [string, ...string[]];
  open: (path: string) => void;
  empty: ReactElement;
  sort: string;
  changeSort: (sort: string) => void;
  selection?: {
    selected: Selection;
    change: (next: Selection) => void;
    bar: () => ReactElement;
  };
}

/** Less than so much is left below: the next page is asked for. A page of 100 rows is 4,000 high. */
const kAheadPx = 6_000;
const kNarrowest = 60;

type Widths = Record<string, Record<string, number>>;

function useWidths(name: string, columns: readonly GridColumn[]) {
  const { value, isSettled, keep } = usePreference<Widths>("widths");
  return {
    isSettled,
    widths: value?.[name] ?? {},
    keep: (sizes: ReadonlyMap<Key, unknown>) => {
      // Of the columns that are ours: the grid adds one for selecting.
      const fixed = columns
        .map(({ id }) => [id, sizes.get(id)] as const)
        .filter(([, size]) => typeof size === "number");
      // Widths that cannot be kept hold as long as this page.
      void keep({ ...value, [name]: Object.fromEntries(fixed) as Record<string, number> }).catch(() => {});
    },
  };
}

function toDescriptor(sort: string): SortDescriptor {
  return sort.startsWith("-")
    ? { column: sort.slice(1), direction: "descending" }
    : { column: sort, direction: "ascending" };
}

const canResize = (column: GridColumn) => column.sorts === true || column.grows === true;

type HeadProps = { columns: readonly GridColumn[]; rowHeader: string; widths: Record<string, number> };

function Head({ columns, rowHeader, widths }: HeadProps) {
  const text = useText();
  return (
    <TableHeader columns={columns} dependencies={[columns, widths]}>
      {(column) => (
        <Column
          id={column.id}
          isRowHeader={column.id === rowHeader}
          allowsSorting={column.sorts === true}
          // Others have their width for good: a menu that only changes it looks as if it sorted.
          allowsResizing={canResize(column)}
          align={column.isNumber ? "end" : "start"}
          minWidth={column.grows ? column.width : kNarrowest}
          defaultWidth={(canResize(column) && widths[column.id]) || (column.grows ? "1fr" : column.width)}
        >
          {text(column.text)}
        </Column>
      )}
    </TableHeader>
  );
}

function Table<T extends object>(props: GridProps<T> & ReturnType<typeof useWidths>) {
  const { columns, rows, idOf, pagesOf, selection } = props;
  const frame = useRef<HTMLDivElement>(null);
  const { entry, isReturn } = useHistoryEntry();
  useFillHeight(frame);
  useGridPlace(frame, { entry, isReturn, scrolled: (left) => left < kAheadPx && props.more() });
  const openRow = (key: Key) => {
    const row = rows.find((each) => idOf(each) === key);
    if (row === undefined) return;
    rememberRow(entry, String(key));
    props.open(pagesOf(row)[0]);
  };
  useEffect(() => layTrail(rows.map(pagesOf)), [rows, pagesOf]);
  return (
    <div ref={frame}>
      <TableView
        aria-label={props.label}
        onAction={openRow}
        sortDescriptor={toDescriptor(props.sort)}
        onSortChange={({ column, direction }) =>
          props.changeSort((direction === "descending" ? "-" : "") + String(column))
        }
        onResizeEnd={props.keep}
        loadingState={props.loadingState}
        onLoadMore={props.more}
        {...(selection && {
          selectionMode: "multiple" as const,
          selectedKeys: selection.selected,
          onSelectionChange: selection.change,
          renderActionBar: selection.bar,
        })}
        styles={style({
          width: "full",
          height: "[calc(100vh - var(--grid-top, 260px) - 24px)]",
          minHeight: 320,
        })}
      >
        <Head columns={columns} rowHeader={props.rowHeader} widths={props.widths} />
        <TableBody items={rows} dependencies={[columns]} renderEmptyState={() => props.empty}>
          {(row) => (
            <Row id={idOf(row)} textValue={props.titleOf(row)} columns={columns} dependencies={[row]}>
              {(column) => (
                <Cell align={column.isNumber ? "end" : "start"}>{props.cell(column.id, row)}</Cell>
              )}
            </Row>
          )}
        </TableBody>
      </TableView>
    </div>
  );
}

export function Grid<T extends object>(props: GridProps<T>) {
  const widths = useWidths(props.name, props.columns);
  // Columns take their widths when they are first drawn.
  return widths.isSettled ? <Table {...props} {...widths} /> : <Loading />;
}
