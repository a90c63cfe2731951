"""Live events over the real server: told as they happen, resumed after the last received, without names."""

import http.client
import json
import unittest

from world import WorldTest


class Stream:
    """One client of GET /api/v1/events."""

    def __init__(self, fairway, last=None):
        self.connection = http.client.HTTPConnection(fairway.url.removeprefix("http://"), timeout=30)
        headers = {"Authorization": f"Bearer {fairway.token}"}
        if last:
            headers["Last-Event-ID"] = last
        self.connection.request("GET", "/api/v1/events", headers=headers)
        self.response = self.connection.getresponse()
        self.last = last
        self.text = ""

    def next(self):
        """The next event as (name, data); comments are passed over."""
        name, data = None, None
        while True:
            line = self.response.readline().decode()
            self.text += line
            if line == "":
                raise EOFError("the stream ended")
            field, _, value = line.rstrip("\n").partition(": ")
            if field == "id":
                self.last = value
            elif field == "event":
                name = value
            elif field == "data":
                data = json.loads(value)
            elif line == "\n" and name:
                return name, data

    def until(self, wanted):
        while True:
            name, data = self.next()
            if wanted(name, data):
                return name, data

    def close(self):
        self.connection.close()


class Events(WorldTest):
    def stream(self, last=None):
        stream = Stream(self.fairway, last)
        self.addCleanup(stream.close)
        return stream

    def test_what_happens_is_told_and_what_was_missed_is_told_again(self):
        stream = self.stream()
        self.assertEqual(stream.response.getheader("Content-Type"), "text/event-stream")
        self.assertEqual(stream.next(), ("ready", {}))

        first = self.place()
        self.step()
        name, data = stream.until(lambda _, each: each.get("amazon_order_id") == first)
        self.assertEqual((name, data["store"]), ("order", self.store))
        self.assertIn("history.order_seen", data["codes"])
        stream.close()

        missed = self.place()
        self.step()
        again = self.stream(stream.last)
        _, data = again.until(lambda _, each: each.get("amazon_order_id") == missed)
        self.assertIsNotNone(data["commerce_order"])
        self.assertNotIn("event: ready", again.text)

        ledger = self.sandbox.ledger()
        for order in (first, missed):
            address = ledger[order]["order"]["recipient"]["deliveryAddress"]
            for personal in (address["name"], address["addressLine1"]):
                self.assertNotIn(personal, stream.text + again.text)

    def test_the_stream_ends_with_its_token_and_with_the_service(self):
        stream = self.stream()
        stream.next()
        self.fairway.stop()
        with self.assertRaises(EOFError):
            stream.until(lambda *_: False)

        self.fairway.start()
        stream = self.stream()
        stream.next()
        tokens = self.fairway.ask("GET", "/tokens")["items"]
        self.fairway.cli("token", "revoke", tokens[0]["id"])
        with self.assertRaises(EOFError):
            stream.until(lambda *_: False)


if __name__ == "__main__":
    unittest.main()
