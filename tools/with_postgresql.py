#!/usr/bin/env python3
"""Runs a command with a PostgreSQL server of its own:  tools/with_postgresql.py build/test/store_test

The server is Debian's postgresql-15 on a socket in a temporary folder; both are gone when the command has
ended. The command finds FAIRWAY_TEST_ENGINE=postgresql and the server's address in FAIRWAY_TEST_POSTGRESQL.
Started as root, the server runs as the user postgres of that package. It does not wait for disks: what a
power failure does to PostgreSQL is not ours to test. It compares texts by Italian rules unless told
otherwise, so that a column that forgot to ask for bytes is noticed.
"""

import contextlib
import ctypes
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PROGRAMS = pathlib.Path("/usr/lib/postgresql/15/bin")
START_SECONDS = 60
OPTIONS = {"listen_addresses": "", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
           "max_connections": "300", "max_wal_size": "4GB", "autovacuum": "off"}


def die_with_parent():
    """A server whose starter was killed ends at once."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGQUIT)


class Server:
    def __init__(self):
        self.user = "postgres" if os.geteuid() == 0 else None
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="fairway_pg_"))
        if self.user:
            shutil.chown(self.folder, self.user)
        self.log = self.folder / "log"
        self.process = None
        self.url = f"postgresql://fairway@{str(self.folder).replace('/', '%2F')}/postgres"

    def start(self):
        if not PROGRAMS.is_dir():
            sys.exit(f"with_postgresql: {PROGRAMS} is missing; ./dev setup installs it")
        subprocess.run([PROGRAMS / "initdb", "-D", self.folder / "data", "-U", "fairway", "-A", "trust", "-E",
                        "UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=it", "--no-sync"],
                       user=self.user, cwd=self.folder, stdout=subprocess.DEVNULL, check=True)
        settings = [part for name, value in OPTIONS.items() for part in ("-c", f"{name}={value}")]
        # A file of root's is not for the server to write: it gets its log opened.
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [PROGRAMS / "postgres", "-D", self.folder / "data", "-k", self.folder, *settings],
                user=self.user, cwd=self.folder, stdout=log, stderr=log, preexec_fn=die_with_parent)
        end = time.monotonic() + START_SECONDS
        while subprocess.run([PROGRAMS / "pg_isready", "-q", "-h", self.folder], check=False).returncode:
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL does not start:\n{self.log.read_text()}")
            time.sleep(0.02)
        return self

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(timeout=60)
        shutil.rmtree(self.folder, ignore_errors=True)


@contextlib.contextmanager
def server():
    """A running server; its address is .url."""
    started = Server()
    try:
        yield started.start()
    finally:
        started.stop()


def main(command):
    if not command:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server() as running:
        environment = {**os.environ, "FAIRWAY_TEST_ENGINE": "postgresql",
                       "FAIRWAY_TEST_POSTGRESQL": running.url}
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)


if __name__ == "__main__":
    main(sys.argv[1:])
