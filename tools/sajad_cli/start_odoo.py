"""Starts Odoo, and has it read requests whole before it begins to work on them.

Odoo takes a connection of the database when it has read the head of a request, and
waits with it for the rest: as many clients that send a byte a second as there are
connections keep everybody out. Here a request has a time to come in, and costs no more
than a thread until it is there. Odoo's own settings do not help: fewer threads
(ODOO_MAX_HTTP_THREADS) are taken sooner, and a time for each read (that of workers)
begins anew with each byte. Nginx does the same where it stands in front.

Odoo starts itself again (SIGHUP, a limit of time or memory) with the command line that
it was started with: that takes the path of a script, "-m odoo" would not come back.
This file is copied to be that script, alone in its folder.
"""

import io
import sys
import tempfile
import time

HEAD_SECONDS = 15
BODY_SECONDS = 30
# bytes a second beyond that, as a slow line has them
BODY_RATE = 32 * 1024
# what is larger Odoo refuses unread
MAX_BODY = 128 * 1024**2
IN_MEMORY = 1024**2
CHUNK = 64 * 1024


class TimedReader(io.RawIOBase):
    """What a client sends, as long as it comes in time."""

    def __init__(self, connection):
        self.connection = connection
        self.allow(HEAD_SECONDS)

    def allow(self, seconds):
        """Let what is read from now on take so many seconds together."""
        self.limit = time.monotonic() + seconds

    def readable(self):
        return True

    def readinto(self, buffer):
        """Read what there is.

        :raise TimeoutError: the time is over, whenever the last byte came
        """
        left = self.limit - time.monotonic()
        if left <= 0:
            raise TimeoutError("the request took too long to come in")
        usual = self.connection.gettimeout()
        self.connection.settimeout(left if usual is None else min(left, usual))
        try:
            return self.connection.recv_into(buffer)
        finally:
            # answers and websockets have other times
            self.connection.settimeout(usual)


def get_length(headers):
    """Return how long a body is that can be read before Odoo is asked, 0 for none."""
    length = headers.get("Content-Length", "")
    return int(length) if length.isdecimal() and int(length) <= MAX_BODY else 0


def read_body(handler, left, body):
    """Read the body of a request into a file.

    :raise TimeoutError: it does not come in time
    """
    handler.timed.allow(BODY_SECONDS + left / BODY_RATE)
    while left:
        data = handler.rfile.read(min(left, CHUNK))
        if not data:
            break
        body.write(data)
        left -= len(data)
    body.seek(0)


def read_whole_requests(handler_class):
    """Have the handlers of Odoo's server read requests whole, within their time."""
    setup, run_wsgi = handler_class.setup, handler_class.run_wsgi
    log_error = handler_class.log_error

    def timed_setup(self):
        setup(self)
        self.timed = TimedReader(self.connection)
        self.rfile = io.BufferedReader(self.timed)

    def run_read_wsgi(self):
        if self.headers.get("Expect", "").strip().lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            del self.headers["Expect"]
        length = get_length(self.headers)
        if not length:
            self.timed.allow(BODY_SECONDS)
            run_wsgi(self)
            return
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as body:
            try:
                read_body(self, length, body)
            except TimeoutError:
                self.send_response(408)
                self.send_header("Connection", "close")
                self.end_headers()
                return
            self.rfile = body
            run_wsgi(self)

    def log_other_error(self, text, *values):
        # nobody fills the log with errors that are none of ours
        if text.startswith("Request timed out"):
            self.log("info", text, *values)
        else:
            log_error(self, text, *values)

    handler_class.setup = timed_setup
    handler_class.log_error = log_other_error
    handler_class.run_wsgi = run_read_wsgi


if __name__ == "__main__":
    import odoo.cli

    if sys.argv[1:2] == ["server"]:
        from odoo.service.server import CommonRequestHandler

        read_whole_requests(CommonRequestHandler)
    odoo.cli.main()
