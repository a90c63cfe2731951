"""What the end-to-end tests share: a sandbox and a Fairway of their own in a temporary folder."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
from processes import Fairway, Sandbox, build_folder, free_port  # noqa: E402


class WorldTest(unittest.TestCase):
    SANDBOX = ("--seed", 7, "--sellers", 1)
    SERVES = True
    LINE = {"sku": "MOKA-3T", "quantity": 2, "unit_price": "19.59", "tax": "8.62"}

    def setUp(self):
        self.directory = tempfile.TemporaryDirectory(prefix="fairway-e2e-")
        self.addCleanup(self.directory.cleanup)
        self.folder = pathlib.Path(self.directory.name)
        self.sandbox = Sandbox(build_folder(), self.folder, free_port(), self.SANDBOX).start()
        self.addCleanup(self.sandbox.stop)
        self.seller = self.sandbox.sellers()[0]
        self.fairway = self.make_fairway()
        self.fairway.cli("doctor", "--new-key")
        self.prepare()
        if self.SERVES:
            self.fairway.token = self.fairway.cli("token", "create", "--name", "test", "--buyer-data")
            self.fairway.start()
            self.addCleanup(self.fairway.stop)

    def make_fairway(self):
        return Fairway(build_folder(), self.folder, free_port(), self.sandbox)

    def prepare(self):
        """One account, one Italian store, one product."""
        self.fairway.connect(self.seller, self.sandbox)
        self.store = self.add_store("Main", "IT", "Amazon.it")
        self.fairway.cli("product", "add", "--sku", "MOKA-3T", "--name", "Moka", "--quantity", 100)

    def add_store(self, account, marketplace, name):
        return self.fairway.cli("store", "add", "--account", account, "--marketplace", marketplace,
                                "--name", name, "--back-end", "builtin")

    def step(self, seconds=300):
        self.sandbox.advance(seconds)
        self.fairway.sync()

    def place(self, **more):
        return self.sandbox.place_order(self.seller, [self.LINE], **{"status": "UNSHIPPED", **more})
