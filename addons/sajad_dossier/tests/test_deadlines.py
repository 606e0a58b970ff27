from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ..models import sajad_dossier_deadline
from .common import PDF, PDF_2, DossierCommon


@tagged("post_install", "-at_install")
class TestDeadlines(DossierCommon):
    """Substitutes and rejections end on a day, and remind before (rows C3, C4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.get_type("prior_interim").substitute_days = 180
        # a job commits, which a test must not
        cls.commit = cls.startClassPatcher(
            patch.object(cls.registry["ir.cron"], "_commit_progress", return_value=60)
        )

    def notices(self):
        domain = [("partner_id", "=", self.student.partner_id.id)]
        kinds = self.env["sajad.notice"].search(domain).mapped("kind")
        return [kind for kind in kinds if kind.startswith("document_")]

    @freeze_time("2026-11-01 08:00:00")
    def test_substitute(self):
        """It counts until its day, then the document is missing again."""
        document = self.add("prior_interim")
        self.assertEqual(str(document.date_until), "2027-04-30")
        document.with_user(self.user_officer).action_verify()
        document.with_user(self.user_central).action_verify()
        self.assertEqual(self.item("prior_degree").state, "verified")
        with freeze_time("2027-04-28 08:00:00"):
            self.Document._cron_deadlines()
            self.Document._cron_deadlines()
            self.assertEqual(self.notices(), ["document_soon"])
            self.assertEqual(self.item("prior_degree").state, "verified")
        with freeze_time("2027-05-01 08:00:00"):
            self.Document._cron_deadlines()
            self.Document._cron_deadlines()
            self.assertEqual(self.notices(), ["document_soon", "document_late"])
            self.assertEqual(self.item("prior_degree").state, "missing")
            document.invalidate_recordset()
            self.assertTrue(document.is_overdue)
            self.assertIn(self.item("prior_degree"), self.dossier._get_missing_items())

    @freeze_time("2026-11-01 08:00:00")
    def test_the_document_itself_came(self):
        """Nobody is reminded of a substitute whose document is there."""
        self.add("prior_interim")
        self.add("prior_degree", PDF_2)
        with freeze_time("2027-05-01 08:00:00"):
            self.Document._cron_deadlines()
            self.assertFalse(self.notices())
            self.assertEqual(self.item("prior_degree").state, "submitted")

    @freeze_time("2026-11-01 08:00:00")
    def test_rejection(self):
        document = self.add("birth")
        fault = self.env.ref("sajad_dossier.sajad_document_fault_pages")
        document.with_user(self.user_officer).action_reject(fault_id=fault.id)
        self.assertEqual(str(document.deadline), "2026-11-11")
        with freeze_time("2026-11-07 08:00:00"):
            self.Document._cron_deadlines()
            self.assertFalse(self.notices())
        with freeze_time("2026-11-12 08:00:00"):
            self.Document._cron_deadlines()
            self.assertEqual(self.notices(), ["document_late"])
            document.invalidate_recordset()
            self.assertTrue(document.is_overdue)
        document._add_version("better.pdf", PDF_2)
        self.assertFalse(document.is_overdue)

    def test_prolonged_by_the_office(self):
        document = self.add("prior_interim").with_user(self.user_officer)
        document.date_until = "2020-01-01"
        self.assertEqual(self.item("prior_degree").state, "missing")
        document.date_until = "2999-01-01"
        self.assertEqual(self.item("prior_degree").state, "submitted")

    @freeze_time("2026-11-01 08:00:00")
    def test_goes_on_where_it_was_cut_off(self):
        """Of many documents a part is dealt with at a time, and none is told twice."""
        self.startPatcher(patch.object(sajad_dossier_deadline, "BATCH", 1))
        fault = self.env.ref("sajad_dossier.sajad_document_fault_pages")
        for code, content in (("birth", PDF), ("letter", PDF_2)):
            document = self.add(code, content)
            document.with_user(self.user_officer).action_reject(fault_id=fault.id)
        with freeze_time("2026-11-12 08:00:00"):
            self.commit.return_value = 0
            self.addCleanup(setattr, self.commit, "return_value", 60)
            for count in (1, 2, 2):
                self.Document._cron_deadlines()
                self.assertEqual(self.notices(), ["document_late"] * count)
