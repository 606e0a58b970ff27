from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import make_jpg
from .common_import import ImportCommon, make_pdf

# what a student of 1399 needs for admission
NEEDED = {
    "1001_photo.jpg": make_jpg(600, 800),
    "1001_prior_degree.pdf": make_pdf("degree"),
    "1001_prior_approval.pdf": make_pdf("approval"),
    "1001_prior_transcript.pdf": make_pdf("transcript"),
    "1001_birth.pdf": make_pdf("birth"),
}
LAST = {"1001_national_card.pdf": make_pdf("card")}


@tagged("post_install", "-at_install")
class TestImportSend(ImportCommon):
    """What many bring at once goes to the offices by itself (rows C5, C8)."""

    def get_missing(self):
        return self.dossier._get_missing_items("admission").requirement_id.mapped(
            "name"
        )

    def test_sent_when_a_phase_is_complete(self):
        """Not before, so that an office sees all papers of a phase together."""
        first = self.keep(NEEDED)
        self.assertEqual(set(first.line_ids.mapped("result")), {"new"})
        self.assertFalse(self.dossier.request_ids)
        self.assertEqual(first.sent_count, 0)
        record = self.keep(LAST)
        request = self.dossier.request_ids
        self.assertEqual(request.dossier_phase, "admission")
        self.assertEqual(request.partner_id, self.student.partner_id)
        self.assertStates(request, faculty="ready", admissions="waiting")
        self.assertEqual(record.sent_count, 1)
        # another paper joins it
        self.keep({"1001_birth.pdf": make_pdf("b")}, on_existing="add")
        self.assertEqual(self.dossier.request_ids, request)

    def test_nothing_to_verify_is_not_sent(self):
        self.keep({"1001_exam_card.pdf": make_pdf(1)})
        self.assertEqual(self.find().state, "verified")
        self.assertFalse(self.dossier.request_ids)

    def test_better_files_go_back_to_their_office(self):
        """As soon as the last rejected one is replaced."""
        self.keep(NEEDED | LAST)
        request = self.dossier.request_ids
        # as if somebody else had brought them
        self.env.cr.execute(
            "UPDATE sajad_dossier_version SET create_uid = %s", [self.user_student.id]
        )
        self.env.invalidate_all()
        for document in self.find().with_user(self.user_officer):
            if document.type_id.code in ("birth", "national_card"):
                document.action_reject("Unreadable")
            else:
                document.action_verify()
        self.task(request, "faculty", self.user_officer).action_return_rejected()
        self.assertEqual(request.state, "returned")
        self.keep({"1001_birth.pdf": make_pdf("better birth")})
        self.assertEqual(request.state, "returned")
        self.keep({"1001_national_card.pdf": make_pdf("better card")})
        self.assertEqual(request.state, "running")
        self.assertStates(request, faculty="ready")

    def test_kept_where_nothing_can_be_sent(self):
        """A process that takes no requests now keeps no scan out of the dossier."""
        self.process.call_start = "2100-01-01"
        record = self.keep(NEEDED | LAST)
        self.assertEqual(record.state, "done")
        self.assertEqual(len(self.find()), 6)
        self.assertFalse(self.dossier.request_ids)
        self.assertIn("not sent for verification", str(self.get_messages(record)))

    def test_taken_back_with_what_was_sent(self):
        self.dossier.with_user(self.user_officer).action_final_check()
        final = self.dossier.request_ids
        record = self.keep(NEEDED | LAST)
        request = self.dossier.request_ids - final
        record.action_reverse()
        self.assertEqual(request.state, "cancelled")
        self.assertIn(
            "The bulk upload was taken back.", request.event_ids.mapped("reason")
        )
        # what somebody else began goes on
        self.assertEqual(final.state, "running")
        # and all can be brought again
        self.keep(NEEDED | LAST)
        self.assertEqual(len(self.dossier.request_ids), 3)

    def test_taken_back_beside_others(self):
        """Who has a paper left at the office keeps the request."""
        record = self.keep(NEEDED | LAST)
        request = self.dossier.request_ids
        self.add("birth", make_pdf("own"))
        record.action_reverse()
        self.assertEqual(request.state, "running")

    def test_not_taken_back_after_a_decision(self):
        record = self.keep(NEEDED | LAST)
        self.env.cr.execute(
            "UPDATE sajad_dossier_version SET create_uid = %s", [self.user_student.id]
        )
        self.env.invalidate_all()
        self.find()[:1].with_user(self.user_officer).action_verify()
        with self.assertRaisesRegex(UserError, "1 of the documents"):
            record.action_reverse()
        self.assertEqual(self.dossier.request_ids.state, "running")
