import itertools
from unittest.mock import patch

from odoo.tests import tagged

from ..models import sajad_dossier_import
from .common_import import ImportCommon, make_pdf

PATTERN = "{student_number}/{document_type}/{any}"
# statements that keeping a part takes, with what they bring about
KEPT = 40


@tagged("post_install", "-at_install")
class TestImportCount(ImportCommon):
    """A part asks the database as often for five hundred files as for twenty (C8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(sajad_dossier_import, "FEW", 0))
        cls.startClassPatcher(patch.object(sajad_dossier_import, "CHUNK", 500))
        students = cls.env["sajad.student"]
        for number in range(20):
            students |= cls.make_student(f"77{number:02}", cls.university)
        students.faculty_id = cls.faculty
        cls.env["sajad.dossier"].create([{"student_id": s.id} for s in students])
        cls.contents = itertools.count()
        cls.numbers = students.mapped("student_number")

    def count(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        # the session has read its user, and the server its data
        self.user_officer.partner_id.fetch(["lang", "tz"])
        before = self.env.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def count_steps(self, each, code, students=20):
        files = {
            f"{student}/{code}/{number}.pdf": make_pdf(next(self.contents))
            for student in self.numbers[:students]
            for number in range(each)
        }
        record = self.upload(files, pattern=PATTERN, on_existing="add")
        self.assertEqual(record.new_count, len(files), record.line_ids[:1].message)
        record.sudo().state = "examining"
        record.line_ids.sudo().write({"result": "waiting"})
        heads = record.line_ids.browse(record.line_ids.ids)
        heads = heads.with_user(self.user_officer)
        examined = self.count(heads._batch_examine)
        self.assertEqual(record.state, "checked")
        record.sudo().state = "running"
        kept = self.count(heads._batch_keep)
        self.assertEqual((record.state, record.progress), ("done", 100))
        return examined, kept

    def test_files_that_nobody_verifies(self):
        self.count_steps(1, "exam_card")
        few, many = self.count_steps(1, "exam_card"), self.count_steps(25, "exam_card")
        self.assertEqual(few, many)
        self.assertLessEqual(many[0], 20)
        self.assertLessEqual(many[1], 45)

    def test_how_often_keeping_asks(self):
        """Of one file, of twenty and of five hundred, each statement is counted."""
        self.count_steps(1, "exam_card")
        sizes = {1: (1, 1), 20: (1, 20), 500: (25, 20)}
        kept = {
            count: self.count_steps(each, "exam_card", students)[1]
            for count, (each, students) in sizes.items()
        }
        self.assertEqual(kept, dict.fromkeys(sizes, KEPT))

    def test_files_that_are_sent_for_verification(self):
        self.count_steps(1, "letter")
        few, many = self.count_steps(1, "letter"), self.count_steps(25, "letter")
        self.assertEqual(few, many)

    def test_verify_many(self):
        """Five hundred are verified with as many queries as twenty (row C5)."""
        counts = []
        for each in (1, 1, 25):
            self.count_steps(each, "letter")
            self.env.cr.execute(
                "UPDATE sajad_dossier_version SET create_uid = %s",
                [self.user_student.id],
            )
            domain = [("state", "=", "submitted")]
            documents = self.Document.with_user(self.user_officer).search(domain)
            self.assertEqual(len(documents), 20 * each)
            counts.append(self.count(documents.action_verify))
            self.assertEqual(set(documents.mapped("state")), {"verified"})
        self.assertEqual(counts[1], counts[2])
        self.assertLessEqual(counts[2], 20)

    def test_names_of_the_files(self):
        """Reading the names of many takes as many statements as of a few."""
        counts = []
        for each in (1, 25):
            files = {
                f"{student}/letter/{number}.pdf": make_pdf(number)
                for student in self.numbers
                for number in range(each)
            }
            record = self.upload(files, pattern=PATTERN, on_existing="add")
            counts.append(self.count(record.action_check))
        self.assertEqual(*counts)
