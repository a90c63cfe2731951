"""fairway-sandbox as a program: its options, HTTPS under Amazon's names, the cases that Amazon publishes."""

import http.client
import json
import os
import pathlib
import socket
import ssl
import subprocess
import tempfile
import unittest
import urllib.parse

from world import Sandbox, build_folder, free_port

EU = "sellingpartnerapi-eu.amazon.com"
NA = "sellingpartnerapi-na.amazon.com"
LWA = "api.amazon.com"
PARTICIPATIONS = "/sellers/v1/marketplaceParticipations"


class Connection(http.client.HTTPConnection):
    """One call to the port on loopback, under the name of another host."""

    def __init__(self, port, host, context):
        super().__init__(host, timeout=30)
        self.port_on_loopback, self.context = port, context

    def connect(self):
        plain = socket.create_connection(("127.0.0.1", self.port_on_loopback), timeout=30)
        self.sock = self.context.wrap_socket(plain, server_hostname=self.host) if self.context else plain


class SandboxProgram(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory(prefix="fairway-e2e-")
        self.addCleanup(directory.cleanup)
        self.folder = pathlib.Path(directory.name)
        self.port = free_port()
        self.context = None

    def start(self, *options):
        sandbox = Sandbox(build_folder(), self.folder, self.port, ("--speed", 0, *options)).start()
        self.addCleanup(sandbox.stop)

    def ask(self, method, host, path, body=None, headers=None):
        connection = Connection(self.port, host, self.context)
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return response.status, response.headers, json.loads(text) if text else None

    def token(self, host):
        _, _, sellers = self.ask("GET", "localhost", "/sandbox/sellers")
        form = {"grant_type": "refresh_token", "refresh_token": sellers[0]["refresh_token"],
                "client_id": sellers[0]["client_id"], "client_secret": sellers[0]["client_secret"]}
        return self.ask("POST", host, "/auth/o2/token", urllib.parse.urlencode(form),
                        {"Content-Type": "application/x-www-form-urlencoded;charset=UTF-8"})

    def test_options_that_cannot_be_are_refused(self):
        for options in (["--static"], ["--static", "--models", str(self.folder)], ["--marketplaces", "XX"],
                        ["--marketplaces", "IT+US"], ["--tls-key", "key.pem"], ["--sellers", "0"]):
            done = subprocess.run([str(build_folder() / "fairway-sandbox"), *options], capture_output=True,
                                  text=True, timeout=60, check=False)
            self.assertEqual(done.returncode, 2, options)
            self.assertNotEqual(done.stderr, "", options)

    def test_speaks_https_under_the_names_of_amazon_on_its_own_clock(self):
        names = ",".join(f"DNS:{name}" for name in (EU, NA, LWA, "localhost"))
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                        "-nodes", "-keyout", "key.pem", "-out", "certificate.pem", "-days", "2",
                        "-subj", "/CN=sandbox", "-addext", f"subjectAltName={names}"],
                       cwd=self.folder, capture_output=True, check=True, timeout=60)
        certificate = self.folder / "certificate.pem"
        self.start("--tls-certificate", certificate, "--tls-key", self.folder / "key.pem")
        self.context = ssl.create_default_context(cafile=certificate)

        status, _, granted = self.token(LWA)
        self.assertEqual(status, 200)
        access = {"x-amz-access-token": granted["access_token"]}
        status, headers, _ = self.ask("GET", EU, PARTICIPATIONS, headers=access)
        self.assertEqual(status, 200)
        _, _, clock = self.ask("POST", "localhost", "/sandbox/clock", '{"advance_s":1800}')
        status, later, _ = self.ask("GET", EU, PARTICIPATIONS, headers=access)
        self.assertEqual(status, 200)
        self.assertNotEqual(headers["Date"], later["Date"])
        self.assertIn(clock["now"][14:19], later["Date"])
        self.assertEqual(self.ask("GET", NA, PARTICIPATIONS, headers=access)[0], 403)
        self.assertEqual(self.ask("GET", LWA, PARTICIPATIONS, headers=access)[0], 404)
        self.assertEqual(self.token(EU)[0], 403)

    @unittest.skipUnless(os.environ.get("FAIRWAY_FACTS"), "FAIRWAY_FACTS is not set")
    def test_replays_the_cases_that_amazon_publishes(self):
        models = next(pathlib.Path(os.environ["FAIRWAY_FACTS"]).rglob("orders_2026-01-01.json")).parent
        self.start("--static", "--models", models)
        access = {"x-amz-access-token": self.token("localhost")[2]["access_token"]}
        query = "?includedData=BUYER,RECIPIENT,PROCEEDS,FULFILLMENT,TAX"
        path = "/orders/2026-01-01/orders/028-1234567-8901234"
        status, _, body = self.ask("GET", "localhost", path + query, headers=access)
        self.assertEqual((status, body["order"]["orderId"]), (200, "028-1234567-8901234"))
        status, _, body = self.ask("GET", "localhost", path, headers=access)
        self.assertEqual((status, body["errors"][0]["message"]), (400, "Could not match input arguments"))


if __name__ == "__main__":
    unittest.main()
