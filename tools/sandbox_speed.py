"""How quick a sandbox with many orders is: python3 tools/sandbox_speed.py [--orders 100000].

Lets so many orders of one seller arrive, reads all of them in pages of a hundred, and prints one line.
"""

import argparse
import pathlib
import statistics
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from processes import Failure, Sandbox, build_folder, free_port, request  # noqa: E402

PER_MINUTE = 100
STEP_S = 600  # of the sandbox, one call
DATA = ("BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT,"
        "FULFILLMENT_ORDERS")


def get_token(sandbox):
    seller = sandbox.sellers()[0]
    body = {"grant_type": "refresh_token", **{name: seller[name] for name in
                                              ("refresh_token", "client_id", "client_secret")}}
    return request("POST", sandbox.url + "/auth/o2/token", body)[2]["access_token"]


def read_all(sandbox, token, since):
    """How long each page took, in milliseconds, and how many orders there were."""
    times, orders, next_token = [], 0, ""
    while next_token is not None:
        query = {"lastUpdatedAfter": since, "includedData": DATA}
        if next_token:
            query["paginationToken"] = next_token
        url = f"{sandbox.url}/orders/2026-01-01/orders?{urllib.parse.urlencode(query)}"
        begun = time.monotonic()
        status, _, page = request("GET", url, headers={"x-amz-access-token": token})
        times.append(1000 * (time.monotonic() - begun))
        if status != 200:
            raise Failure(f"the sandbox answered {status}: {page}")
        orders += len(page["orders"])
        next_token = page.get("pagination", {}).get("nextToken")
    return times, orders


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--orders", type=int, default=100_000)
    wanted = arguments.parse_args().orders
    with tempfile.TemporaryDirectory(prefix="fairway-speed-") as folder:
        options = ("--seed", 1, "--speed", 0, "--no-quota", "--orders-per-minute", PER_MINUTE)
        sandbox = Sandbox(build_folder(), pathlib.Path(folder), free_port(), options).start()
        try:
            since = sandbox.ask("GET", "/clock")["now"]
            begun = time.monotonic()
            for _ in range(-(-wanted // (PER_MINUTE * STEP_S // 60))):
                sandbox.advance(STEP_S)
            made_s = time.monotonic() - begun
            times, orders = read_all(sandbox, get_token(sandbox), since)
            times.sort()
            p99_ms = times[int(0.99 * len(times))]
            print(f"sandbox_speed: orders={orders} made_s={made_s:.1f} pages={len(times)} "
                  f"page_p50_ms={statistics.median(times):.1f} page_p99_ms={p99_ms:.1f}")
        except Failure as failure:
            print(f"sandbox_speed: {failure}", file=sys.stderr)
            return 1
        finally:
            sandbox.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
