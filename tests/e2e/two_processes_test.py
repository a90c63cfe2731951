"""Two Fairway processes on one PostgreSQL database share the work; one of them is killed in the middle."""

import contextlib
import signal
import subprocess
import unittest

from world import Fairway, WorldTest, build_folder, free_port
from with_postgresql import PROGRAMS, server


class TwoProcesses(WorldTest):
    SANDBOX = ("--seed", 11, "--sellers", 1, "--orders-per-minute", "0.5", "--speed", 60)
    ROUNDS = 6

    def make_fairway(self):
        stack = contextlib.ExitStack()
        self.addCleanup(stack.close)
        self.postgresql = stack.enter_context(server())
        for name in ("fairway", "fairway_keys"):
            subprocess.run([PROGRAMS / "createdb", "-h", self.postgresql.folder, "-U", "fairway", name],
                           check=True)
        return self.make_process(self.folder)

    def make_process(self, folder):
        base = self.postgresql.url.rsplit("/", 1)[0]
        # One machine, one mark: a second file would be taken for that of a copy.
        secrets = (f'key_store_url = "{base}/fairway_keys"\n'
                   f'instance_file = "{self.folder}/fairway.instance"\n')
        return Fairway(build_folder(), folder, free_port(), self.sandbox, database=f"{base}/fairway",
                       secrets=secrets)

    def prepare(self):
        super().prepare()
        for product in self.seller["skus"]:
            if product["sku"] != "MOKA-3T":
                self.fairway.cli("product", "add", "--sku", product["sku"], "--name", product["title"],
                                 "--quantity", 1000)

    def start_second(self):
        folder = self.folder / "second"
        folder.mkdir()
        (folder / "master.key").write_bytes((self.folder / "master.key").read_bytes())
        (folder / "master.key").chmod(0o600)
        second = self.make_process(folder)
        second.token = self.fairway.token
        self.addCleanup(second.stop)
        return second.start()

    def ship_one(self, process, number):
        """Ships one Processing order if there is one; returns its id."""
        orders = process.ask("GET", "/commerce-orders?status=Processing&limit=50")["items"]
        ledger = self.sandbox.ledger()
        # What Prime orders ship is not confirmed by us.
        orders = [each for each in orders
                  if "PRIME" not in ledger[each["amazon_order_id"]]["order"]["programs"]]
        if not orders:
            return None
        process.ask("POST", f"/commerce-orders/{orders[0]['id']}/shipments",
                    {"packages": [{"carrier": "DHL", "tracking": f"JD{number:08d}"}]})
        return orders[0]["amazon_order_id"]

    def all_orders(self, process):
        rows, after = [], ""
        while after is not None:
            page = process.ask("GET", f"/amazon-orders?limit=200{after}")
            rows += page["items"]
            after = f"&after={page['next']}" if page["next"] else None
        return rows

    def test_every_order_and_every_confirmation_once(self):
        second = self.start_second()
        shipped = set()
        for number in range(self.ROUNDS):
            self.sandbox.advance(900)
            # Both are asked at the same moment; whoever is later waits for the other's sweep.
            self.fairway.ask("POST", "/sync-runs", {"store": None})
            second.sync()
            shipped.add(self.ship_one(second if number % 2 else self.fairway, number))
        shipped.discard(None)
        self.assertGreater(len(shipped), 2, "the sandbox made too few orders for this test to mean anything")

        # Killed while it reads and while a confirmation may be queued, under way or answered.
        self.sandbox.advance(900)
        self.fairway.ask("POST", "/sync-runs", {"store": None})
        shipped.add(self.ship_one(self.fairway, self.ROUNDS))
        shipped.discard(None)
        self.fairway.stop(signal.SIGKILL)
        for _ in range(3):
            self.sandbox.advance(900)
            second.sync()
        # Amazon's clock runs on: what was there before the last sync is what it must have read.
        known = set(self.sandbox.ledger())
        self.sandbox.advance(900)
        second.sync()
        self.check(second, known, shipped)

    def check(self, process, known, shipped):
        rows = self.all_orders(process)
        mirror = {row["amazon_order_id"]: row for row in rows}
        self.assertEqual(len(mirror), len(rows))
        self.assertEqual(known - set(mirror), set())
        ledger = self.sandbox.ledger()
        numbers = [row["commerce_order"]["number"] for row in rows if row["commerce_order"]]
        self.assertGreater(len(numbers), 5)
        self.assertEqual(len(numbers), len(set(numbers)))
        for row in rows:
            entry = ledger[row["amazon_order_id"]]
            sent = [each["packageDetail"]["packageReferenceId"] for each in entry["confirmations"]]
            self.assertEqual(len(sent), len(set(sent)), row)
            if row["amazon_order_id"] in shipped:
                self.assertEqual(sent, ["1001"], row)
            if row["commerce_order"]:
                order = process.commerce_order(row)
                amazon = entry["order"]["proceeds"]["grandTotal"]["amount"]
                self.assertEqual(order["totals"]["grand_total"]["amount"], amazon)
        # One bucket for both: Amazon never had to refuse.
        for folder in (self.folder, self.folder / "second"):
            self.assertNotIn("You exceeded your quota", (folder / "fairway.log").read_text())


if __name__ == "__main__":
    unittest.main()
