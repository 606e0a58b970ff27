"""The Debian archive is found in whatever way the machine names it."""

import unittest

from sajad_cli.machine.mirror import Target, native_targets, parse_targets, source_line

ARCHIVE = "http://mirror.example/pub/linux/"
KEY = "/usr/share/keyrings/debian-archive-keyring.gpg"


def target(release, uri=ARCHIVE, component="main", origin="", signed_by=""):
    return Target(release, uri, component, origin, signed_by)


class TestTargets(unittest.TestCase):
    def test_parse_leaves_out_what_apt_does_not_know(self):
        line = f"bookworm|{ARCHIVE}|main|$(ORIGIN)|$(SIGNED_BY)"
        self.assertEqual(parse_targets(line), [target("bookworm")])
        self.assertEqual(parse_targets("nonsense\n"), [])

    def test_origin_decides_when_known(self):
        declared = [
            target("bookworm", "http://other.example/apt/"),
            target("bookworm"),
            target("bookworm-updates"),
        ]
        known = [
            target("bookworm", "http://other.example/apt/", origin="Other"),
            target("bookworm", origin="Debian"),
        ]
        found = native_targets(known, declared, "bookworm")
        self.assertEqual(
            [(t.uri, t.release) for t in found],
            [(ARCHIVE, "bookworm"), (ARCHIVE, "bookworm-updates")],
        )

    def test_fresh_machine_without_indexes(self):
        declared = [
            target("nodistro", "http://node.example/"),
            target("trixie"),
            target("trixie-security", ARCHIVE.rstrip("/") + "-security/"),
        ]
        found = native_targets([], declared, "trixie")
        self.assertEqual([t.release for t in found], ["trixie", "trixie-security"])

    def test_signature_counts_on_a_fresh_machine(self):
        declared = [
            target("trixie", "http://other.example/apt/"),
            target("trixie", signed_by=KEY),
        ]
        found = native_targets([], declared, "trixie")
        self.assertEqual(found[0].uri, ARCHIVE)

    def test_suite_names_instead_of_codenames(self):
        found = native_targets([], [target("stable")], "trixie")
        self.assertEqual([t.release for t in found], ["stable"])

    def test_machine_without_debian(self):
        self.assertEqual(native_targets([], [target("noble")], "trixie"), [])

    def test_only_main(self):
        declared = [target("trixie", component="contrib")]
        self.assertEqual(native_targets([], declared, "trixie"), [])

    def test_source_line_names_the_keyring(self):
        self.assertIn("signed-by=/", source_line(ARCHIVE, "sid"))


if __name__ == "__main__":
    unittest.main()
