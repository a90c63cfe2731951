"""Stopping, killing and starting Fairway loses and doubles nothing while orders arrive and parcels leave."""

import signal
import unittest

from world import WorldTest


class Restart(WorldTest):
    SANDBOX = ("--seed", 11, "--sellers", 1, "--orders-per-minute", "0.5", "--speed", 60)
    ROUNDS = 6

    def prepare(self):
        super().prepare()
        for product in self.seller["skus"]:
            if product["sku"] != "MOKA-3T":
                self.fairway.cli("product", "add", "--sku", product["sku"], "--name", product["title"],
                                 "--quantity", 1000)

    def ship_one(self, number):
        """Ships one Processing order if there is one; returns its id."""
        orders = self.fairway.ask("GET", "/commerce-orders?status=Processing&limit=50")["items"]
        ledger = self.sandbox.ledger()
        # What Prime orders ship is not confirmed by us.
        orders = [each for each in orders
                  if "PRIME" not in ledger[each["amazon_order_id"]]["order"]["programs"]]
        if not orders:
            return None
        self.fairway.ask("POST", f"/commerce-orders/{orders[0]['id']}/shipments",
                         {"packages": [{"carrier": "DHL", "tracking": f"JD{number:08d}"}]})
        return orders[0]["amazon_order_id"]

    def all_orders(self):
        rows, after = [], ""
        while after is not None:
            page = self.fairway.ask("GET", f"/amazon-orders?limit=200{after}")
            rows += page["items"]
            after = f"&after={page['next']}" if page["next"] else None
        return rows

    def test_nothing_is_lost_or_doubled(self):
        shipped = set()
        for number in range(self.ROUNDS):
            self.step(600)
            order = self.ship_one(number)
            if order:
                shipped.add(order)
            # At once: the confirmation may be queued, under way or answered.
            self.fairway.stop(signal.SIGKILL if number % 2 == 0 else signal.SIGTERM)
            self.fairway.start()
        self.assertGreater(len(shipped), 2, "the sandbox made too few orders for this test to mean anything")
        for _ in range(3):
            self.step(600)

        rows = self.all_orders()
        mirror = {row["amazon_order_id"]: row for row in rows}
        self.assertEqual(len(mirror), len(rows))
        # Orders of the last minutes are still hidden by Amazon's own two-minute rule.
        ledger = self.sandbox.ledger()
        late = set(ledger) - set(mirror)
        newest = max(row["purchased_at"] for row in rows)
        self.assertTrue(all(ledger[each]["order"]["lastUpdatedTime"] > newest for each in late), late)

        numbers = [row["commerce_order"]["number"] for row in rows if row["commerce_order"]]
        self.assertEqual(len(numbers), len(set(numbers)))
        for row in rows:
            if row["amazon_order_id"] in shipped:
                entry = ledger[row["amazon_order_id"]]
                sent = [each["packageDetail"]["packageReferenceId"] for each in entry["confirmations"]]
                self.assertEqual(sent, ["1001"], row)
                self.assertEqual(row["commerce_order"]["status"], "Complete")
            if row["commerce_order"]:
                order = self.fairway.commerce_order(row)
                amazon = ledger[row["amazon_order_id"]]["order"]["proceeds"]["grandTotal"]["amount"]
                self.assertEqual(order["totals"]["grand_total"]["amount"], amazon)


if __name__ == "__main__":
    unittest.main()
