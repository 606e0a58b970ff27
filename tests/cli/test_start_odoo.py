"""Requests that come in slowly."""

import io
import socket
import threading
import time
import unittest
from email.message import Message
from types import SimpleNamespace

from sajad_cli import start_odoo


class TestSlowRequests(unittest.TestCase):
    def setUp(self):
        self.here, self.client = socket.socketpair()
        self.addCleanup(self.here.close)
        self.addCleanup(self.client.close)
        self.timed = start_odoo.TimedReader(self.here)

    def drip(self, count):
        """Send a byte every twentieth of a second."""

        def send():
            for _number in range(count):
                self.client.sendall(b"x")
                time.sleep(0.05)

        thread = threading.Thread(target=send)
        thread.start()
        self.addCleanup(thread.join)

    def test_a_byte_now_and_then_gains_no_time(self):
        self.drip(20)
        self.timed.allow(0.3)
        start = time.monotonic()
        with self.assertRaises(TimeoutError):
            io.BufferedReader(self.timed).read(1000)
        self.assertLess(time.monotonic() - start, 0.9)

    def test_the_time_of_the_connection_stays(self):
        reader = io.BufferedReader(self.timed)
        for usual in (None, 2.0):
            self.here.settimeout(usual)
            self.client.sendall(b"GET")
            self.timed.allow(5)
            self.assertEqual(reader.read(3), b"GET")
            self.assertEqual(self.here.gettimeout(), usual)

    def test_a_body_is_read_whole(self):
        self.drip(10)
        reader = io.BufferedReader(self.timed)
        handler = SimpleNamespace(timed=self.timed, rfile=reader)
        body = io.BytesIO()
        start_odoo.read_body(handler, 10, body)
        self.assertEqual(body.read(), b"x" * 10)

    def test_bodies_of_a_known_length(self):
        for text, length in (
            *(("12", 12), ("0", 0), ("", 0), ("-1", 0), ("1e3", 0)),
            (str(start_odoo.MAX_BODY + 1), 0),
        ):
            headers = Message()
            headers["Content-Length"] = text
            self.assertEqual(start_odoo.get_length(headers), length, text)
