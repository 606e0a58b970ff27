"""The files of several machines are adapted where the guide says so, else refused."""

import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from types import SimpleNamespace

from sajad_cli.cluster import written
from sajad_cli.proc import free_port, port_is_taken
from sajad_cli.testrun import fault_table
from sajad_cli.testrun.cluster_client import Listener
from sajad_cli.testrun.testing import parse
from sajad_cli.ui import Problem

PROJECT = Path(__file__).parents[2]


class TestWritten(unittest.TestCase):
    def test_a_text_that_is_not_there_is_refused(self):
        self.assertEqual(written.adapt("a 80;", {"80": 81}, "x"), "a 81;")
        with self.assertRaises(Problem):
            written.adapt("a 80;", {"443": 444}, "x")

    def test_options(self):
        text = "port = 1\n; port = 2\nreport = 3\n"
        changed = written.adapt_options(text, {"port": r"\\1"}, "x")
        self.assertEqual(changed, "port = \\\\1\n; port = 2\nreport = 3\n")
        with self.assertRaises(Problem):
            written.adapt_options(text, {"workers": 2}, "x")

    def test_put(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "config").mkdir()
            (root / "config/a.conf").write_text("x = 1\n")
            settings = SimpleNamespace(project=root, drop={})
            files = written.Written(settings, root)
            path = files.put("a.conf", "b.conf", options={"x": 2}, more="y = 3\n")
            self.assertEqual(path.read_text(), "x = 2\ny = 3\n")


class TestFaults(unittest.TestCase):
    def test_what_must_not_be(self):
        row = fault_table.Row("a fault", acknowledged=9, refused=4)
        self.assertEqual(row.wrong, [])
        row.lost, row.twice = 1, 2
        self.assertEqual(len(row.wrong), 2)

    def test_table(self):
        lines = fault_table.table([fault_table.Row("a fault", 9, 4, seconds=1.25)])
        self.assertEqual(lines[1].split(), ["a", "fault", "9", "4", "0", "0", "1.2"])


class TestListener(unittest.TestCase):
    def test_frames(self):
        """Short and long messages, in pieces."""
        ours, theirs = socket.socketpair()
        listener = Listener.__new__(Listener)
        listener.socket, listener.buffer = ours, b""
        long = b"y" * 300
        for piece in (b"\x81\x02", b"ok\x81\x7e", b"\x01\x2c" + long):
            theirs.sendall(piece)
        self.assertEqual(listener._receive(), b"ok")
        self.assertEqual(listener._receive(), long)
        theirs.close()
        with self.assertRaises(OSError):
            listener._receive()
        ours.close()


class TestMailServer(unittest.TestCase):
    def test_falls_under_the_mail_after_those_it_takes(self):
        """Whoever was told that a mail is there has it in the file."""
        script = PROJECT / "tests/cluster/mail_server.py"
        with tempfile.TemporaryDirectory() as folder:
            file, port = Path(folder) / "mails", free_port()
            argv = [sys.executable, script, port, file, 1]
            with subprocess.Popen([str(a) for a in argv]) as server:
                self.addCleanup(server.kill)
                while not port_is_taken(port):
                    time.sleep(0.05)
                with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
                    client.sendmail("us@example.com", ["one@example.com"], "Hello")
                    self.assertEqual(file.read_text(), "one@example.com\n")
                    with self.assertRaises(smtplib.SMTPServerDisconnected):
                        client.sendmail("us@example.com", ["two@example.com"], "Hi")
                self.assertEqual(server.wait(10), -signal.SIGKILL)
            self.assertEqual(file.read_text(), "one@example.com\n")


class TestParts(unittest.TestCase):
    def test_only_when_named(self):
        self.assertNotIn("cluster", parse([])[1])
        self.assertEqual(parse(["--cluster"])[1], ["cluster"])
        self.assertEqual(parse(["--only", "cluster"])[1], ["cluster"])
