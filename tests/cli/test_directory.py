"""Which packages the sign-in with a directory is made of."""

import unittest
from types import SimpleNamespace
from unittest import mock

from sajad_cli.machine import directory
from sajad_cli.ui import Problem


class TestWanted(unittest.TestCase):
    def test_libraries_come_along_and_the_system_stays(self):
        packages = ["python3-ldap", "libldap2", "libc6", "libpython3-stdlib", "perl"]
        wanted = directory.wanted(packages, ["python3-ldap"])
        self.assertEqual(wanted, ["libldap2", "python3-ldap"])

    def test_named_packages_come_even_when_installed(self):
        self.assertEqual(directory.wanted([], ["slapd"]), ["slapd"])


class TestPaths(unittest.TestCase):
    def test_no_empty_part(self):
        """An empty part of LD_LIBRARY_PATH is the current folder."""
        self.assertEqual(directory.join_paths("/a", "", "/b"), "/a:/b")
        self.assertEqual(directory.join_paths("/a", ""), "/a")


class TestServer(unittest.TestCase):
    def test_missing_server_is_loud(self):
        trouble = mock.patch.object(
            directory, "unpack_beside", side_effect=Problem("no slapd")
        )
        with trouble, self.assertRaises(Problem) as caught:
            directory.ensure_server(SimpleNamespace(), None)
        self.assertIn("OpenLDAP", caught.exception.hints[-1])
