"""The real programs are killed: at crash points armed from outside, and at random moments under load.

FAIRWAY_SEED chooses the random moments, FAIRWAY_KILLS how many there are; both are printed.
"""

import http.client
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
from world import WorldTest  # noqa: E402
from processes import Failure, Refused, build_folder, wait_for  # noqa: E402

CRASHED = 86
# What only the command line does; all other points are killed in crash_test.
OF_THE_COMMAND_LINE = ("read_only.set.after_commit", "read_only.set.before_commit",
                       "token.create.after_commit", "token.create.before_commit",
                       "token.revoke.after_commit", "token.revoke.before_commit")
OF_A_BACKUP = ("backup.copy.piece", "backup.create.after_copy", "backup.create.after_manifest")
# One of each moment, in the service as merchants run it.
OF_THE_SERVICE = ("tick.start.before_commit", "intake.search.after_call", "keys.create.after_commit",
                  "intake.page.before_commit", "intake.page.after_commit", "reconcile.batch.before_commit",
                  "reconcile.batch.after_commit", "tick.finish.after_commit")
OF_A_CONFIRMATION = ("command.sending.after_commit", "command.confirm.before_call",
                     "command.confirm.after_call", "command.result.after_commit")


class CrashTest(WorldTest):
    def check_at_rest(self):
        """Stops Fairway and holds its database to the sandbox's ledger."""
        self.fairway.stop()
        # Who is told to stop may leave what was read a moment ago to the next one.
        self.fairway.cli("sync", "--once")
        ledger = self.folder / "ledger.json"
        ledger.write_text(json.dumps(self.sandbox.ask("GET", "/ledger")))
        program = build_folder() / "tests" / "crash" / "check_books"
        done = subprocess.run([program, self.folder / "fairway.db", ledger], capture_output=True, text=True,
                              timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def wait_until_killed(self):
        wait_for("the armed point to end the service", lambda: self.fairway.exit_code() is not None)
        self.assertEqual(self.fairway.exit_code(), CRASHED)

    def start_unarmed(self):
        self.fairway.environment = {}
        self.fairway.start()


class Armed(CrashTest):
    def cli_dies(self, point, *arguments):
        self.fairway.environment = {"FAIRWAY_CRASH_AT": point}
        with self.assertRaisesRegex(Failure, f"ended with {CRASHED}"):
            self.fairway.cli(*arguments)
        self.fairway.environment = {}

    def test_the_points_are_listed_and_others_refused(self):
        listed = self.fairway.cli("doctor", "--crash-points").splitlines()
        self.assertEqual(listed, sorted(listed))
        for point in OF_THE_COMMAND_LINE + OF_THE_SERVICE + OF_A_CONFIRMATION:
            self.assertIn(point, listed)
        self.fairway.environment = {"FAIRWAY_CRASH_AT": "nowhere"}
        self.assertIn('no crash point "nowhere"', self.fairway.cli("message", "list", expect=2))

    def names(self):
        return [token["name"] for token in json.loads(self.fairway.cli("token", "list", "--json"))]

    def test_a_token_is_made_and_revoked_whole_or_not_at_all(self):
        for point in OF_THE_COMMAND_LINE:
            made = point.endswith("after_commit")
            if point.startswith("read_only"):
                self.cli_dies(point, "read-only", "on")
                self.assertEqual("read-only off" in self.fairway.cli("message", "list"), made, point)
                self.fairway.cli("read-only", "off")
                continue
            if point.startswith("token.create"):
                self.cli_dies(point, "token", "create", "--name", point)
                self.assertEqual(point in self.names(), made)
                continue
            secret = self.fairway.cli("token", "create", "--name", point)
            token = next(each["id"] for each in json.loads(self.fairway.cli("token", "list", "--json"))
                         if each["name"] == point)
            self.cli_dies(point, "token", "revoke", token)
            self.fairway.token = secret
            if made:
                with self.assertRaises(Refused):
                    self.fairway.ask("GET", "/stores")
            else:
                self.fairway.ask("GET", "/stores")

    def test_a_backup_that_is_killed_leaves_no_file_that_looks_like_one(self):
        backup = self.folder / "b.db"
        for point in OF_A_BACKUP:
            self.cli_dies(point, "backup", "create", backup)
            self.assertFalse(backup.exists(), point)
        self.fairway.cli("backup", "create", backup)
        self.fairway.cli("backup", "verify", backup)

    def test_a_backup_is_whole_whether_it_was_written_down_or_not(self):
        for point in ("backup.note.before_commit", "backup.note.after_commit"):
            backup = self.folder / point
            self.cli_dies(point, "backup", "create", backup)
            self.fairway.cli("backup", "verify", backup)
            noted = self.fairway.ask("GET", "/system")["last_backup_at"] is not None
            self.assertEqual(noted, point.endswith("after_commit"), point)

    def test_a_service_that_is_killed_goes_on_where_it_was(self):
        for number, point in enumerate(OF_THE_SERVICE):
            order = self.place()
            self.fairway.stop()
            self.sandbox.advance(300)
            self.fairway.environment = {"FAIRWAY_CRASH_AT": point}
            self.start_and_die()
            self.start_unarmed()
            self.step()
            row = self.fairway.order(self.store, order)
            self.assertEqual(row["import_state"], "imported", point)
            self.assertEqual(int(row["commerce_order"]["number"]), number + 1, point)
        self.check_at_rest()

    def start_and_die(self):
        """Starts the service without waiting for what it says: it may be dead before."""
        super(type(self.fairway), self.fairway).start()
        self.wait_until_killed()

    def test_a_confirmation_that_is_killed_is_made_once(self):
        for number, point in enumerate(OF_A_CONFIRMATION):
            order = self.place()
            self.step()
            self.fairway.stop()
            self.fairway.environment = {"FAIRWAY_CRASH_AT": point}
            self.fairway.start()
            self.fairway.ship(self.fairway.order(self.store, order), f"JD{number}")
            self.wait_until_killed()
            self.start_unarmed()
            for _ in range(3):
                self.step()
            sent = self.sandbox.ledger()[order]["confirmations"]
            self.assertEqual([each["packageDetail"]["packageReferenceId"] for each in sent], ["1001"], point)
            self.assertEqual(self.fairway.order(self.store, order)["import_state"], "completed", point)
        self.check_at_rest()


class RandomMoments(CrashTest):
    SANDBOX = ("--seed", 23, "--sellers", 1, "--orders-per-minute", "1", "--speed", 240)
    KILLS = int(os.environ.get("FAIRWAY_KILLS", "50"))
    SEED = int(os.environ.get("FAIRWAY_SEED", "1"))
    LIFE_S_MAX = 1.0
    BROKEN = (OSError, http.client.HTTPException, ValueError)

    def prepare(self):
        super().prepare()
        for product in self.seller["skus"]:
            if product["sku"] != "MOKA-3T":
                self.fairway.cli("product", "add", "--sku", product["sku"], "--name", product["title"],
                                 "--quantity", 100000)

    def post(self, path, body, key):
        """The same request with the same key, until an answer arrives, is one effect."""
        self.unanswered[key] = (path, body)
        self.fairway.ask("POST", path, body, {"Idempotency-Key": key})
        del self.unanswered[key]

    def ship_one(self, dice, key):
        orders = self.fairway.ask("GET", "/commerce-orders?status=Processing&limit=20")["items"]
        if not orders:
            return
        order = dice.choice(orders)
        package = {"carrier": "DHL", "tracking": key.replace(" ", "")}
        try:
            self.post(f"/commerce-orders/{order['id']}/shipments", {"packages": [package]}, key)
            self.shipped.add(order["amazon_order_id"])
        except Refused as refused:
            # Cancelled or shipped elsewhere a moment ago.
            self.assertIn(refused.status, (409, 422), refused)
            del self.unanswered[key]

    def live(self, dice, number):
        """Ships until the service dies, at a moment that nobody has chosen."""
        killer = threading.Timer(dice.random() * self.LIFE_S_MAX, self.fairway.stop, [signal.SIGKILL])
        killer.start()
        try:
            for key, (path, body) in list(self.unanswered.items()):
                self.post(path, body, key)
            for request in range(1000):
                self.ship_one(dice, f"JD {number} {request}")
        except self.BROKEN:
            pass
        killer.join()
        self.assertEqual(self.fairway.exit_code(), -signal.SIGKILL, "it died by itself")

    def test_nothing_is_lost_or_doubled(self):
        print(f"FAIRWAY_SEED={self.SEED} FAIRWAY_KILLS={self.KILLS}", flush=True)
        dice = random.Random(self.SEED)
        self.unanswered, self.shipped = {}, set()
        for number in range(self.KILLS):
            self.live(dice, number)
            self.fairway.start()
        for key, (path, body) in list(self.unanswered.items()):
            self.post(path, body, key)
        for _ in range(6):
            self.step(600)
        self.assertGreater(len(self.shipped), self.KILLS // 2, "too few shipments to mean anything")
        self.check_at_rest()


if __name__ == "__main__":
    unittest.main()
