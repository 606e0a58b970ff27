from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DossierCommon


@tagged("post_install", "-at_install")
class TestChecklist(DossierCommon):
    """What a dossier has to hold, and how complete it is (rows C3, C9)."""

    def _get_codes(self, **values):
        student = self.make_student("1077", self.university, **values)
        dossier = self.env["sajad.dossier"].create({"student_id": student.id})
        requirements = dossier.item_ids.requirement_id
        names = requirements.get_external_id().values()
        prefix = "sajad_dossier.sajad_document_requirement_"
        return {name.removeprefix(prefix) for name in names}

    def test_rules(self):
        """The table of the source: the previous degree by upload for 1399 alone."""
        always = {"photo", "prior_degree", "final_check"}
        iranian = always | {"birth", "national_card"}
        upload = {"prior_approval", "prior_transcript"}
        inquiry = {f"{name}_inquiry" for name in upload}
        kind = self.env.ref("sajad_dossier.sajad_admission_kind_exam")
        talent = self.env.ref("sajad_dossier.sajad_admission_kind_talent")
        veterans = self.env.ref("sajad_dossier.sajad_admission_quota_veterans")
        cases = [
            ({"entry_year": 1398, "sex": "female"}, iranian),
            ({"entry_year": 1399, "sex": "female"}, iranian | upload),
            ({"entry_year": 1400, "sex": "female"}, iranian | inquiry),
            ({"entry_year": 1403, "sex": "male"}, iranian | inquiry | {"military"}),
            (
                {"entry_year": 1398, "sex": "male", "is_international": True},
                always | {"passport"},
            ),
            (
                {"entry_year": 1398, "admission_kind_id": kind.id},
                iranian | {"exam_card", "confidential_transcript"},
            ),
            (
                {"entry_year": 1398, "admission_kind_id": talent.id},
                iranian | {"talent"},
            ),
            ({"admission_quota_id": veterans.id}, iranian | {"quota"}),
        ]
        for values, expected in cases:
            with self.subTest(values), self.env.cr.savepoint() as savepoint:
                self.assertEqual(self._get_codes(**values), expected)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_why(self):
        """The screen says why something is required."""
        whys = {
            code: self.env.ref(f"sajad_dossier.sajad_document_requirement_{code}").why
            for code in (
                "prior_approval",
                "prior_approval_inquiry",
                "photo",
                "military",
            )
        }
        self.assertEqual(
            whys,
            {
                "prior_approval": "entry 1399",
                "prior_approval_inquiry": "entry 1400 and later",
                "photo": "Everybody",
                "military": "Iranian Students and Male",
            },
        )

    def test_rules_of_the_day(self):
        """A dossier keeps the rules of the day on which it was opened."""
        rule = self.env.ref("sajad_dossier.sajad_document_requirement_photo")
        rule.date_from = "2099-01-01"
        student = self.make_student("1078", self.university)
        dossier = self.env["sajad.dossier"].create({"student_id": student.id})
        self.assertNotIn(rule, dossier.item_ids.requirement_id)
        self.assertIn(rule, self.dossier.item_ids.requirement_id)

    def test_student_changes(self):
        """What is not needed any more goes, unless somebody brought it."""
        self.assertTrue(self.item("prior_approval"))
        self.add("prior_transcript")
        self.student.entry_year = 1401
        codes = self.dossier.item_ids.requirement_id.mapped("name")
        self.assertNotIn("Approval of the Previous Degree", codes)
        self.assertIn("Approval of the Previous Degree, by Inquiry", codes)
        self.assertEqual(self.item("prior_transcript").state, "submitted")

    def test_one_of(self):
        """Any of the papers of a group is enough."""
        student = self.make_student("1079", self.university, sex="male")
        self.dossier = self.env["sajad.dossier"].create({"student_id": student.id})
        self.assertEqual(self.item("military").state, "missing")
        self.Document._add(
            self.dossier,
            self.get_type("military_exemption"),
            {"system": "Conscription office"},
        )
        self.assertEqual(self.item("military").state, "submitted")

    def test_completeness(self):
        """Right after every change, per phase and for the whole."""
        phase = self.dossier.phase_ids.filtered(lambda p: p.phase == "admission")
        self.assertEqual((phase.required_count, phase.verified_count), (6, 0))
        self.assertEqual(self.dossier.missing_count, 7)
        document = self.add("birth")
        self.assertEqual((phase.present_count, phase.verified_count), (1, 0))
        self.assertEqual(self.dossier.missing_count, 6)
        document.with_user(self.user_officer).action_verify()
        document.with_user(self.user_central).action_verify()
        self.assertEqual((phase.present_count, phase.verified_count), (1, 1))
        self.assertEqual(phase.percent, 16)
        document.with_user(self.user_officer).action_delete("of somebody else")
        self.assertEqual((phase.present_count, phase.verified_count), (0, 0))
        self.assertFalse(self.dossier._is_complete("admission"))

    def test_waive(self):
        item = self.item("photo").with_user(self.user_officer)
        with self.assertRaisesRegex(UserError, "Say why"):
            item.action_waive("  ")
        item.action_waive("Blind student, by letter 12")
        self.assertEqual(item.state, "waived")
        self.assertEqual(item.waiver_id, self.user_officer)
        self.assertEqual(self.dossier.verified_count, 1)
        item.action_need()
        self.assertEqual(item.state, "missing")
        self.assertEqual(self.dossier.verified_count, 0)

    def test_complete(self):
        """A hook that others ask: is it complete, and what is missing."""
        self.assertIn(self.item("photo"), self.dossier._get_missing_items("admission"))
        items = self.dossier.item_ids.filtered(lambda i: i.phase == "admission")
        items.with_user(self.user_officer).action_waive("test")
        self.assertTrue(self.dossier._is_complete("admission"))
        self.assertFalse(self.dossier._is_complete())
        self.assertEqual(self.dossier._get_missing_items(), self.item("final_check"))

    def test_many(self):
        """The number of statements does not grow with the number of dossiers."""
        counts = {}
        for size in (1, 20):
            students = [
                self.make_student(f"9{size}{n}", self.university) for n in range(size)
            ]
            dossiers = self.env["sajad.dossier"].create(
                [{"student_id": student.id} for student in students]
            )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            dossiers._apply_requirements()
            counts[size] = self.env.cr.sql_log_count - before
        self.assertEqual(counts[1], counts[20])
        self.assertLessEqual(counts[20], 6)

    def test_archive(self):
        """However a study ends, the dossier goes on being filled."""
        for end in ("graduated", "withdrawn", "expelled", "transferred", "other"):
            self.dossier.with_user(self.user_officer).end_kind = end
            self.assertEqual(self.dossier.archive, "inactive")
        self.add("letter", None, system="Office automation", number="12")
        self.assertEqual(len(self.dossier.document_ids), 1)
        with self.assertRaisesRegex(UserError, "is kept"):
            self.dossier.unlink()
