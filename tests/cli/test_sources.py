"""Texts that must not stand in the files."""

import tempfile
import unittest
from pathlib import Path

from sajad_cli.checks import sources

HOST = ".".join(["pypi", "org"])
OLD = "kanban-" + "box"
CHATTER = "oe_" + "chatter"


class TestCheckText(unittest.TestCase):
    def test_registry_host_anywhere(self):
        wrong = sources.check_text("README.md", f"see {HOST}/simple")
        self.assertEqual(len(wrong), 1)

    def test_old_view_idioms(self):
        for text in (
            f'<t t-name="{OLD}">',
            f'<div class="{CHATTER}">',
            "<t t-" + 'esc="name"/>',
            '<field name="view_mode">tr' + "ee,form</field>",
        ):
            wrong = sources.check_text("addons/a/views/x.xml", text)
            self.assertEqual(len(wrong), 1, text)

    def test_old_view_mode_in_python(self):
        text = '{"view_mode": "tr' + 'ee,form"}'
        self.assertEqual(len(sources.check_text("addons/a/models/x.py", text)), 1)

    def test_one_owner_of_the_day(self):
        for text in ("fields.Date." + "today()", "Date.context_" + "today(self)"):
            self.assertEqual(len(sources.check_text("addons/a/models/x.py", text)), 1)
        text = "[('date_to', '&gt;=', 'to" + "day')]"
        self.assertEqual(len(sources.check_text("addons/a/security/x.xml", text)), 1)
        self.assertEqual(sources.check_text("addons/a/views/x.xml", text), [])

    def test_new_idioms_pass(self):
        text = '<field name="view_mode">list,form,kanban</field><chatter/>'
        self.assertEqual(sources.check_text("addons/a/views/x.xml", text), [])

    def test_four_values_that_keep_their_sides(self):
        name = "addons/a/static/src/scss/x.scss"
        for text in (
            "inset: 0 1px 0 auto;",
            "scroll-margin: 1px 2px 3px 4px;",
            "scroll-padding:1px 2px 3px 4px;",
        ):
            self.assertEqual(len(sources.check_text(name, text)), 1, text)
        for text in (
            "inset: 0;",
            "inset: 0 1px;",
            "inset-inline: 0 1px;",
            "margin: 1px 2px 3px 4px;",
        ):
            self.assertEqual(sources.check_text(name, text), [], text)

    def test_idioms_count_in_addons_only(self):
        self.assertEqual(sources.check_text("docs/x.xml", OLD), [])


class TestFiles(unittest.TestCase):
    def test_folder_without_git(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / ".state").mkdir()
            (Path(folder) / ".state/x").touch()
            (Path(folder) / "a.py").write_text(f"# {HOST}\n")
            self.assertEqual(sources.files(folder), ["a.py"])
            self.assertEqual(len(sources.findings(folder)), 1)


if __name__ == "__main__":
    unittest.main()
