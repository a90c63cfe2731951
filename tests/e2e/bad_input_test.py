"""Bad input gets a clear answer and changes nothing: command line, configuration, REST over the socket."""

import json
import pathlib
import re
import socket
import sqlite3
import tempfile
import unittest

from world import Fairway, WorldTest, build_folder, free_port
from processes import request


class CommandLine(WorldTest):
    SERVES = False

    def refuse(self, *arguments, code=1):
        """The command fails, says why in one message, and no row of the database has changed."""
        before = self.state()
        said = self.fairway.cli(*arguments, expect=code)
        self.assertEqual(before, self.state())
        return said

    def refuse_store(self, account, marketplace, name):
        return self.refuse("store", "add", "--account", account, "--marketplace", marketplace, "--name", name,
                           "--back-end", "builtin")

    def refuse_parcel(self, order, *more):
        return self.refuse("order", "ship", order, "--carrier", "DHL", "--tracking", "JD1", *more)

    def state(self):
        with sqlite3.connect(self.folder / "fairway.db") as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            return {name: sorted(map(repr, database.execute(f"SELECT * FROM {name}")))
                    for (name,) in tables.fetchall()}

    def test_an_unknown_configuration_key_is_named(self):
        self.fairway.config.write_text(self.fairway.config.read_text() + 'colour = "red"\n')
        said = self.fairway.cli("check-config", expect=1)
        self.assertIn("log.colour", said)

    def test_where_there_is_encryption_links_are_https(self):
        text = self.fairway.config.read_text()
        for addition, answer in (('behind_proxy = true', 1),
                                 ('behind_proxy = true\npublic_url = "http://a.example"', 1),
                                 ('behind_proxy = true\npublic_url = "https://a.example"', 0),
                                 ('public_url = "http://a.example"', 0)):
            self.fairway.config.write_text(text.replace("[server]", "[server]\n" + addition, 1))
            said = self.fairway.cli("check-config", expect=answer)
            self.assertEqual("server.public_url" in said, answer == 1, addition)

    def test_the_public_address_is_told_as_browsers_name_it(self):
        self.fairway.cli("user", "add", "--name", "anna")
        text = self.fairway.config.read_text()

        def with_url(url):
            self.fairway.config.write_text(text.replace("[server]", f'[server]\npublic_url = "{url}"', 1))

        for odd in ("https://", "https:///", "ftp://a.example", "https://a.example/fairway", "https://a b",
                    "https://anna@a.example", "https://a.example?x", "https://a.example:", "https://[::1",
                    "https://a.example:0443", "https://a.example:65536", "https://[::1]8400",
                    "https://ä.example"):
            with_url(odd)
            self.assertIn("server.public_url", self.fairway.cli("check-config", expect=1), odd)
        for given, told in (("HTTPS://A.Example:443/", "https://a.example"),
                            ("http://a.example:80", "http://a.example"),
                            ("https://a.example:80", "https://a.example:80"),
                            ("http://[::1]:8400", "http://[::1]:8400")):
            with_url(given)
            self.assertIn(told + "/welcome#", self.fairway.cli("user", "invite", "anna"), given)

    def test_a_configuration_that_is_no_toml_is_said_to_be_none(self):
        text = self.fairway.config.read_text()
        for broken in ("[server\n", "= 1\n", "\"\n"):
            self.fairway.config.write_text(text + broken)
            self.assertIn(self.fairway.config.name, self.fairway.cli("check-config", expect=1))

    def test_a_key_file_that_cannot_be_read_is_named(self):
        key = self.folder / "master.key"
        key.rename(self.folder / "elsewhere")
        self.assertIn("master.key", self.fairway.cli("order", "list", expect=1))
        key.write_text("not base64 of 32 bytes")
        key.chmod(0o600)
        self.assertIn("master.key", self.fairway.cli("order", "list", expect=1))

    def test_another_key_or_an_empty_key_store_is_found_out_at_once(self):
        key, store = self.folder / "master.key", self.folder / "keys.db"
        right = key.read_text()
        key.write_text("A" * 43 + "=\n")
        said = self.fairway.cli("order", "list", expect=1)
        self.assertIn("not the one that this database was made with", said)
        key.write_text(right)
        store.rename(self.folder / "elsewhere.db")
        self.assertIn("key store", self.fairway.cli("order", "list", expect=1))

    def test_a_second_key_is_never_written_over_the_first(self):
        key = self.folder / "master.key"
        before = key.read_bytes()
        self.assertIn("master.key", self.fairway.cli("doctor", "--new-key", expect=1))
        self.assertEqual(before, key.read_bytes())
        key.unlink()
        self.assertIn("put the copy", self.fairway.cli("doctor", "--new-key", expect=1))
        self.assertFalse(key.exists())

    def test_wrong_credentials_are_not_stored(self):
        wrong = dict(self.seller, client_secret="amzn1.oa2-cs.v1.wrong", seller_id="A9OTHER")
        before = self.state()
        with self.assertRaises(Exception) as refused:
            self.fairway.connect(wrong, self.sandbox, name="Second")
        self.assertIn("Amazon", str(refused.exception))
        self.assertEqual(before, self.state())

    def test_an_unknown_marketplace_is_named(self):
        said = self.refuse_store("Main", "XX", "X")
        self.assertIn("XX", said)

    def test_a_store_for_an_unknown_account_is_refused(self):
        said = self.refuse_store("Nobody", "DE", "X")
        self.assertIn("Nobody", said)

    def test_a_second_store_of_the_same_marketplace_is_refused(self):
        self.assertIn("already a store", self.refuse_store("Main", "IT", "Again"))

    def test_an_unknown_product_is_named(self):
        self.assertIn("GHOST", self.refuse("product", "enable", "GHOST"))
        self.assertIn("GHOST", self.refuse("stock", "set", "GHOST", 5))
        self.assertIn("GHOST", self.refuse("listing", "match", "--store", self.store, "--seller-sku", "A",
                                           "--product", "GHOST"))

    def test_an_invalid_setting_is_refused_whole(self):
        said = self.refuse("store", "set", self.store, "import_orders=false", "sync_interval_s=5")
        self.assertIn("sync_interval_s", said)
        self.assertIn("colour", self.refuse("store", "set", self.store, "colour=red"))

    def test_wrong_use_ends_with_2(self):
        self.refuse("order", "ship", "402-1234567-1234567", code=2)
        self.refuse("dance", code=2)
        self.refuse("stock", "set", "MOKA-3T", -1, code=2)

    def test_names_and_ids_both_work(self):
        account = json.loads(self.fairway.cli("account", "list", "--json"))[0]["id"]
        for name, seconds in (("Amazon.it", 300), (self.store, 360)):
            self.fairway.cli("store", "set", name, f"sync_interval_s={seconds}")
            store = json.loads(self.fairway.cli("store", "list", "--json"))[0]
            self.assertEqual((store["id"], store["settings"]["sync_interval_s"]), (self.store, seconds))
        for name, marketplace in (("Main", "DE"), (account, "FR")):
            self.assertRegex(self.add_store(name, marketplace, marketplace), r"^st_\d+$")

    def test_the_whole_way_without_a_daemon(self):
        order = self.place()
        self.sandbox.advance(300)
        self.assertIn("created 1", self.fairway.cli("sync", "--once"))
        self.assertIn("402-0000000-0000000", self.refuse_parcel("402-0000000-0000000"))
        self.assertIn("left to ship, not 3", self.refuse_parcel(order, "--line", "1=3"))
        parcel = ("order", "ship", order, "--carrier", "DHL", "--tracking", "JD1", "--line", "1=2")
        self.assertRegex(self.fairway.cli(*parcel), r"^sh_\d+$")
        self.refuse(*parcel)
        self.assertIn("confirmed 1", self.fairway.cli("sync", "--once"))
        self.sandbox.advance(300)
        self.fairway.cli("sync", "--once")
        shown = json.loads(self.fairway.cli("order", "show", order))
        self.assertEqual((shown["status"], shown["import_state"], shown["commerce_order"]["status"]),
                         ("Shipped", "completed", "Complete"))
        commands = json.loads(self.fairway.cli("command", "list", "--json"))
        self.assertEqual([(each["cause"], each["state"]) for each in commands], [("1001", "verified")])

    def test_an_empty_quota_is_waited_for_only_as_long_as_allowed(self):
        for _ in range(20):
            self.sandbox.advance(1)
            self.fairway.cli("sync", "--once", "--wait", 0)
        said = self.fairway.cli("sync", "--once", "--wait", 0, expect=1)
        self.assertIn("Main", said)
        self.assertRegex(said, r"next call allowed at \d{4}-\d\d-\d\dT")


class Rest(WorldTest):
    def answer(self, method, path, body=None, **headers):
        status, _, answer = request(method, self.fairway.url + path, body,
                                    {"Authorization": f"Bearer {self.fairway.token}", **headers})
        return status, answer

    def test_without_a_token_nothing_is_told(self):
        status, _, problem = request("GET", self.fairway.url + "/api/v1/stores")
        self.assertEqual((status, problem["code"]), (401, "token_missing"))

    def test_malformed_json_wrong_types_and_long_texts_name_the_field(self):
        cases = [(b'{"sku":', 400, None), ({"sku": 7, "name": "x"}, 422, "sku"),
                 ({"sku": "x" * 5000, "name": "x"}, 422, "sku"),
                 ({"sku": "x", "name": "x", "shade": 1}, 422, "shade")]
        for body, expected, field in cases:
            with self.subTest(body=str(body)[:40]):
                status, problem = self.answer("POST", "/api/v1/products", body)
                self.assertEqual(status, expected, problem)
                if field:
                    self.assertEqual(problem["field"], field)
        self.assertEqual(len(self.fairway.ask("GET", "/products")["items"]), 1)

    def test_an_idempotency_key_is_good_for_one_request(self):
        def add(sku):
            product = {"sku": sku, "name": sku}
            return self.answer("POST", "/api/v1/products", product, **{"Idempotency-Key": "k1"})

        first, again, other = add("A"), add("A"), add("B")
        self.assertEqual(first[0], 201)
        self.assertEqual(first, again)
        self.assertEqual((other[0], other[1]["code"]), (422, "idempotency_key_reused"))
        products = self.fairway.ask("GET", "/products")["items"]
        self.assertEqual([each["sku"] for each in products], ["A", "MOKA-3T"])

    def test_the_same_shipment_twice_and_too_many_units_are_refused(self):
        order_id = self.place()
        self.step()
        order = self.fairway.order(self.store, order_id)
        path = f"/api/v1/commerce-orders/{order['commerce_order']['id']}/shipments"

        def package(quantity, tracking):
            items = [{"line": 1, "quantity": quantity}]
            return {"packages": [{"carrier": "DHL", "tracking": tracking, "items": items}]}

        status, problem = self.answer("POST", path, package(3, "JD1"))
        self.assertEqual((status, problem["code"], problem["field"]),
                         (422, "quantity_exceeds_open", "packages[0].items[0].quantity"))
        self.assertEqual(self.answer("POST", path, package(1, "JD1"))[0], 201)
        status, problem = self.answer("POST", path, package(1, "JD1"))
        self.assertEqual((status, problem["code"]), (409, "duplicate_shipment"))
        self.assertEqual(len(self.fairway.commerce_order(order)["shipments"]), 1)

    def test_a_body_that_is_too_long_is_a_problem_like_any_other(self):
        status, problem = self.answer("POST", "/api/v1/products", b'{"sku":"' + b"x" * 1024 * 1024 + b'"}')
        self.assertEqual((status, problem["status"], problem["code"]), (413, 413, "body_too_large"))

    def test_a_head_that_is_too_long_is_refused(self):
        port = int(self.fairway.url.rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nX: " + b"x" * 40_000 + b"\r\n\r\n")
            self.assertRegex(connection.recv(100), rb"^HTTP/1.1 (400|431) ")
        self.fairway.ask("GET", "/system")


class Configuration(unittest.TestCase):
    def test_a_public_address_needs_tls(self):
        class Clock:
            url = "http://127.0.0.1:9400"

        with tempfile.TemporaryDirectory() as name:
            fairway = Fairway(build_folder(), pathlib.Path(name), free_port(), Clock)
            fairway.config.write_text(fairway.config.read_text().replace("127.0.0.1:", "0.0.0.0:", 1))
            self.assertIn("server.listen", fairway.cli("check-config", expect=1))
            for listen in ("localhost:8400", "127.0.0.1", "127.0.0.1:99999"):
                text = fairway.config.read_text()
                fairway.config.write_text(re.sub("listen = .*", f'listen = "{listen}"', text))
                self.assertIn("IP address and a port", fairway.cli("check-config", expect=1))


if __name__ == "__main__":
    unittest.main()
