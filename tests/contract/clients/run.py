"""run.py TEST.mjs: runs a test of a client that others wrote, with a sandbox of its own that answers, over
TLS, under the host names of Amazon. The client is as its package brings it.

Ends with 77, which ctest shows as skipped, where the packages of package-lock.json are not installed.
"""

import os
import pathlib
import platform
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2] / "tools"))
from processes import Sandbox, build_folder, free_port  # noqa: E402

HOSTS = ("api.amazon.com", "sellingpartnerapi-eu.amazon.com")
SKIPPED = 77
WITHIN_S = 120


def node():
    """The Node of the lock file: Debian's is too old for some of the clients."""
    machine = {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine(), "unknown")
    return HERE / "node_modules" / f"node-linux-{machine}" / "bin" / "node"


def make_certificate(folder):
    """A certificate for Amazon's names that nobody but the test trusts, and its key."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    names = ",".join([f"DNS:{host}" for host in HOSTS] + ["IP:127.0.0.1"])
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-nodes", "-days", "2", "-subj", "/CN=fairway-sandbox",
                    "-addext", f"subjectAltName={names}", "-keyout", key, "-out", certificate],
                   check=True, capture_output=True, timeout=30)
    return certificate, key


def run(test, folder):
    certificate, key = make_certificate(folder)
    port = free_port()
    sandbox = Sandbox(build_folder(), folder, port,
                      ("--seed", 7, "--sellers", 1, "--tls-certificate", certificate, "--tls-key", key))
    sandbox.start()
    try:
        environment = {**os.environ, "NODE_EXTRA_CA_CERTS": str(certificate), "SANDBOX_PORT": str(port)}
        return subprocess.run([node(), "--import", HERE / "redirect.mjs", HERE / test], env=environment,
                              timeout=WITHIN_S, check=False).returncode
    finally:
        sandbox.stop()


def main(test):
    if not node().exists():
        print("skipped: the clients are not installed; ./dev test does it with npm")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="fairway-clients-") as folder:
        return run(test, pathlib.Path(folder))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
