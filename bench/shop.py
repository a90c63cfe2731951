"""What the benches share: pages of orders, a shop that can take them over, and a process that is measured."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import time

BENCH = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(BENCH.parent / "tools"))
from processes import ROOT, Fairway, Failure, Process, build_folder, request  # noqa: E402, F401

STOCK = 1_000_000
FILES = ("fairway.db", "keys.db")


def must(condition, text):
    if not condition:
        raise Failure(text)


class Pages(Process):
    """The server of pages, with what Fairway's set-up asks a sandbox for."""

    def __init__(self, build, folder, orders):
        super().__init__([build / "bench" / "bench_pages", "--orders", orders], folder / "pages.log", folder)
        self.url = None

    def start(self):
        super().start()
        self.wait_for_output("listens on")
        self.url = "http://" + self.log.read_text().split()[-1]
        return self

    def get(self, path):
        status, _, answer = request("GET", self.url + path)
        must(status == 200, f"the server of pages answered {path} with {status}")
        return answer

    def orders(self):
        """Every order of the pages, as anyone would read them."""
        token = ""
        while token is not None:
            query = f"?paginationToken={token.translate({43: '%2B', 47: '%2F', 61: '%3D'})}" if token else ""
            page = self.get("/orders/2026-01-01/orders" + query)
            yield from page["orders"]
            token = page.get("pagination", {}).get("nextToken")


class Run:
    """What one process used."""

    def __init__(self, command, folder):
        with (folder / "output.log").open("wb") as output:
            started = time.monotonic()
            process = subprocess.Popen(list(map(str, command)), cwd=folder, stdout=output, stderr=output)
            _, status, usage = os.wait4(process.pid, 0)
            self.wall_s = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        self.cpu_s = usage.ru_utime + usage.ru_stime
        self.user_s, self.system_s = usage.ru_utime, usage.ru_stime
        self.peak_mb = usage.ru_maxrss / 1024
        must(process.returncode == 0, f"{command[0]} ended with {process.returncode}: "
             + (folder / "output.log").read_text(errors="replace")[-1000:])


def prepare(build, folder, pages, skus):
    """A Fairway with one account, one store and every product in stock, and no order yet."""
    folder.mkdir()
    fairway = Fairway(build, folder, 0, pages, clock="system")
    seller = pages.get("/sandbox/sellers")[0]
    fairway.cli("doctor", "--new-key")
    fairway.connect(seller, pages)
    store = fairway.cli("store", "add", "--account", "Main", "--marketplace", "IT", "--name", "Amazon.it",
                        "--back-end", "builtin")
    fairway.cli("store", "set", store, "look_back_days=30")
    for sku in sorted(skus):
        fairway.cli("product", "add", f"--sku={sku}", f"--name={sku}", "--quantity", STOCK)


@contextlib.contextmanager
def copy_of(template, folder):
    shutil.copytree(template, folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
