"""Tesseract comes along where Debian gives it, and is never needed."""

import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from sajad_cli.machine import scans
from sajad_cli.ui import Problem


class TestScans(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.settings = SimpleNamespace(prefix=Path(folder.name))
        absent = mock.patch.object(scans, "_reads_persian", return_value=False)
        absent.start()
        self.addCleanup(absent.stop)

    def test_persian_is_one_of_the_languages(self):
        listing = 'List of available languages in "/usr/share" (3):\neng\nfas\nosd\n'
        self.assertTrue(scans.has_persian(listing))
        self.assertFalse(scans.has_persian(listing.replace("fas\n", "")))

    def test_what_the_machine_has(self):
        with mock.patch.object(scans, "_reads_persian", return_value=True):
            self.assertEqual(scans.ensure(self.settings, None, [], {}), ([], {}))

    def test_unpacked(self):
        prefix = self.settings.prefix / "scans"
        data = prefix / "usr/share/tesseract-ocr/5/tessdata"
        data.mkdir(parents=True)
        with mock.patch.object(scans, "unpack_beside"):
            path, env = scans.ensure(self.settings, None, ["/node"], {"A": "1"})
        self.assertEqual(path, ["/node", prefix / "usr/bin"])
        self.assertEqual((env["A"], env["TESSDATA_PREFIX"]), ("1", str(data)))

    def test_no_network(self):
        trouble = mock.patch.object(scans, "unpack_beside", side_effect=Problem("no"))
        with trouble:
            self.assertEqual(scans.ensure(self.settings, None, [], {}), ([], {}))
