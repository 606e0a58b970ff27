import os
import socketserver
import struct
import tempfile
import threading
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.request import sajad_upload_scan
from ..tools import clamd
from ..tools.file_check import PAPERS
from .common import SajadCommon
from .test_portal import PDF

# a harmless word that the scanner of these tests takes for a virus
WORD = b"harmless-word"
LIMIT = 1024**2
SCANNER = "odoo.addons.sajad_base.models.request.sajad_upload_scan"


class Scanner(socketserver.StreamRequestHandler):
    """Speaks as much of clamd's protocol as is used."""

    def handle(self):
        command = self.read_command()
        if command == b"zVERSION":
            self.wfile.write(b"ClamAV 1.4.3\0")
        elif command == b"zINSTREAM":
            self.wfile.write(self.judge())

    def read_command(self):
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        return command[:-1]

    def judge(self):
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if len(content) > LIMIT:
                return b"INSTREAM size limit exceeded. ERROR\0"
        self.server.seen.append(content)
        if WORD in content:
            return b"stream: Test.Harmless.Word FOUND\0"
        return b"stream: OK\0"


class UnixServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


class TcpServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True


@tagged("post_install", "-at_install")
class TestClamd(SajadCommon):
    """Files go through the virus scanner that the administrator named (row B9)."""

    def setUp(self):
        super().setUp()
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.path = os.path.join(folder, "clamd.ctl")
        self.server = self.start(UnixServer, self.path)
        self.Parameter = self.env["ir.config_parameter"]
        self.Parameter.set_param(sajad_upload_scan.ADDRESS, self.path)
        self.Upload = self.env["sajad.upload"].with_user(self.user_student)

    def start(self, kind, address):
        server = kind(address, Scanner)
        server.seen = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server

    def check(self, *contents):
        files = [(f"{number}.pdf", content) for number, content in enumerate(contents)]
        return self.Upload._check(files)

    def get_bad(self):
        return PDF.replace(b"%PDF-1.4", b"%PDF-1.4\n%" + WORD, 1)

    def test_found(self):
        """What it knows is refused with its name, what is clean is taken."""
        bad = self.get_bad()
        self.assertIn(WORD, bad)
        taken, problems = self.check(PDF, bad)
        self.assertEqual(taken, [("0.pdf", PDF)])
        (problem,) = problems
        self.assertIn("1.pdf: the virus scanner found “Test.Harmless.Word”", problem)
        self.assertEqual(self.server.seen, [PDF, bad])

    def test_many(self):
        """Bulk uploads go through it, too, each file with its own sentence."""
        files = [("a.pdf", PDF, PAPERS), ("b.pdf", b"", PAPERS)]
        files += [("c.pdf", self.get_bad(), PAPERS), ("d.pdf", PDF, PAPERS)]
        problems = [problem for problem, *_ in self.Upload._examine(files)]
        self.assertEqual(problems[0::3], ["", ""])
        self.assertIn("is empty", problems[1])
        self.assertIn("Test.Harmless.Word", problems[2])
        # what is no paper is not asked about
        self.assertEqual(len(self.server.seen), 3)

    def test_comment(self):
        problem = self.Upload._get_comment_problem(None, "a.pdf", self.get_bad())
        self.assertIn("Test.Harmless.Word", problem)

    def test_host(self):
        server = self.start(TcpServer, ("127.0.0.1", 0))
        port = server.server_address[1]
        self.Parameter.set_param(sajad_upload_scan.ADDRESS, f"127.0.0.1:{port}")
        self.assertEqual(self.check(PDF)[1], [])
        self.assertEqual(server.seen, [PDF])

    def test_not_configured(self):
        self.Parameter.set_param(sajad_upload_scan.ADDRESS, False)
        with patch.object(sajad_upload_scan, "find_threat") as ask:
            self.assertEqual(self.check(self.get_bad())[1], [])
        ask.assert_not_called()

    def test_silent(self):
        """Refused unless the administrator wants it taken; asked once for many."""
        self.Parameter.set_param(sajad_upload_scan.ADDRESS, self.path + ".none")
        with mute_logger(SCANNER):
            problem = self.Upload._get_problem("a.pdf", PDF)
        self.assertIn("the scanner does not answer", problem)
        files = [(f"{number}.pdf", PDF, PAPERS) for number in range(3)]
        asked = patch.object(
            sajad_upload_scan, "find_threat", side_effect=clamd.NoVerdict("x")
        )
        with asked as ask, mute_logger(SCANNER):
            problems = [problem for problem, *_ in self.Upload._examine(files)]
        self.assertEqual(ask.call_count, 1)
        self.assertTrue(all("does not answer" in problem for problem in problems))
        self.Parameter.set_param(sajad_upload_scan.SILENT, "take")
        with self.assertLogs(SCANNER, "WARNING"):
            self.assertEqual(self.check(PDF), ([("0.pdf", PDF)], []))

    def test_too_large_for_it(self):
        """It hangs up in the middle; its answer is read, and is no verdict."""
        with self.assertRaisesRegex(clamd.NoVerdict, "size limit|reset|answer"):
            clamd.find_threat(self.path, bytes(8 * LIMIT))
        self.assertEqual(clamd.find_threat(self.path, bytes(LIMIT)), "")

    def test_hangs_up(self):
        silent = patch.object(Scanner, "judge", return_value=b"")
        with silent, self.assertRaises(clamd.NoVerdict):
            clamd.find_threat(self.path, PDF)

    def test_other_answers(self):
        for answer in (b"COMMAND READ TIMED OUT\0", b"\0", b"stream: x ERROR\0"):
            with self.subTest(answer), patch.object(Scanner, "judge") as judge:
                judge.side_effect = lambda answer=answer: answer
                with self.assertRaises(clamd.NoVerdict):
                    clamd.find_threat(self.path, PDF)

    def test_addresses(self):
        for text, address in (
            ("/run/clamd.ctl", "/run/clamd.ctl"),
            (" 127.0.0.1:3311 ", ("127.0.0.1", 3311)),
            ("localhost", ("localhost", 3310)),
            ("::1", ("::1", 3310)),
            ("", None),
            ("host:port", None),
            ("http://host/x", None),
        ):
            with self.subTest(text):
                self.assertEqual(clamd.read_address(text), address)
        self.assertTrue(clamd.is_local(("127.0.0.2", 1)))
        for host in ("10.0.0.1", "scanner.example", "0.0.0.0"):
            self.assertFalse(clamd.is_local((host, 1)))

    def test_settings(self):
        """Only on this server, unless the administrator says otherwise."""
        Settings = self.env["res.config.settings"]
        state = Settings.default_get(["sajad_clamd_state"])["sajad_clamd_state"]
        self.assertIn("ClamAV 1.4.3", state)
        for text, sentence in (
            ("10.0.0.1:3310", "is not on this server"),
            ("no address:x", "neither the path"),
        ):
            with self.subTest(text), self.assertRaisesRegex(ValidationError, sentence):
                Settings.create({"sajad_clamd_address": text})
        self.Parameter.set_param(sajad_upload_scan.ADDRESS, "10.0.0.1:3310")
        with patch.object(sajad_upload_scan, "find_threat") as ask:
            self.assertIn("does not answer", "".join(self.check(PDF)[1]))
            ask.assert_not_called()
        self.Parameter.set_param(sajad_upload_scan.ANYWHERE, "True")
        Settings.create({"sajad_clamd_address": "10.0.0.1:3310"})
