"""Backups over the real programs: made while the service runs, verified, restored; nothing is sent twice."""

import contextlib
import hashlib
import json
import resource
import shutil
import sqlite3
import subprocess
import unittest

from world import Fairway, WorldTest, build_folder, free_port
from processes import wait_for


class Backup(WorldTest):
    def setUp(self):
        super().setUp()
        self.file = self.folder / "backup.db"
        self.keys = self.folder / "backup-keys.db"

    def create(self):
        self.fairway.cli("backup", "create", self.file)
        self.fairway.cli("backup", "create", "--key-store", self.keys)

    def confirmations(self):
        return {order: len(entry["confirmations"]) for order, entry in self.sandbox.ledger().items()}

    def ship(self, order, tracking):
        self.fairway.ship(self.fairway.order(self.store, order), tracking)

    def reason(self):
        mode = self.fairway.ask("GET", "/system")["read_only"]
        return mode and mode["reason"]

    def content(self, name="fairway.db"):
        with contextlib.closing(sqlite3.connect(self.folder / name)) as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            return {table: sorted(map(repr, database.execute(f"SELECT * FROM {table}")))
                    for (table,) in tables.fetchall()}


class Restore(Backup):
    def test_what_was_sent_after_the_backup_is_not_sent_again(self):
        before, after = self.place(), self.place()
        self.step()
        self.create()
        self.ship(before, "JD1")
        wait_for("the confirmation", lambda: self.confirmations()[before] == 1)
        self.step()
        late = self.place()
        self.step()
        late_number = self.fairway.order(self.store, late)["commerce_order"]["number"]

        self.assertIn("is in use", self.fairway.cli("backup", "restore", "--replace", self.file, expect=1))
        self.fairway.stop()
        self.assertIn("not empty", self.fairway.cli("backup", "restore", self.file, expect=1))
        self.assertIn("read-only", self.fairway.cli("backup", "restore", "--replace", self.file))

        self.fairway.start()
        self.assertEqual(self.reason(), "database_restored")
        self.ship(after, "JD2")
        self.step()
        self.step()
        self.assertEqual(self.confirmations(), {before: 1, after: 0, late: 0})
        shown = self.fairway.order(self.store, before)
        self.assertEqual((shown["status"], shown["commerce_order"]["status"]), ("Shipped", "Complete"))
        again = self.fairway.order(self.store, late)["commerce_order"]["number"]
        self.assertEqual(int(again), int(late_number) + 1000)

        self.fairway.cli("read-only", "off")
        wait_for("the confirmation", lambda: self.confirmations()[after] == 1)
        self.step()
        self.step()
        self.assertEqual(self.confirmations(), {before: 1, after: 1, late: 0})
        self.assertIsNone(self.reason())
        for order in (before, after):
            shown = self.fairway.order(self.store, order)
            self.assertEqual((shown["import_state"], shown["commerce_order"]["status"]),
                             ("completed", "Complete"))
            total = self.sandbox.ledger()[order]["order"]["proceeds"]["grandTotal"]["amount"]
            amount = self.fairway.commerce_order(shown)["totals"]["grand_total"]["amount"]
            self.assertEqual(amount, total)

    def test_on_a_new_machine_the_key_store_comes_first(self):
        order = self.place()
        self.step()
        self.create()
        self.fairway.stop()
        folder = self.folder / "new"
        folder.mkdir()
        shutil.copy(self.folder / "master.key", folder)
        fairway = Fairway(build_folder(), folder, free_port(), self.sandbox)
        said = fairway.cli("backup", "restore", self.file, expect=1)
        self.assertIn("restore the key store first", said)
        self.assertEqual(sorted(each.name for each in folder.glob("*.db*")), [])
        fairway.cli("backup", "restore", "--key-store", self.keys)
        fairway.cli("backup", "restore", self.file)
        fairway.token = self.fairway.token
        fairway.start()
        self.addCleanup(fairway.stop)
        self.assertEqual(fairway.ask("GET", "/system")["read_only"]["reason"], "file_missing")
        self.assertEqual(fairway.order(self.store, order)["recipient"]["state"], "granted")

    def test_orders_whose_key_is_lost_work_on_and_are_read_again(self):
        self.create()
        order = self.place()
        self.step()
        name = self.fairway.order(self.store, order)["recipient"]["name"]
        self.assertIsNotNone(name)
        self.fairway.stop()
        self.fairway.cli("backup", "restore", "--replace", "--key-store", self.keys)
        shown = json.loads(self.fairway.cli("order", "show", order))
        self.assertEqual((shown["recipient"]["state"], shown["recipient"]["name"]), ("expired", None))
        self.assertEqual(shown["commerce_order"]["status"], "Processing")
        self.fairway.start()
        self.assertEqual(self.reason(), "key_store_restored")
        self.step()
        self.assertEqual(self.fairway.order(self.store, order)["recipient"]["name"], name)

    def test_a_destroyed_key_erases_the_person_from_older_backups_too(self):
        order = self.place()
        self.step()
        name = self.fairway.order(self.store, order)["recipient"]["name"]
        self.create()
        self.fairway.stop()
        with contextlib.closing(sqlite3.connect(self.folder / "fairway.db")) as database:
            (key,), = database.execute("SELECT key_id FROM amazon_orders").fetchall()
        with contextlib.closing(sqlite3.connect(self.folder / "keys.db")) as database, database:
            database.execute("UPDATE data_keys SET wrapped = NULL WHERE id = ?", (key,))
        self.fairway.cli("backup", "restore", "--replace", self.file)
        self.assertNotIn(name.encode(), self.file.read_bytes())
        self.fairway.start()
        self.step()
        shown = self.fairway.order(self.store, order)
        self.assertEqual((shown["recipient"]["state"], shown["recipient"]["name"]), ("expired", None))
        amount = self.fairway.commerce_order(shown)["totals"]["grand_total"]["amount"]
        self.assertEqual(amount, self.sandbox.ledger()[order]["order"]["proceeds"]["grandTotal"]["amount"])


class BadInput(Backup):
    """Every refusal says why, and neither the databases nor the backup have changed."""

    def setUp(self):
        super().setUp()
        self.place()
        self.step()
        self.create()
        self.fairway.stop()

    def refuse(self, *arguments, because, limit=None):
        before = self.content(), self.content("keys.db")
        command = [self.fairway.program, "--config", self.fairway.config, "backup", *map(str, arguments)]

        def small_disk():
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        # Python's own children would be killed by the signal that goes with the limit.
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False,
                              preexec_fn=small_disk if limit else None, restore_signals=not limit)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn(because, done.stderr)
        self.assertEqual(before, (self.content(), self.content("keys.db")))

    def refuse_file(self, because):
        self.refuse("verify", self.file, because=because)
        self.refuse("restore", "--replace", self.file, because=because)

    def rewrite(self, change):
        """Changes the database in the backup, and its manifest so that size and checksum are right."""
        with contextlib.closing(sqlite3.connect(self.file)) as database, database:
            change(database)
        path = self.file.with_name(self.file.name + ".manifest")
        manifest = json.loads(path.read_text())
        manifest.update(bytes=self.file.stat().st_size,
                        sha256=hashlib.sha256(self.file.read_bytes()).hexdigest())
        path.write_text(json.dumps(manifest))

    def test_a_sound_backup_is_sound(self):
        self.assertIn("amazon_orders 1", self.fairway.cli("backup", "verify", self.file))
        self.assertIn("data_keys", self.fairway.cli("backup", "verify", "--key-store", self.keys))
        self.assertEqual(sorted(each.name for each in self.folder.glob("backup*")),
                         ["backup-keys.db", "backup-keys.db.manifest", "backup.db", "backup.db.manifest"])

    def test_a_backup_is_never_written_over(self):
        self.refuse("create", self.file, because="is not overwritten")

    def test_a_truncated_backup(self):
        with self.file.open("rb+") as file:
            file.truncate(self.file.stat().st_size - 4096)
        self.refuse_file("bytes, its manifest says")

    def test_a_changed_backup(self):
        with self.file.open("rb+") as file:
            file.seek(5000)
            byte = file.read(1)
            file.seek(5000)
            file.write(bytes([byte[0] ^ 1]))
        self.refuse_file("checksum")

    def test_a_backup_without_its_manifest(self):
        self.file.with_name(self.file.name + ".manifest").unlink()
        self.refuse_file("keep the two files together")

    def test_the_other_kind_of_backup(self):
        self.refuse("restore", "--replace", self.keys, because="--key-store")
        self.refuse("restore", "--replace", "--key-store", self.file, because="--key-store")

    def test_a_backup_of_a_newer_version(self):
        def add(database):
            database.execute("INSERT INTO schema_migrations SELECT MAX(number) + 1, 'x', 'x', 0 "
                             "FROM schema_migrations")

        self.rewrite(add)
        self.refuse_file("newer version")

    def test_a_damaged_database_with_the_right_checksum(self):
        def cut(database):
            database.execute("DELETE FROM accounts")

        self.rewrite(cut)
        self.refuse_file("other rows")

    def test_another_master_key(self):
        key = self.folder / "master.key"
        key.write_text("A" * 43 + "=\n")
        self.refuse("verify", self.file, because="master key")
        self.refuse("verify", "--key-store", self.keys, because="master key")
        self.refuse("restore", "--replace", self.file, because="master key")
        self.refuse("restore", "--replace", "--key-store", self.keys, because="master key")

    def test_a_full_disk(self):
        small = self.file.stat().st_size // 2
        other = self.folder / "other.db"
        self.refuse("create", other, because="cannot copy", limit=small)
        self.assertEqual(list(self.folder.glob("other*")), [])
        self.refuse("restore", "--replace", self.file, because="what was there before", limit=small)

    def test_a_folder_that_is_not_there(self):
        self.refuse("create", self.folder / "nowhere" / "b.db", because="nowhere")


if __name__ == "__main__":
    unittest.main()
