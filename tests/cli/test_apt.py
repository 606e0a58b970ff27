"""The private apt keeps the machine's proxies and names what went wrong."""

import unittest

from sajad_cli.machine.apt import diagnose, network_settings


class TestApt(unittest.TestCase):
    def test_proxies_are_kept(self):
        dump = (
            'Acquire::http::Proxy "http://cache.example:3142";\n'
            'Acquire::https::Verify-Peer "true";\n'
            'APT::Install-Recommends "1";\n'
            'Acquire::Languages "none";\n'
        )
        self.assertEqual(network_settings(dump), dump.splitlines()[:2])

    def test_diagnose(self):
        self.assertIsNone(diagnose("Hit:1 x\nReading package lists...\n"))
        expired = "E: Release file for x is expired (invalid since 2d)."
        self.assertEqual(diagnose(expired), "expired")
        future = "E: Release file for x is not valid yet"
        self.assertEqual(diagnose(future), "future")
        self.assertEqual(diagnose("W: GPG error: NO_PUBKEY 0E98"), "signature")
        self.assertEqual(diagnose("W: Failed to fetch x\n"), "network")


if __name__ == "__main__":
    unittest.main()
