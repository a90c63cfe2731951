"""What bench/floor.c writes: the rows of a database that Fairway filled, in Fairway's transactions.

As the mirror's page is committed an order is `waiting` and dirty; the commit of its batch makes it what it is
in the end. Whatever a batch changes several times (stock, the next number) is written once, as it is at the
commit: a floor has no decision to make in between.

Usage: floor_rows.py FOLDER_BEFORE FOLDER UNITS_IN_STOCK ROWS
"""

import pathlib
import sqlite3
import struct
import sys
from collections import defaultdict

PAGE = 100
BATCH = 200  # kBatch in src/sync/reconcile.cpp
MAIN, KEYS = 0, 1

# An order before it was reconciled.
FRESH = {"import_state": "waiting", "note_code": None, "note_params": None, "look_again": 0, "dirty": 1}
OF_ORDER_WITH_PAGE = ("amazon_order_lines", "amazon_order_documents", "order_names")
OF_COMMERCE_ORDER = ("commerce_lines", "stock_movements", "invoices", "comments")
WRITTEN_ELSEWHERE = {*OF_ORDER_WITH_PAGE, *OF_COMMERCE_ORDER, "amazon_orders", "order_history", "intents",
                     "commerce_orders", "listings", "quota_buckets", "numbers", "sync_runs", "stores",
                     "stock", "products",
                     "sales_days"}  # by the database's own triggers, whoever writes


def encode(value):
    if value is None:
        return b"\0"
    if isinstance(value, int):
        return b"\1" + struct.pack("<q", value)
    kind, data = (b"\2", value.encode()) if isinstance(value, str) else (b"\3", value)
    return kind + struct.pack("<I", len(data)) + data


class Steps:
    """The file of steps; its head lists the statements, which are known last."""

    def __init__(self):
        self.statements = {}
        self.parts = []

    def fetch(self):
        self.parts.append(b"F")

    def begin(self, database):
        self.parts.append(b"B" + bytes([database]))

    def commit(self, database):
        self.parts.append(b"C" + bytes([database]))

    def run(self, database, sql, values):
        index = self.statements.setdefault((database, sql), len(self.statements))
        self.parts.append(b"S" + struct.pack("<HB", index, len(values)) + b"".join(map(encode, values)))

    def insert(self, database, table, row, verb="INSERT"):
        sql = f"{verb} INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
        self.run(database, sql, list(row.values()))

    def write(self, path):
        with open(path, "wb") as out:
            out.write(struct.pack("<I", len(self.statements)))
            for database, sql in self.statements:
                out.write(bytes([database]) + struct.pack("<I", len(sql.encode())) + sql.encode())
            out.write(b"".join(self.parts) + b"E")


def rows_of(connection, sql):
    connection.row_factory = sqlite3.Row
    return [dict(row) for row in connection.execute(sql)]


def by(rows, key):
    groups = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


class Filled:
    """What Fairway's import added to its two databases."""

    def __init__(self, before, folder):
        with sqlite3.connect(folder / "fairway.db") as main, sqlite3.connect(folder / "keys.db") as keys:
            self.keys = {row["id"]: row for row in rows_of(keys, "SELECT * FROM data_keys")}
            self.orders = rows_of(main, "SELECT * FROM amazon_orders ORDER BY id")
            self.with_page = {table: by(rows_of(main, f"SELECT * FROM {table}"), "order_id")
                              for table in OF_ORDER_WITH_PAGE}
            self.history = by(rows_of(main, "SELECT * FROM order_history ORDER BY id"), "order_id")
            self.intents = by(rows_of(main, "SELECT * FROM intents"), "order_id")
            self.commerce = by(rows_of(main, "SELECT * FROM commerce_orders"), "order_id")
            self.with_commerce = {table: by(rows_of(main, f"SELECT * FROM {table}"), "commerce_order_id")
                                  for table in OF_COMMERCE_ORDER}
            self.listings = rows_of(main, "SELECT * FROM listings")
            self.quotas = rows_of(main, "SELECT * FROM quota_buckets WHERE operation = 'searchOrders'")
            self.numbers = rows_of(main, "SELECT * FROM numbers")
            self.run = rows_of(main, "SELECT * FROM sync_runs")[-1]
            self.stores = rows_of(main, "SELECT id, watermark, deep_sweep_at FROM stores")
            self.others = dict(self.added_to_others(main, before))

    def added_to_others(self, main, before):
        """Rows that the import left in tables that nothing above speaks of, such as those of a lease."""
        with sqlite3.connect(before / "fairway.db") as earlier:
            main.row_factory = None
            for (table,) in main.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                if table not in WRITTEN_ELSEWHERE:
                    known = rows_of(earlier, f"SELECT * FROM {table}")
                    yield table, [row for row in rows_of(main, f"SELECT * FROM {table}") if row not in known]


def write_page(steps, filled, orders, is_first, is_last):
    for quota in filled.quotas:
        steps.begin(MAIN)
        steps.insert(MAIN, "quota_buckets", quota, "INSERT OR REPLACE")
        steps.commit(MAIN)
    steps.fetch()
    steps.begin(KEYS)
    for order in orders:
        steps.insert(KEYS, "data_keys", filled.keys[order["key_id"]])
    steps.commit(KEYS)
    steps.begin(MAIN)
    for order in orders:
        steps.insert(MAIN, "amazon_orders", {**order, **FRESH, "changed_at": order["read_at"]})
        for table in OF_ORDER_WITH_PAGE:
            for row in filled.with_page[table][order["id"]]:
                steps.insert(MAIN, table, row)
        steps.insert(MAIN, "order_history", filled.history[order["id"]][0])
    if is_first:
        for listing in filled.listings:
            steps.insert(MAIN, "listings", listing)
    window = {"account_id": orders[0]["account_id"], "stores": str(orders[0]["store_id"])}
    if is_last:
        steps.run(MAIN, "DELETE FROM windows WHERE account_id = ? AND stores = ?", list(window.values()))
        for store in filled.stores:
            steps.run(MAIN, "UPDATE stores SET watermark = ?, deep_sweep_at = ? WHERE id = ?",
                      [store["watermark"], store["deep_sweep_at"], store["id"]])
    else:
        times = dict.fromkeys(("updated_after", "upper_bound", "started_at"), orders[0]["read_at"])
        steps.insert(MAIN, "windows", {**window, **times, "next_token": "x" * 35}, "INSERT OR REPLACE")
    steps.commit(MAIN)


def write_batch(steps, filled, orders, stock):
    moved = set()
    steps.begin(MAIN)
    for order in orders:
        for commerce in filled.commerce[order["id"]]:
            steps.insert(MAIN, "commerce_orders", commerce)
            for table in OF_COMMERCE_ORDER:
                for row in filled.with_commerce[table][commerce["id"]]:
                    steps.insert(MAIN, table, row)
                    if table == "stock_movements":
                        place = (row["product_sku"], row["source"])
                        stock[place] += row["quantity"]
                        moved.add(place)
        for row in filled.intents[order["id"]]:
            steps.insert(MAIN, "intents", row)
        for row in filled.history[order["id"]][1:]:
            steps.insert(MAIN, "order_history", row)
        names = (*FRESH, "changed_at")
        steps.run(MAIN, f"UPDATE amazon_orders SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?",
                  [*(order[name] for name in names), order["id"]])
    now = orders[-1]["changed_at"]
    for sku, source in sorted(moved):
        steps.run(MAIN, "UPDATE stock SET quantity = ?, updated_at = ? WHERE product_sku = ? AND source = ?",
                  [stock[sku, source], now, sku, source])
        steps.run(MAIN, "UPDATE products SET updated_at = ? WHERE sku = ?", [now, sku])
    for number in filled.numbers:
        steps.insert(MAIN, "numbers", number, "INSERT OR REPLACE")
    steps.commit(MAIN)


def take_rows(before, folder, stocked, path):
    """Writes the steps to `path`; before the import `stocked` units lay in each source of each product."""
    filled = Filled(before, folder)
    steps = Steps()
    steps.begin(MAIN)
    steps.insert(MAIN, "sync_runs", {**filled.run, "state": "running", "finished_at": None})
    steps.commit(MAIN)
    orders = filled.orders
    for at in range(0, len(orders), PAGE):
        write_page(steps, filled, orders[at:at + PAGE], at == 0, at + PAGE >= len(orders))
    stock = defaultdict(lambda: stocked)
    for at in range(0, len(orders), BATCH):
        write_batch(steps, filled, orders[at:at + BATCH], stock)
    steps.begin(MAIN)
    steps.insert(MAIN, "sync_runs", filled.run, "INSERT OR REPLACE")
    for table, rows in filled.others.items():
        for row in rows:
            steps.insert(MAIN, table, row, "INSERT OR REPLACE")
    steps.commit(MAIN)
    steps.write(path)


if __name__ == "__main__":
    take_rows(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
