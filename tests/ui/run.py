"""run.py PROGRAM.mjs [OPTION OF NODE ...] [ARGUMENT ...]: runs a program of this folder with a browser, a
sandbox and a Fairway at its disposal, all of them its own. The sandbox's clock stands still unless moved.

Ends with 77, which ctest shows as skipped, where the browser, Node.js or its packages are not to be had. What
a failed walk leaves, a picture and the page's console, lies in the folder FAIRWAY_WALKS.
"""

import os
import pathlib
import secrets
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tools"))
from processes import Fairway, Sandbox, build_folder, free_port  # noqa: E402

SKIPPED = 77
WITHIN_S = 480
NODE = ROOT / "build" / "node" / "node_modules" / ".bin" / "node"
# The first is the same browser without what draws windows.
BROWSERS = ("chromium-headless-shell", "chromium")
ADMINISTRATOR = "administrator"
# A seller for each walk in each language: its orders, its account and its quota are nobody else's.
SANDBOX = ("--seed", 7, "--sellers", 64, "--marketplaces", "IT", "--speed", 0)


def browser():
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def missing():
    """What is not there, or None."""
    if not NODE.exists() or not (ROOT / "ui" / "dist" / "index.html").exists():
        return "the screens are not built; tools/build_ui does it, with npm"
    if not (HERE / "node_modules" / "playwright-core").exists():
        return "playwright-core and axe-core are not installed; ./dev test does it, with npm"
    if browser() is None:
        return "there is no Chromium; ./dev test installs chromium-headless-shell"
    return None


def with_first_administrator(fairway):
    password = secrets.token_urlsafe(12)
    (fairway.folder / "password").write_text(password)
    fairway.cli("user", "add", "--name", ADMINISTRATOR, "--role", "administrator", "--buyer-data",
                "--password-file", fairway.folder / "password")
    return password


def run(program, arguments, folder):
    sandbox = Sandbox(build_folder(), folder, free_port(), SANDBOX).start()
    fairway = Fairway(build_folder(), folder, free_port(), sandbox)
    try:
        fairway.cli("doctor", "--new-key")
        fairway.token = fairway.cli("token", "create", "--name", "walks", "--buyer-data")
        password = with_first_administrator(fairway)
        fairway.start()
        kept = pathlib.Path(os.environ.get("FAIRWAY_WALKS", build_folder() / "walks"))
        kept.mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, "FAIRWAY_URL": fairway.url, "FAIRWAY_TOKEN": fairway.token,
                       "FAIRWAY_PASSWORD": password, "FAIRWAY_SANDBOX": sandbox.url,
                       "FAIRWAY_BROWSER": browser(), "FAIRWAY_WALKS": str(kept)}
        options = [each for each in arguments if each.startswith("--")]
        others = [each for each in arguments if not each.startswith("--")]
        code = subprocess.run([NODE, *options, HERE / program, *others], env=environment, timeout=WITHIN_S,
                              check=False).returncode
        if code != 0:
            print("the end of Fairway's log:", fairway.log.read_text(errors="replace")[-2000:], sep="\n")
        return code
    finally:
        fairway.stop()
        sandbox.stop()


def main(program, *arguments):
    if why := missing():
        print(f"skipped: {why}")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="fairway-walks-") as folder:
        return run(program, arguments, pathlib.Path(folder))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
