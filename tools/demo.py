"""./dev demo: a sandbox with orders arriving and a Fairway that works on them; with --check, the proofs.

The demo stays until it is interrupted. Its databases are in .demo/, made anew at each start, since the
sandbox keeps its world in memory. If Fairway ends (kill it to see), it is started again and goes on where it
was.
"""

import argparse
import pathlib
import secrets
import shutil
import signal
import sys
import tempfile
import time
import urllib.error

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from processes import Fairway, Failure, Refused, Sandbox  # noqa: E402
from processes import ROOT, build_folder, free_port, is_free, wait_for  # noqa: E402

SEED = 1
ADMINISTRATOR = "demo"
STOCK = 500
# A minute of the sandbox is a second: an order is paid, shipped and complete in about half a minute.
DEMO_OPTIONS = ("--seed", SEED, "--sellers", 1, "--orders-per-minute", "0.25", "--speed", 60)
CHECK_OPTIONS = ("--seed", SEED, "--sellers", 1, "--speed", 1)
DEMO_LOOK_S = 0.5


def set_up(folder, sandbox_port, port, options):
    """Starts the sandbox, prepares Fairway with one account and one Italian store, starts it."""
    sandbox = Sandbox(build_folder(), folder, sandbox_port, options).start()
    fairway = Fairway(build_folder(), folder, port, sandbox)
    try:
        seller = sandbox.sellers()[0]
        fairway.cli("doctor", "--new-key")
        fairway.connect(seller, sandbox)
        store = fairway.cli("store", "add", "--account", "Main", "--marketplace", "IT", "--name", "Amazon.it",
                            "--back-end", "builtin")
        fairway.token = fairway.cli("token", "create", "--name", "demo", "--buyer-data")
        fairway.password = secrets.token_urlsafe(12)
        (folder / "password").write_text(fairway.password)
        fairway.cli("user", "add", "--name", ADMINISTRATOR, "--role", "administrator", "--buyer-data",
                    "--password-file", folder / "password")
        fairway.start()
    except BaseException:
        fairway.stop()
        sandbox.stop()
        raise
    return sandbox, fairway, seller, store


# ---- ./dev demo --check


def minor_units(money):
    whole, _, cents = money["amount"].partition(".")
    return int(whole + cents)


def prove(text):
    print(f"proved: {text}", flush=True)


def must(condition, text):
    if not condition:
        raise Failure(text)


def part_of(proceeds, kind):
    """The sum of one kind of part as Amazon breaks an order's proceeds down."""
    return sum(minor_units({"amount": part["subtotal"]["amount"]})
               for part in proceeds["breakdowns"] if part["type"] == kind)


class Check:
    """The proofs, in the order in which a newcomer would try things."""

    LINES = [{"sku": "MOKA-3T", "quantity": 2, "unit_price": "19.59", "tax": "9.00", "shipping": "4.09",
              "discount": "2.35", "gift_wrap": "0"}]

    def __init__(self, sandbox, fairway, seller, store):
        self.sandbox, self.fairway, self.seller, self.store = sandbox, fairway, seller, store

    def step(self):
        """Five minutes later, a sync has ended."""
        self.sandbox.advance(300)
        self.fairway.sync()

    def order(self, order_id):
        return self.fairway.order(self.store, order_id)

    def is_now(self, order_id, **expected):
        order = self.order(order_id)
        seen = {name: order[name] for name in expected if name != "commerce"}
        if "commerce" in expected:
            seen["commerce"] = (order["commerce_order"] or {}).get("status")
        must(seen == expected, f"order {order_id}: expected {expected}, seen {seen}, note {order['note']!r}")
        return order

    def main_path(self):
        self.fairway.cli("product", "add", "--sku", "MOKA-3T", "--name", "Moka, 3 cups", "--quantity", STOCK)
        order_id = self.sandbox.place_order(self.seller, self.LINES, status="PENDING")
        self.step()
        self.is_now(order_id, status="Pending", import_state="waiting", commerce=None)
        stock = self.fairway.ask("GET", "/stock/MOKA-3T")
        must((stock["quantity"], stock["reserved"]) == (STOCK, 2), f"reserved stock is wrong: {stock}")
        prove(f"{order_id} is pending on Amazon: mirrored, 2 units reserved, no commerce order yet")

        self.sandbox.set_status(order_id, "UNSHIPPED")
        self.step()
        order = self.is_now(order_id, status="Unshipped", import_state="imported", commerce="Processing")
        totals = self.fairway.commerce_order(order)["totals"]
        proceeds = self.sandbox.ledger()[order_id]["order"]["proceeds"]
        for part in ("item", "tax", "shipping", "discount", "gift_wrap"):
            amount = part_of(proceeds, part.upper())
            must(minor_units(totals[part]) == amount, f"{part} is not Amazon's {amount}: {totals}")
        total = proceeds["grandTotal"]["amount"]
        must(totals["grand_total"]["amount"] == total, f"the total is not Amazon's {total}: {totals}")
        prove(f"paid: commerce order {order['commerce_order']['number']} is Processing, "
              f"{totals['grand_total']['amount']} EUR as on Amazon, part by part")

        self.fairway.ship(order, "JD0146000000001")
        wait_for("the confirmation", lambda: self.sandbox.ledger()[order_id]["confirmations"])
        self.is_now(order_id, status="Shipped", commerce="Shipped")
        confirmed = self.sandbox.ledger()[order_id]["order"]["fulfillment"]["fulfillmentStatus"]
        must(confirmed == "SHIPPED", f"Amazon says {confirmed}")
        prove("shipped here: Amazon was told at once and shows SHIPPED")

        self.step()
        self.is_now(order_id, status="Shipped", import_state="completed", commerce="Complete")
        prove("next sync: Complete")

    def block(self):
        message = ("Your Amazon store(s) has orders that cannot be imported into Commerce. "
                   "See Recent Orders in the store dashboard(s): Amazon.it")
        line = {"sku": "TAGLIERE-OLIVO", "quantity": 1, "unit_price": "28.69", "tax": "6.31"}
        order_id = self.sandbox.place_order(self.seller, [line], status="UNSHIPPED")
        self.step()
        order = self.is_now(order_id, import_state="blocked", commerce=None)
        must(order["block"]["reason"] == "product_missing", f"block: {order['block']}")
        must(order["note"].startswith("Cannot create sales order: "), f"note: {order['note']!r}")
        texts = [each["text"] for each in self.fairway.ask("GET", "/messages")["items"]]
        must(texts == [message], f"messages: {texts}")
        prove(f"{order_id} is blocked: {order['note']}")

        self.fairway.cli("product", "add", "--sku", "BOARD-35", "--name", "Olive wood board", "--quantity", 3)
        self.fairway.cli("listing", "match", "--store", self.store, "--seller-sku", "TAGLIERE-OLIVO",
                         "--product", "BOARD-35")
        self.step()
        self.is_now(order_id, import_state="imported", commerce="Processing")
        must(not self.fairway.ask("GET", "/messages")["items"], "the message did not disappear")
        prove("listing matched to a product: the order is created at the next sync and the message is gone")

    def import_switch(self):
        self.fairway.cli("store", "set", self.store, "import_orders=false")
        self.sandbox.advance(60)
        off = self.sandbox.place_order(self.seller, self.LINES, status="UNSHIPPED")
        self.step()
        order = self.is_now(off, import_state="view_only", commerce=None)
        link = f"https://sellercentral-europe.amazon.com/orders-v3/order/{off}"
        must(order["link"] == link, f"link: {order['link']}")
        prove("import off: the order is view-only and links to Seller Central")

        self.fairway.cli("store", "set", self.store, "import_orders=true")
        self.sandbox.advance(60)
        on = self.sandbox.place_order(self.seller, self.LINES, status="UNSHIPPED")
        self.step()
        self.is_now(on, import_state="imported", commerce="Processing")
        self.is_now(off, import_state="view_only", commerce=None)
        prove("import on again: orders placed from then on are imported, the one before stays view-only")

    def restart(self):
        before = self.summary()
        order_id = self.sandbox.place_order(self.seller, self.LINES, status="UNSHIPPED")
        self.fairway.stop(signal.SIGKILL)
        self.sandbox.advance(300)
        self.fairway.start()
        self.step()
        order = self.is_now(order_id, import_state="imported", commerce="Processing")
        after = self.summary()
        must(after == before | {order_id: order["commerce_order"]["number"]},
             f"orders before and after: {before} {after}")
        ledger = self.sandbox.ledger()
        must(set(ledger) == set(after), f"mirror {sorted(after)}, ledger {sorted(ledger)}")
        prove(f"killed and started again: {len(after)} orders on Amazon, each mirrored once, none doubled")

    def summary(self):
        rows = self.fairway.ask("GET", "/amazon-orders?limit=200")["items"]
        numbers = {row["amazon_order_id"]: (row["commerce_order"] or {}).get("number") for row in rows}
        must(len(numbers) == len(rows), "an order is mirrored twice")
        return numbers

    def run(self):
        self.main_path()
        self.block()
        self.import_switch()
        self.restart()


def check():
    with tempfile.TemporaryDirectory(prefix="fairway-check-") as name:
        folder = pathlib.Path(name)
        sandbox, fairway, seller, store = set_up(folder, free_port(), free_port(), CHECK_OPTIONS)
        try:
            Check(sandbox, fairway, seller, store).run()
        except (Failure, urllib.error.URLError) as failure:
            print(f"not proved: {failure}", file=sys.stderr)
            print("the last lines of Fairway's log:", file=sys.stderr)
            print("\n".join(fairway.log.read_text(errors="replace").splitlines()[-15:]), file=sys.stderr)
            return 1
        finally:
            fairway.stop()
            sandbox.stop()
    return 0


# ---- ./dev demo


def describe(order):
    commerce = order["commerce_order"]
    made = f"{commerce['number']} {commerce['status']}" if commerce else "-"
    total = f"{order['total']['amount']} {order['total']['currency']}" if order["total"] else "-"
    return f"{order['amazon_order_id']}  {order['status']:<11} {made:<22} {total:>12}  {order['note'] or ''}"


class Demo:
    """Prints a line per change and plays the warehouse: what has been Processing for a while is shipped."""

    SHIP_AFTER_S = 10

    def __init__(self, fairway, store):
        self.fairway, self.store = fairway, store
        self.seen = {}
        self.processing_since = {}
        self.parcels = 0

    def look(self):
        page = self.fairway.ask("GET", "/amazon-orders?sort=-changed_at&limit=50")["items"]
        for order in reversed(page):
            order_id = order["amazon_order_id"]
            line = describe(order)
            if self.seen.get(order_id) != line:
                self.seen[order_id] = line
                print(f"{order['changed_at'][11:19]}  {line}", flush=True)
            status = (order["commerce_order"] or {}).get("status")
            if status == "Processing":
                self.processing_since.setdefault(order_id, (time.monotonic(), order))
            else:
                self.processing_since.pop(order_id, None)

    def ship(self):
        for order_id, (since, order) in list(self.processing_since.items()):
            if time.monotonic() - since < self.SHIP_AFTER_S:
                continue
            self.parcels += 1
            try:
                self.fairway.ship(order, f"JD{self.parcels:011d}")
            except Refused as refused:
                print(f"          {order_id}  not shipped: {refused.body.get('detail')}", flush=True)
            del self.processing_since[order_id]


def demo():
    folder = ROOT / ".demo"
    for port in (9400, 8400):
        if not is_free(port):
            raise Failure(f"port {port} is taken; is another demo running?")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    sandbox, fairway, seller, store = set_up(folder, 9400, 8400, DEMO_OPTIONS)
    missing = seller["skus"][-1]["sku"]
    try:
        for product in seller["skus"]:
            if product["sku"] != missing:
                fairway.cli("product", "add", "--sku", product["sku"], "--name", product["title"],
                            "--quantity", STOCK)
        print(f"""
Fairway    {fairway.url}   (process {fairway.pid})
sign in    as {ADMINISTRATOR} with the password {fairway.password}
sandbox    {sandbox.url}/sandbox/ledger   (process {sandbox.pid}; one second here is a minute there)
interface  {fairway.url}/api/v1, with the bearer token  {fairway.token}
try        curl -H "Authorization: Bearer {fairway.token}" {fairway.url}/api/v1/stores/{store}/dashboard
a block    {missing} has no product; orders for it wait until you say
           {fairway.program} --config {folder.name}/fairway.toml \\
             product add --sku {missing} --name Test --quantity 100
stop       Ctrl-C

TIME (UTC) AMAZON ORDER         STATUS      COMMERCE ORDER              TOTAL  NOTE""", flush=True)
        run = Demo(fairway, store)
        while True:
            if fairway.exit_code() is not None:
                print(f"          Fairway ended with {fairway.exit_code()}; it is started again", flush=True)
                fairway.start()
            try:
                run.look()
                run.ship()
            except (urllib.error.URLError, ConnectionError):
                pass  # it ended meanwhile: seen at the next look
            time.sleep(DEMO_LOOK_S)
    except KeyboardInterrupt:
        print("\nstopping")
        return 0
    finally:
        fairway.stop()
        sandbox.stop()


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true", help="prove the main path on free ports and end")
    chosen = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    try:
        return check() if chosen.check else demo()
    except (Failure, OSError) as failure:
        print(f"demo: {failure}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
