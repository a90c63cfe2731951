"""What cannot be read is seen by the operator, by REST, on the command line and in the metrics, and stops
nothing else."""

import json
import unittest

from world import WorldTest
from processes import request, wait_for


class Quarantine(WorldTest):
    def spoil(self, kind):
        self.sandbox.ask("POST", "/faults", {"kind": kind, "operation": "searchOrders", "rate": 1})

    def kept(self):
        by_rest = self.fairway.ask("GET", "/quarantine")["items"]
        self.assertEqual(json.loads(self.fairway.cli("quarantine", "list", "--json")), by_rest)
        return by_rest

    def metrics(self):
        status, _, text = request("GET", self.fairway.url + "/metrics",
                                  headers={"Authorization": f"Bearer {self.fairway.token}"})
        self.assertEqual(status, 200)
        return text

    def mirrored(self):
        return {row["amazon_order_id"]: row for row in self.fairway.ask("GET", "/amazon-orders")["items"]}

    def test_an_order_that_cannot_be_read_is_listed_and_comes_when_it_can(self):
        # About half of the rows are spoilt, until searches must show them as they are.
        self.spoil("undecodable_rows")
        ids = {self.place() for _ in range(12)}
        self.step(150)
        kept = self.kept()
        self.assertTrue(kept and self.mirrored())
        self.assertEqual({row["amazon_order_id"] for row in kept} | set(self.mirrored()), ids)
        self.assertEqual({row["field"] for row in kept}, {"orderItems"})
        self.assertIn("is not a list", kept[0]["error"])
        self.assertIn(kept[0]["amazon_order_id"], self.fairway.cli("quarantine", "list"))
        self.assertIn(f"fairway_quarantined {len(kept)}", self.metrics())
        self.step()
        self.assertEqual(set(self.mirrored()), ids)
        self.assertEqual({row["import_state"] for row in self.mirrored().values()}, {"imported"})

    def test_a_page_of_html_is_listed_and_read_again(self):
        self.spoil("not_json")
        order_id = self.place()
        self.sandbox.advance(300)
        run = self.fairway.ask("POST", "/sync-runs", {"store": None})["id"]
        wait_for("the sync to fail",
                 lambda: self.fairway.ask("GET", f"/sync-runs/{run}")["state"] == "failed")
        [kept] = self.kept()
        self.assertIsNone(kept["amazon_order_id"])
        self.assertIn("searchOrders is not valid JSON", kept["error"])
        self.sandbox.ask("DELETE", "/faults")
        self.step()
        self.assertEqual(self.mirrored()[order_id]["import_state"], "imported")


if __name__ == "__main__":
    unittest.main()
