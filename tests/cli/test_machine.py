"""Small helpers that look at the machine."""

import os
import socket
import tempfile
import types
import unittest
from pathlib import Path
from unittest import mock

from sajad_cli import proc
from sajad_cli.database import pg_binaries, postgres
from sajad_cli.machine import syslibs, venvs
from sajad_cli.ui import Problem


class TestProc(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_capture(self):
        self.assertEqual(proc.capture(["echo", "x"]), "x\n")
        with self.assertRaisesRegex(Problem, "sh failed"):
            proc.capture(["sh", "-c", "echo no >&2; exit 3"])

    def test_logged(self):
        log = self.folder / "log"
        code = proc.logged(["sh", "-c", "echo a; echo b >&2; exit 4"], log)
        self.assertEqual((code, log.read_text()), (4, "a\nb\n"))

    def test_pid_of_another_program_is_not_ours(self):
        pidfile = self.folder / "pid"
        self.assertIsNone(proc.live_pid(pidfile, "x"))
        pidfile.write_text(str(os.getpid()))
        self.assertEqual(proc.live_pid(pidfile, "unittest"), os.getpid())
        self.assertIsNone(proc.live_pid(pidfile, "surely not in the command"))

    def test_ports(self):
        port = proc.free_port()
        self.assertFalse(proc.port_is_taken(port))
        with socket.socket() as server:
            server.bind(("127.0.0.1", port))
            server.listen()
            self.assertTrue(proc.port_is_taken(port))

    def test_lock_excludes_and_is_released(self):
        path = self.folder / "lock"
        second = proc.locked(path, "test", seconds=-1)
        with proc.locked(path, "test"), self.assertRaises(Problem), second:
            self.fail("two held the lock")
        with proc.locked(path, "test", seconds=-1):
            pass


class TestServers(unittest.TestCase):
    def test_newest_server_and_no_client_only_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            for major, programs in (
                ("9", ("postgres", "psql")),
                ("15", ("postgres", "psql")),
                ("17", ("psql",)),
            ):
                base = Path(folder) / "lib/postgresql" / major / "bin"
                base.mkdir(parents=True)
                for name in programs:
                    (base / name).touch()
            found = pg_binaries.installed(folder)
            self.assertEqual(found.parent.name, "15")
            self.assertIsNone(pg_binaries.installed(folder, "17"))

    def test_no_server(self):
        self.assertIsNone(pg_binaries.installed("/nowhere"))


class TestKnownServers(unittest.TestCase):
    def _start(self, major, host=""):
        settings = types.SimpleNamespace(
            state=Path("/nowhere"), external_db=bool(host), db_host=host, db_port=5432
        )
        binaries = mock.Mock(major=str(major))
        server = postgres.Postgres(settings, None, binaries)
        number = str(major * 10_000 + 3)
        with (
            mock.patch.object(server, "ready", return_value=True),
            mock.patch.object(server, "query", return_value=number),
        ):
            return server.start()

    def test_known(self):
        for major in (15, 16, 17, 18):
            self.assertFalse(self._start(major))
            self.assertFalse(self._start(major, "db.example"))

    def test_unknown(self):
        for major in (13, 14, 19):
            for host in ("", "db.example"):
                with self.assertRaisesRegex(Problem, "15 to 18"):
                    self._start(major, host)


class TestLibraries(unittest.TestCase):
    def test_missing(self):
        known = "\tlibpango-1.0.so.0 (libc6,x86-64) => /lib/libpango-1.0.so.0\n"
        self.assertEqual(
            syslibs.missing(known), ["libpangoft2-1.0-0", "libharfbuzz-subset0"]
        )


class TestStamp(unittest.TestCase):
    def test_stamp_depends_on_every_part(self):
        self.assertEqual(venvs.stamp("a", "b"), venvs.stamp("a", "b"))
        self.assertNotEqual(venvs.stamp("a", "b"), venvs.stamp("ab", ""))


if __name__ == "__main__":
    unittest.main()
