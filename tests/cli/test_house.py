"""The gates of how the addons are built."""

import tempfile
import unittest
from pathlib import Path

from sajad_cli.checks import arrows, house

BASE, LEAF, TOP = "sajad_base", "sajad_visit", "sajad_clearance"
MANIFESTS = {
    BASE: {"depends": ["web"]},
    LEAF: {"depends": [BASE]},
    TOP: {"depends": [BASE]},
}
REQUEST = 'class R(models.Model):\n    _name = "sajad.request"\n    def _a(self): ...\n'
AGAIN = (
    'class R(models.Model):\n    _inherit = "sajad.request"\n    def _%s(self): ...\n'
)


class House(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addons = Path(folder.name)
        self.write(f"{BASE}/models/request.py", REQUEST)

    def write(self, name, text):
        path = self.addons / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def classes(self):
        return house.model_classes(self.addons)


class TestModels(House):
    def test_who_defines_and_who_opens(self):
        self.write(
            f"{BASE}/models/code.py",
            'class P(models.Model):\n    _name = "sajad.request"\n'
            '    _inherit = ["sajad.request", "mail.thread"]\n',
        )
        self.write(f"{TOP}/models/request.py", AGAIN % "b")
        self.assertEqual(house.own_models(self.classes()), {"sajad.request": BASE})
        found = house.reopenings(self.classes())
        self.assertEqual([c.path.name for c in found], ["code.py"])

    def test_an_addon_does_not_override_itself(self):
        self.write(f"{BASE}/models/more.py", AGAIN % "b")
        self.write(f"{TOP}/models/request.py", AGAIN % "a")
        self.write(f"{BASE}/tests/test_it.py", AGAIN % "a")
        self.assertEqual(house.overrides(self.classes()), [])
        self.write(f"{BASE}/models/again.py", AGAIN % "a")
        house.python_files.cache_clear()
        (wrong,) = house.overrides(self.classes())
        self.assertIn("again.py:1: sajad.request._a is defined in", wrong)
        self.assertIn("request.py:1", wrong)

    def test_a_mixin_may_be_overridden(self):
        self.write(
            f"{BASE}/models/mixin.py",
            'class M(models.AbstractModel):\n    _name = "sajad.mixin"\n'
            "    def _a(self): ...\n"
            'class U(models.Model):\n    _name = "sajad.use"\n'
            '    _inherit = ["sajad.mixin"]\n    def _a(self): ...\n',
        )
        self.assertEqual(house.overrides(self.classes()), [])

    def test_counts(self):
        for number in range(house.MAX_REOPENINGS):
            self.write(f"{BASE}/models/m{number}.py", AGAIN % f"m{number}")
        self.assertEqual(house.too_many_reopenings(self.classes()), [])
        self.write(f"{BASE}/wizards/one_more.py", AGAIN % "more")
        house.python_files.cache_clear()
        first, *places = house.too_many_reopenings(self.classes())
        self.assertIn("16 times, 15 allowed", first)
        self.assertEqual(len(places), 16)

    def test_sizes(self):
        self.assertEqual(house.sizes(self.addons), [])
        self.write(f"{BASE}/models/long.py", "\n" * 301)
        self.write(f"{BASE}/models/middle.py", "\n" * 111)
        wrong = house.sizes(self.addons)
        self.assertEqual(len(wrong), 2)
        self.assertIn("long.py: 301 lines, 300 allowed", wrong[0])
        self.assertIn("all addons: half", wrong[1])
        self.assertIn("more than 111 lines, 110 allowed", wrong[1])
        for number in range(house.MANY_FILES):
            self.write(f"{TOP}/models/m{number}.py", "\n" * 120)
            self.write(f"{BASE}/models/m{number}.py", "")
            self.write(f"{BASE}/models/n{number}.py", "")
        (few,) = house.sizes(self.addons)[1:]
        self.assertTrue(few.startswith(f"{TOP}: half of the files"))

    def test_elevations(self):
        engine = f"{BASE}/models/engine/engine.py"
        self.write(engine, "a.sudo()\n" * house.MAX_ELEVATIONS)
        self.write(f"{BASE}/models/other.py", "a.sudo()\n")
        self.assertEqual(house.elevations(self.addons), [])
        self.write(engine, "a.sudo()\n" * (house.MAX_ELEVATIONS + 1))
        house.python_files.cache_clear()
        self.assertIn("13 times, 12 allowed", house.elevations(self.addons)[0])

    def test_rows(self):
        self.write(f"{BASE}/models/row.py", '"""Asks (rows A1, B12)."""\n')
        known = "| A1 | what |\n| B2 | what |\n"
        wrong = house.unknown_rows(self.addons, known)
        self.assertEqual(wrong, [f"{BASE}/models/row.py: no row B12"])


class TestArrows(House):
    def wrong(self):
        house.python_files.cache_clear()
        return arrows.wrong_arrows(self.addons, MANIFESTS)

    def test_down_is_right(self):
        self.write(f"{TOP}/models/a.py", 'self.env["sajad.request"]\n')
        self.write(f"{TOP}/b.py", "from odoo.addons.sajad_base.tools import x\n")
        self.write(f"{TOP}/views/v.xml", '<field ref="sajad_base.v" model="x.y"/>')
        self.assertEqual(self.wrong(), [])
        self.assertIn((TOP, BASE), arrows.arrows(self.addons, MANIFESTS))

    def test_up_and_across_is_wrong(self):
        self.write(f"{LEAF}/models/v.py", 'class V(M):\n    _name = "sajad.visit"\n')
        for name, text in {
            f"{BASE}/models/comodel.py": 'x = Many2one("sajad.visit")\n',
            f"{BASE}/models/imported.py": "from odoo.addons.sajad_visit import v\n",
            f"{BASE}/models/xmlid.py": 'env.ref("sajad_visit.group")\n',
            f"{BASE}/views/v.xml": '<record model="sajad.visit" id="x"/>',
            f"{BASE}/security/a.csv": "a,sajad_visit.model_sajad_visit,1\n",
            f"{BASE}/static/src/a.js": 'import {a} from "@sajad_visit/a";\n',
            f"{TOP}/tests/t.py": 'self.env["sajad.visit"]\n',
        }.items():
            self.write(name, text)
            wrong = self.wrong()
            self.assertTrue(wrong, name)
            place = f"{name}:1: "
            self.assertTrue(all(place in line for line in wrong), wrong)
            (self.addons / name).unlink()

    def test_prose_is_no_arrow(self):
        self.write(f"{BASE}/models/p.py", '"""As sajad_visit does, see there."""\n')
        self.write(f"{BASE}/views/v.xml", '<field name="sajad_visit_ids"/>')
        self.assertEqual(self.wrong(), [])

    def test_the_plan(self):
        self.assertEqual(arrows.against_plan(MANIFESTS), [])
        wrong = arrows.against_plan(
            {
                BASE: {"depends": [LEAF]},
                LEAF: {"depends": []},
                TOP: {"depends": ["sajad_dossier"]},
                "sajad_dossier": {"depends": ["mail"]},
                "sajad_new": {},
            }
        )
        self.assertEqual(
            wrong,
            [
                f"{BASE} depends on {LEAF}, which is not below it",
                f"{TOP} depends on sajad_dossier, which is not below it",
                "sajad_new: not in the plan (FLOORS)",
            ],
        )


if __name__ == "__main__":
    unittest.main()
