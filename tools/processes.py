"""A sandbox and a Fairway as processes on loopback, for the demo and for the tests against the real programs.

Only the standard library; nothing here sleeps without a deadline.
"""

import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
STARTS_WITHIN_S = 30
POLL_S = 0.05


class Failure(Exception):
    """What was expected did not happen; the text says what was seen instead."""


class Refused(Failure):
    """An HTTP answer that is no success."""

    def __init__(self, method, url, status, body):
        super().__init__(f"{method} {url} answered {status}: {json.dumps(body, ensure_ascii=False)[:600]}")
        self.status = status
        self.body = body


def free_port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_free(port):
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def request(method, url, body=None, headers=None):
    """One HTTP call: (status, headers, parsed body or text)."""
    data = None if body is None else (body if isinstance(body, bytes) else json.dumps(body).encode())
    call = urllib.request.Request(url, data=data, method=method, headers=dict(headers or {}))
    if data is not None and not call.has_header("Content-type"):
        call.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(call, timeout=30) as answer:
            status, answer_headers, text = answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        status, answer_headers, text = error.code, error.headers, error.read()
    kind = answer_headers.get("Content-Type", "")
    return status, answer_headers, json.loads(text) if text and "json" in kind else text.decode()


def wait_for(what, look, within_s=60):
    """Calls look() until it returns something true and returns that; Failure names what was waited for."""
    deadline = time.monotonic() + within_s
    last = None
    while time.monotonic() < deadline:
        try:
            last = look()
        except (urllib.error.URLError, ConnectionError, Refused) as error:
            last = None if isinstance(error, Refused) and error.status == 404 else error
            if isinstance(error, Refused) and error.status not in (404, 503):
                raise
        if last and not isinstance(last, Exception):
            return last
        time.sleep(POLL_S)
    raise Failure(f"waited {within_s} s in vain for {what}; last seen: {last}")


class Process:
    """One of our programs; its output goes to a file, and it never outlives its owner's stop()."""

    def __init__(self, command, log, cwd):
        self.command = [str(part) for part in command]
        self.log = pathlib.Path(log)
        self.cwd = cwd
        self.environment = {}
        self.handle = None

    def start(self):
        self._output_start = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as output:
            self.handle = subprocess.Popen(self.command, cwd=self.cwd, stdout=output, stderr=output,
                                           env={**os.environ, **self.environment})
        return self

    @property
    def pid(self):
        return self.handle.pid

    def exit_code(self):
        return self.handle.poll()

    def wait_for_output(self, text):
        def look():
            if self.exit_code() is not None:
                tail = self.log.read_text(errors="replace")[-2000:]
                raise Failure(f"{self.command[0]} ended with {self.exit_code()}:\n{tail}")
            with self.log.open("rb") as output:
                output.seek(self._output_start)
                return text in output.read().decode(errors="replace")

        wait_for(f'"{text}" from {self.command[0]}', look, STARTS_WITHIN_S)

    def stop(self, how=signal.SIGTERM):
        if self.handle is None or self.exit_code() is not None:
            return
        self.handle.send_signal(how)
        try:
            self.handle.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.handle.kill()
            self.handle.wait()


class Sandbox(Process):
    def __init__(self, build, folder, port, options=()):
        self.url = f"http://127.0.0.1:{port}"
        super().__init__([build / "fairway-sandbox", "--listen", f"127.0.0.1:{port}", *options],
                         folder / "sandbox.log", folder)

    def start(self):
        super().start()
        self.wait_for_output("listens on")
        return self

    def ask(self, method, path, body=None):
        status, _, answer = request(method, self.url + "/sandbox" + path, body)
        if status >= 300:
            raise Refused(method, path, status, answer)
        return answer

    def sellers(self):
        return self.ask("GET", "/sellers")

    def advance(self, seconds):
        return self.ask("POST", "/clock", {"advance_s": seconds})["now"]

    def place_order(self, seller, lines, marketplace="IT", **more):
        return self.ask("POST", "/orders", {"seller_id": seller["seller_id"], "marketplace": marketplace,
                                            "lines": lines, **more})["orderId"]

    def set_status(self, order_id, status):
        self.ask("POST", f"/orders/{order_id}/status", {"status": status})

    def ledger(self):
        return {entry["order"]["orderId"]: entry for entry in self.ask("GET", "/ledger")["orders"]}


class Fairway(Process):
    """The daemon, its configuration and command line. Its clock is the sandbox's unless told otherwise."""

    def __init__(self, build, folder, port, sandbox, log_level="info", clock=None,
                 database="sqlite:fairway.db", secrets=""):
        self.url = f"http://127.0.0.1:{port}"
        self.program = build / "fairway"
        self.folder = folder
        self.config = folder / "fairway.toml"
        self.token = None
        self.config.write_text(f"""[server]
listen = "127.0.0.1:{port}"
[database]
url = "{database}"
[secrets]
master_key_file = "master.key"
{secrets}[time]
source = "{clock or sandbox.url + '/sandbox/clock'}"
[log]
level = "{log_level}"
""")
        super().__init__([self.program, "--config", self.config, "serve"], folder / "fairway.log", folder)

    def cli(self, *arguments, expect=0):
        """Runs one command; its standard output without the last line end."""
        done = subprocess.run([self.program, "--config", self.config, *map(str, arguments)], cwd=self.folder,
                              capture_output=True, text=True, timeout=600, check=False,
                              env={**os.environ, **self.environment})
        if done.returncode != expect:
            raise Failure(f"fairway {' '.join(map(str, arguments))} ended with {done.returncode}, "
                          f"not {expect}: {done.stdout}{done.stderr}")
        return done.stdout.rstrip("\n") if expect == 0 else done.stderr.rstrip("\n")

    def connect(self, seller, sandbox, name="Main"):
        """Connects the seller's account with the credentials that the sandbox shows."""
        for secret in ("client_secret", "refresh_token"):
            path = self.folder / secret.replace("_", "-")
            path.write_text(seller[secret] + "\n")
            path.chmod(0o600)
        return self.cli("account", "connect", "--name", name, "--region", seller["region"],
                        "--seller-id", seller["seller_id"], "--client-id", seller["client_id"],
                        "--client-secret-file", self.folder / "client-secret",
                        "--refresh-token-file", self.folder / "refresh-token",
                        "--spapi-url", sandbox.url, "--lwa-url", sandbox.url)

    def start(self):
        super().start()
        self.wait_for_output("listens on")
        return self

    def ask(self, method, path, body=None, headers=None):
        status, _, answer = request(method, self.url + "/api/v1" + path, body,
                                    {"Authorization": f"Bearer {self.token}", **(headers or {})})
        if status >= 300:
            raise Refused(method, path, status, answer)
        return answer

    def order(self, store, order_id):
        return self.ask("GET", f"/amazon-orders/{store}/{order_id}")

    def commerce_order(self, order):
        return self.ask("GET", f"/commerce-orders/{order['commerce_order']['id']}")

    def ship(self, order, tracking, carrier="DHL"):
        return self.ask("POST", f"/commerce-orders/{order['commerce_order']['id']}/shipments",
                        {"packages": [{"carrier": carrier, "tracking": tracking}]})

    def sync(self):
        """Asks for a tick and waits until it has ended."""
        run = self.ask("POST", "/sync-runs", {"store": None})
        ended = wait_for("a sync to end", lambda: (lambda seen: seen["state"] != "running" and seen)(
            self.ask("GET", f"/sync-runs/{run['id']}")))
        if ended["state"] != "done":
            raise Failure(f"the sync failed: {ended}")
        return ended


def build_folder():
    """Where the programs are: FAIRWAY_BUILD, or the release build."""
    return pathlib.Path(os.environ.get("FAIRWAY_BUILD", ROOT / "build" / "release")).resolve()
