from odoo.tests import tagged
from odoo.tools import SQL

from ..models.sajad_dossier_count import DOSSIERS, ITEMS, PHASES
from ..models.sajad_dossier_item import PRESENT, SATISFIED, STATES
from .common import PDF_2, make_photo
from .common_import import ImportCommon, make_pdf


@tagged("post_install", "-at_install")
class TestCount(ImportCommon):
    """Completeness is stored, and right after every change (row C9)."""

    def count(self, items):
        required = items.filtered("is_required")
        return {
            "required_count": len(required),
            "present_count": len(required.filtered(lambda i: i.state in PRESENT)),
            "verified_count": len(required.filtered(lambda i: i.state in SATISFIED)),
        }

    def check(self, code, state):
        """Compare what is stored with the entries, as they are in the database."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.item(code).state, state)
        items = self.dossier.item_ids
        counts = self.count(items)
        for name, value in counts.items():
            self.assertEqual(self.dossier[name], value, name)
        missing = counts["required_count"] - counts["present_count"]
        self.assertEqual(self.dossier.missing_count, missing)
        percent = 100 * counts["verified_count"] // counts["required_count"]
        self.assertEqual(self.dossier.percent, percent)
        for phase, own in items.grouped("phase").items():
            row = self.dossier.phase_ids.filtered(lambda r, p=phase: r.phase == p)
            for name, value in self.count(own).items():
                self.assertEqual(row[name], value, (phase, name))

    def test_right_after_every_change(self):
        officer, central = self.user_officer, self.user_central
        document = self.add("birth")
        self.check("birth", "submitted")
        document.with_user(officer).action_reject("Unreadable")
        self.check("birth", "rejected")
        document._add_version("b.pdf", PDF_2)
        document.dossier_id._count_up()
        document.with_user(officer).action_verify()
        self.check("birth", "checked")
        document.with_user(central).action_verify()
        self.check("birth", "verified")
        document.with_user(officer).action_delete("twice")
        self.check("birth", "missing")
        document.with_user(officer).action_restore()
        self.check("birth", "verified")
        document.with_user(officer).date_until = "2020-01-01"
        self.check("birth", "missing")

    def test_waivers_and_drafts(self):
        self.item("birth").with_user(self.user_officer).action_waive("on paper")
        self.check("birth", "waived")
        self.item("birth").with_user(self.user_officer).action_need()
        self.check("birth", "missing")
        drafts, _pages = self.make_draft("photo")
        self.check("photo", "draft")
        drafts._discard()
        self.check("photo", "missing")

    def test_bulk_uploads(self):
        files = {"1001_birth.pdf": make_pdf(1), "1001_photo.jpg": make_photo()}
        record = self.keep(files)
        self.check("birth", "submitted")
        self.check("photo", "submitted")
        record.action_reverse()
        self.check("birth", "missing")

    def test_rules_that_change(self):
        requirement = self.item("birth").requirement_id
        self.add("birth")
        requirement.is_required = False
        self.check("birth", "submitted")
        requirement.is_required = True
        self.check("birth", "submitted")

    def test_nothing_has_changed(self):
        """Counting anew writes no row that is right already."""

        def get_places():
            rows = []
            for table in ("sajad_dossier", "sajad_dossier_phase", "sajad_dossier_item"):
                self.env.cr.execute(SQL("SELECT ctid FROM %s", SQL.identifier(table)))
                rows.append(sorted(self.env.cr.fetchall()))
            return rows

        self.add("birth")
        self.env.flush_all()
        before = get_places()
        self.dossier._count_up()
        self.assertEqual(get_places(), before)
        # and what is wrong is put right
        self.env.cr.execute("UPDATE sajad_dossier_phase SET present_count = 99")
        self.env.cr.execute("UPDATE sajad_dossier SET verified_count = 99")
        self.dossier._count_up()
        self.check("birth", "submitted")

    def test_plans_without_figures(self):
        """Nothing is joined: no table is looked through for each row of another."""
        values = {
            "ids": self.dossier.ids,
            "states": [state for state, _label in STATES],
            "today": "2026-01-01",
            "present": PRESENT,
            "satisfied": SATISFIED,
        }
        for statement in (ITEMS, PHASES, DOSSIERS):
            self.env.cr.execute(SQL("EXPLAIN %s", SQL(statement, **values)))
            plan = "\n".join(line for (line,) in self.env.cr.fetchall())
            self.assertNotRegex(plan, "Join|Nested Loop")
