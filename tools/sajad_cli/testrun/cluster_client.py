"""A user of the cluster: through nginx with TLS, or at one node."""

import base64
import contextlib
import http.client
import json
import os
import socket
import ssl
import struct
from dataclasses import dataclass

from ..ui import Problem
from .served import PATIENCE, Client

_TEXT = 0x81  # the first byte of a whole message of text


def trusting():
    """A context that takes the certificate of the cluster."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class Person(Client):
    """A client who comes in through nginx."""

    def _connect(self, timeout):
        return http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=timeout, context=trusting()
        )

    def at(self, port):
        """The same person, asking a node itself with the same session."""
        other = Client.__new__(Client)
        other.port, other.cookie, other.numbers = port, self.cookie, self.numbers
        return other


@dataclass(frozen=True)
class Page:
    """An answer."""

    status: int
    headers: object
    body: bytes

    @property
    def text(self):
        """The body as text."""
        return self.body.decode(errors="replace")


def fetch(client, path, method="GET", body=None, headers=None, timeout=PATIENCE):
    """Ask for a page as a browser does.

    :raise OSError: no answer
    """
    connection = client._connect(timeout)
    with contextlib.closing(connection):
        headers = {"Cookie": client.cookie, **(headers or {})}
        connection.request(method, path, body, headers)
        reply = connection.getresponse()
        return Page(reply.status, reply.headers, reply.read())


class Listener:
    """A page that waits for news: a websocket at the port of a node, or of nginx.

    :param context: of TLS, for nginx
    """

    def __init__(self, client, port, context=None):
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        if context:
            self.socket = context.wrap_socket(self.socket)
        scheme = "https" if context else "http"
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            "GET /websocket HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            f"Origin: {scheme}://127.0.0.1:{port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
            f"Cookie: {client.cookie}",
        ]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self.buffer = b""
        head = self._until(b"\r\n\r\n")
        if b" 101 " not in head.splitlines()[0]:
            raise Problem(f"no websocket: {head.splitlines()[0].decode()}")
        values = {"channels": [], "last": 0}
        self._send(json.dumps({"event_name": "subscribe", "data": values}))

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.socket.close()

    def hear(self, kind):
        """Wait for a message of a kind.

        :raise OSError: none comes
        """
        while True:
            text = self._receive()
            with contextlib.suppress(ValueError):
                for notice in json.loads(text):
                    if notice["message"]["type"] == kind:
                        return notice

    def _send(self, text):
        data, mask = text.encode(), os.urandom(4)
        head = struct.pack("!BBH", _TEXT, 0x80 | 126, len(data))
        masked = bytes(b ^ mask[i % 4] for i, b in enumerate(data))
        self.socket.sendall(head + mask + masked)

    def _receive(self):
        _kind, length = struct.unpack("!BB", self._take(2))
        if length == 126:
            (length,) = struct.unpack("!H", self._take(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", self._take(8))
        return self._take(length)

    def _take(self, count):
        while len(self.buffer) < count:
            self._more()
        data, self.buffer = self.buffer[:count], self.buffer[count:]
        return data

    def _until(self, end):
        while end not in self.buffer:
            self._more()
        data, _end, self.buffer = self.buffer.partition(end)
        return data

    def _more(self):
        data = self.socket.recv(65536)
        if not data:
            raise OSError("the websocket was closed")
        self.buffer += data
