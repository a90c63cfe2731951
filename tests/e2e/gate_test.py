"""What strangers meet first, as `serve` puts it together: limits, and whose wrong passwords are whose."""

import re
import socket
import subprocess
import unittest

from world import WorldTest
from processes import request, wait_for

CONNECTIONS_OF_ORIGIN_MAX = 256
TRIES = 10


class Gate(WorldTest):
    SERVES = False
    # What stands before the listen address in the configuration.
    SERVER = ""

    def prepare(self):
        text = self.fairway.config.read_text()
        self.fairway.config.write_text(text.replace("[server]", "[server]\n" + self.SERVER, 1))
        self.fairway.start()
        self.addCleanup(self.fairway.stop)

    def dial(self):
        port = int(self.fairway.url.rsplit(":", 1)[1])
        connection = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.addCleanup(connection.close)
        return connection

    def dial_one_too_many(self):
        return [self.dial() for _ in range(CONNECTIONS_OF_ORIGIN_MAX + 1)][-1]


class BehindProxy(Gate):
    SERVER = 'behind_proxy = true\npublic_url = "https://shop.example"'

    def try_password(self, headers):
        body = {"name": "anna", "password": "wrong password"}
        status, _, answer = request("POST", self.fairway.url + "/api/v1/session", body, headers)
        return status, answer["code"]

    def warnings(self):
        return self.fairway.log.read_text().count('"event":"sign_in.no_client_address"')

    def test_a_name_is_locked_for_the_address_that_the_proxy_tells(self):
        there = {"X-Forwarded-For": "198.51.100.1, 203.0.113.4"}
        for _ in range(TRIES):
            self.assertEqual(self.try_password(there), (401, "sign_in_refused"))
        self.assertEqual(self.try_password(there), (429, "sign_in_locked"))
        elsewhere = {"X-Forwarded-For": "203.0.113.4, 198.51.100.1"}
        self.assertEqual(self.try_password(elsewhere), (401, "sign_in_refused"))
        self.assertEqual(self.warnings(), 0)
        for _ in range(2):
            self.assertEqual(self.try_password({}), (401, "sign_in_refused"))
        self.assertEqual(self.warnings(), 1)

    def test_all_connections_of_a_proxy_are_served(self):
        last = self.dial_one_too_many()
        last.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        self.assertRegex(last.recv(100), rb"^HTTP/1.1 200 ")

    def test_a_body_is_refused_before_it_is_sent(self):
        connection = self.dial()
        connection.sendall(b"POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 5120\r\n\r\n")
        self.assertRegex(connection.recv(100), rb"^HTTP/1.1 413 ")


class WithTls(Gate):
    SERVER = 'tls_certificate = "certificate.pem"\ntls_key = "key.pem"'

    def prepare(self):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                        "-nodes", "-keyout", "key.pem", "-out", "certificate.pem", "-days", "2",
                        "-subj", "/CN=127.0.0.1"],
                       cwd=self.folder, capture_output=True, check=True, timeout=60)
        super().prepare()

    def test_one_address_has_so_many_connections_and_the_log_says_when_it_wants_more(self):
        self.assertEqual(self.dial_one_too_many().recv(1), b"")
        said = wait_for("the warning", lambda: re.findall('.*http.too_many_of_origin.*',
                                                          self.fairway.log.read_text()))
        self.assertIn('"level":"warning"', said[0])
        self.assertIn(f'"connections":{CONNECTIONS_OF_ORIGIN_MAX}', said[0])


if __name__ == "__main__":
    unittest.main()
