"""Read-only mode over the real programs: asked for, and in a copied folder."""

import json
import shutil
import signal
import unittest

from world import Fairway, WorldTest, build_folder, free_port
from processes import request, wait_for


class ReadOnly(WorldTest):
    def confirmations(self, order):
        return len(self.sandbox.ledger()[order]["confirmations"])

    def ship(self, order, tracking):
        self.fairway.ship(self.fairway.order(self.store, order), tracking)

    def command_state(self):
        return self.fairway.ask("GET", "/commands?limit=1")["items"][0]["state"]

    def reason(self):
        mode = self.fairway.ask("GET", "/system")["read_only"]
        return mode and mode["reason"]

    def test_asked_for_it_holds_at_once_and_ends_at_once(self):
        order = self.place()
        self.step()
        self.assertIsNone(self.reason())
        self.fairway.cli("read-only", "on")
        self.assertEqual(self.reason(), "requested")
        self.ship(order, "JD1")
        self.step()
        self.fairway.cli("sync", "--once")
        self.assertEqual((self.confirmations(order), self.command_state()), (0, "queued"))

        message = self.fairway.ask("GET", "/messages", headers={"Accept-Language": "it"})["items"][0]
        self.assertEqual((message["code"], message["params"]["reason"]), ("read_only", "requested"))
        self.assertIn("sola lettura", message["text"])
        self.assertEqual(request("GET", self.fairway.url + "/readyz")[0], 200)

        self.fairway.stop(signal.SIGKILL)
        self.fairway.start()
        self.assertEqual(self.reason(), "requested")
        self.fairway.cli("read-only", "off")
        wait_for("the confirmation", lambda: self.confirmations(order) == 1)
        self.assertIsNone(self.reason())
        self.assertEqual(self.fairway.ask("GET", "/messages")["items"], [])
        actions = [each["action"] for each in self.fairway.ask("GET", "/audit?actor=cli")["items"]]
        self.assertEqual(actions[:2], ["read-only off", "read-only on"])

    def test_a_copied_folder_is_read_only_and_the_original_goes_on(self):
        order = self.place()
        self.step()
        self.fairway.stop()
        copied = self.folder.with_name(self.folder.name + "-copy")
        self.addCleanup(shutil.rmtree, copied, True)
        shutil.copytree(self.folder, copied)
        copy = Fairway(build_folder(), copied, free_port(), self.sandbox)
        copy.token = self.fairway.token
        copy.start()
        self.addCleanup(copy.stop)
        self.assertEqual(copy.ask("GET", "/system")["read_only"]["reason"], "moved")
        self.assertIn('"event":"read_only"', copy.log.read_text())
        self.assertIn("moved", copy.cli("doctor"))

        self.fairway.start()
        self.assertIsNone(self.reason())
        copy.ship(copy.order(self.store, order), "JD-COPY")
        self.ship(order, "JD1")
        wait_for("the confirmation", lambda: self.confirmations(order) == 1)
        copy.sync()
        sent = self.sandbox.ledger()[order]["confirmations"]
        self.assertEqual([each["packageDetail"]["trackingNumber"] for each in sent], ["JD1"])
        rows = json.loads(copy.cli("command", "list", "--json"))
        self.assertNotEqual(rows[0]["state"], "accepted")

    def test_a_file_that_cannot_be_written_is_named(self):
        self.fairway.stop()
        text = self.fairway.config.read_text()
        elsewhere = self.folder / "nowhere" / "instance"
        self.fairway.config.write_text(text.replace("[time]", f'instance_file = "{elsewhere}"\n[time]'))
        said = self.fairway.cli("order", "list", expect=1)
        self.assertIn("nowhere", said)
        self.assertIn("secrets.instance_file", said)


if __name__ == "__main__":
    unittest.main()
