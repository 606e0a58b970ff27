"""A mail server that writes down who got mail, and dies under the mail after that.

Called with a port, a file, and how many mails it takes before it is killed (0: all).
"""

import os
import signal
import socketserver
import sys
from pathlib import Path

PORT, FILE, LIMIT = int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
taken = 0


class Handler(socketserver.StreamRequestHandler):
    """One connection, in the few words of SMTP that a client needs."""

    def handle(self):
        self.say("220 ready")
        people = []
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"RCPT":
                people.append(line.decode().partition("<")[2].partition(">")[0])
            if word == b"DATA":
                self.say("354 go on")
                self.take(people)
                people = []
            if word == b"QUIT":
                self.say("221 bye")
                return
            self.say("250 yes")

    def take(self, people):
        """Read a mail; who was told that it is here has it in the file."""
        global taken  # noqa: PLW0603  a process of its own, one connection at a time
        while self.rfile.readline() != b".\r\n":
            pass
        taken += 1
        if LIMIT and taken > LIMIT:
            os.kill(os.getpid(), signal.SIGKILL)
        with FILE.open("a") as file:
            file.write("".join(f"{person}\n" for person in people))

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


socketserver.TCPServer.allow_reuse_address = True
with socketserver.TCPServer(("127.0.0.1", PORT), Handler) as server:
    server.serve_forever()
