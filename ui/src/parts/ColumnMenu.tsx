// Which columns a grid has. Columns of personal data are there for those who may see it, and say what they do.
import { ActionButton, Menu, MenuItem, MenuTrigger, Text } from "@react-spectrum/s2";

import { useText } from "../i18n";
import { useSession } from "../shell/session";
import type { GridColumn } from "./Grid";

interface ColumnMenuProps {
  columns: readonly GridColumn[];
  shown: readonly GridColumn[];
  /** It is always there. */
  rowHeader: string;
  choose: (ids: string[]) => void;
}

export function ColumnMenu({ columns, shown, rowHeader, choose }: ColumnMenuProps) {
  const text = useText();
  return (
    <MenuTrigger>
      <ActionButton>{text("grid.columns")}</ActionButton>
      <Menu
        aria-label={text("grid.columns")}
        selectionMode="multiple"
        selectedKeys={shown.map((column) => column.id)}
        disabledKeys={[rowHeader]}
        onSelectionChange={(keys) =>
          choose(keys === "all" ? columns.map((column) => column.id) : [...keys].map(String))
        }
      >
        {columns.map((column) => (
          <MenuItem key={column.id} id={column.id} textValue={text(column.text)}>
            <Text slot="label">{text(column.text)}</Text>
            {column.isPersonal && <Text slot="description">{text("grid.personal_help")}</Text>}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}

interface Chosen {
  /** All that this person may choose from. */
  offered: GridColumn[];
  shown: GridColumn[];
  /** Whether rows must be read with personal data: each such reading is recorded. */
  isPersonal: boolean;
}

/** The columns that were chosen, of those that there are for this person. */
export function useColumns(
  columns: readonly GridColumn[],
  rowHeader: string,
  chosen: readonly string[],
): Chosen {
  const maySee = useSession().data?.buyer_data ?? false;
  const offered = columns.filter((column) => maySee || !column.isPersonal);
  const wanted = new Set(chosen).add(rowHeader);
  const shown = offered.filter((column) => wanted.has(column.id));
  return { offered, shown, isPersonal: shown.some((column) => column.isPersonal) };
}
