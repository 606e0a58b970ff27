"""Asks ClamAV's daemon whether it knows a content: the command INSTREAM.

Nothing is written for it, and it needs no rights on files: the bytes go through the
connection, in pieces that say how long they are.
"""

import contextlib
import ipaddress
import socket
import struct
import time

PORT = 3310
CHUNK = 64 * 1024
# seconds: for the connection, and for all of an answer
CONNECT = 5
PATIENCE = 60
MAX_ANSWER = 4096


class NoVerdict(Exception):
    """The scanner does not answer, or cannot say; the text is for the log."""


def read_address(text):
    """Return a path of a socket as it is, or (host, port); None for what is neither."""
    text = (text or "").strip()
    if text.startswith("/"):
        return text
    host, _colon, port = (
        text.rpartition(":") if text.count(":") == 1 else (text, "", "")
    )
    host = host.strip("[]")
    if not host or "/" in host or not (port.isdigit() or not port):
        return None
    return host, int(port or PORT)


def is_local(address):
    """Whether what is sent there stays on this machine."""
    if isinstance(address, str) or address[0] == "localhost":
        return True
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return False


def find_threat(address, content):
    """Return the name of what the scanner knows in a content, or "".

    :param address: of `read_address`
    :raise NoVerdict: it does not answer, or cannot say
    """
    answer = _ask(address, b"INSTREAM", content)
    _stream, _colon, verdict = answer.rpartition(": ")
    if verdict == "OK":
        return ""
    if verdict.endswith(" FOUND"):
        return verdict.removesuffix(" FOUND")
    raise NoVerdict(answer or "no answer")


def get_version(address):
    """Return what the scanner calls itself.

    :raise NoVerdict: it does not answer
    """
    return _ask(address, b"VERSION")


def _ask(address, command, content=None):
    try:
        with _connect(address) as connection:
            connection.settimeout(PATIENCE)
            # what is too large for it is not read to the end, and answered all the same
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.sendall(b"z" + command + b"\0")
                if content is not None:
                    _send(connection, content)
            return _read_answer(connection)
    except OSError as error:
        raise NoVerdict(str(error)) from error


def _connect(address):
    if not isinstance(address, str):
        return socket.create_connection(address, CONNECT)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(CONNECT)
    try:
        connection.connect(address)
    except OSError:
        connection.close()
        raise
    return connection


def _send(connection, content):
    view = memoryview(content)
    for start in range(0, len(view), CHUNK):
        piece = view[start : start + CHUNK]
        connection.sendall(struct.pack("!I", len(piece)))
        connection.sendall(piece)
    connection.sendall(struct.pack("!I", 0))


def _read_answer(connection):
    answer, end = b"", time.monotonic() + PATIENCE
    while b"\0" not in answer and len(answer) < MAX_ANSWER:
        if time.monotonic() > end:
            raise NoVerdict("no end of the answer")
        piece = connection.recv(MAX_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.partition(b"\0")[0].decode(errors="replace").strip()
