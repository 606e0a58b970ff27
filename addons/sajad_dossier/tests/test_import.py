import os
import tempfile
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sajad_base.tools.clock import get_country_today

from ..models import sajad_dossier_import
from .common import make_jpg
from .common_import import PDF, ImportCommon, make_pdf

ADD = {"on_existing": "add"}


@tagged("post_install", "-at_install")
class TestImport(ImportCommon):
    """Many files for many dossiers at once (row C8)."""

    def test_a_verdict_for_each_file(self):
        record = self.upload(
            {
                "scans/1001_birth.pdf": make_pdf(1),
                "scans/۱۰۰۱_کارت آزمون.pdf": make_pdf(2),
                "scans/102_birth.pdf": make_pdf(3),
                "scans/1001_unknown.pdf": make_pdf(4),
                "scans/777_birth.pdf": make_pdf(5),
                "scans/notes.pdf": make_pdf(6),
                "scans/1001_photo.pdf": make_pdf(7),
                "scans/1001_national_card.pdf": PDF[:-20],
                "scans/1001_letter.pdf": b"",
            }
        )
        self.assertEqual(record.state, "checked")
        self.assertEqual(
            self.get_verdicts(record),
            {
                "scans/1001_birth.pdf": "new",
                "scans/۱۰۰۱_کارت آزمون.pdf": "refused",
                "scans/102_birth.pdf": "new",
                "scans/1001_unknown.pdf": "refused",
                "scans/777_birth.pdf": "refused",
                "scans/notes.pdf": "refused",
                "scans/1001_photo.pdf": "refused",
                "scans/1001_national_card.pdf": "refused",
                "scans/1001_letter.pdf": "refused",
            },
        )
        messages = self.get_messages(record)
        self.assertIn("no kind of document", messages["scans/1001_unknown.pdf"])
        self.assertIn("has the number 777", messages["scans/777_birth.pdf"])
        self.assertIn("does not follow the pattern", messages["scans/notes.pdf"])
        self.assertIn("is not a JPG or PNG", messages["scans/1001_photo.pdf"])
        self.assertIn("damaged", messages["scans/1001_national_card.pdf"])
        self.assertIn("empty", messages["scans/1001_letter.pdf"])
        self.assertIn("is opened", messages["scans/102_birth.pdf"])
        birth = record.line_ids.filtered(lambda line: line.path.endswith("1_birth.pdf"))
        self.assertEqual(birth.item_name, self.item("birth").requirement_id.name)
        # a dry run keeps nothing
        self.assertFalse(self.find())
        self.assertFalse(self.second.dossier_ids)

    def test_kept_as_by_hand(self):
        """Documents, versions, checklist, history: as if each were added by itself."""
        content = make_pdf(1)
        record = self.keep({"1001_birth.pdf": content, "102_birth.pdf": make_pdf(2)})
        self.assertEqual((record.state, record.progress), ("done", 100))
        self.assertFalse(record.file)
        document = self.find()
        by_hand = self.add("letter", make_pdf(3), user=self.user_officer)
        for name, field in document._fields.items():
            if field.store and field.compute and name != "search_key":
                self.env.add_to_compute(field, document)
                value = document[name]
                document.invalidate_recordset()
                self.assertEqual(document[name], value, name)
        self.assertEqual(document.state, by_hand.state)
        self.assertEqual(document.item_id, self.item("birth"))
        self.assertEqual(self.item("birth").state, "submitted")
        self.assertEqual(document.create_uid, self.user_officer)
        version = document.version_id
        self.assertEqual((version.number, version.size), (1, len(content)))
        self.assertEqual(version._get_attachment().raw, content)
        looks = self.env["sajad.dossier.access"].search(
            [("version_id", "=", version.id)]
        )
        self.assertEqual(looks.kind, "import")
        self.assertEqual(looks.user_id, self.user_officer)
        found = self.Document.search([("search_key", "ilike", document.name)])
        self.assertIn(document, found)
        self.assertEqual(self.find(self.second).type_id, self.get_type("birth"))

    def test_never_twice(self):
        files = {"1001_birth.pdf": make_pdf(1), "1001_national_card.pdf": make_pdf(2)}
        self.keep(files)
        again = self.upload(files)
        self.assertEqual(set(self.get_verdicts(again).values()), {"same"})
        with self.assertRaisesRegex(UserError, "no file to be kept"):
            again.action_import()
        # two uploads that were examined before either was kept
        files = {"1001_letter.pdf": make_pdf(3)}
        one, two = self.upload(files), self.upload(files)
        one.action_import()
        two.action_import()
        two.action_import()
        self.run_jobs()
        self.assertEqual(len(self.find()), 3)
        self.assertEqual(two.state, "done")
        self.assertEqual(two.line_ids.result, "same")

    def test_copies_inside_one_zip(self):
        record = self.upload(
            {
                "a/1001_birth.pdf": make_pdf(1),
                "b/1001_birth.pdf": make_pdf(1),
                "c/1001_birth.pdf": make_pdf(2),
            }
        )
        self.assertEqual(
            list(self.get_verdicts(record).values()), ["new", "same", "refused"]
        )

    def test_pages_of_one_document(self):
        files = {
            f"1001_birth_{page}.jpg": make_jpg(600 + page, 800) for page in (2, 1, 3)
        }
        record = self.keep(files)
        document = self.find()
        pages = document.page_ids
        self.assertEqual(document.version_id, pages[0])
        self.assertEqual(pages.mapped("page"), [1, 2, 3])
        self.assertEqual(set(pages.mapped("number")), {1})
        for page in pages:
            content = page._get_attachment().raw
            self.assertEqual(content, files[f"1001_birth_{page.page}.jpg"])
        self.assertTrue(all(record.line_ids.mapped("is_kept")))
        again = self.upload(files)
        self.assertEqual(set(self.get_verdicts(again).values()), {"same"})

    def test_pages_that_do_not_fit(self):
        cases = {
            "is missing": {"1001_birth_1.pdf": PDF, "1001_birth_3.pdf": PDF},
            "the same page": {"1001_birth_1.pdf": PDF, "1001_birth_01.pdf": PDF},
            "another page of it": {"1001_birth_1.pdf": PDF, "1001_birth_2.pdf": b"x"},
        }
        for sentence, files in cases.items():
            with self.subTest(sentence):
                record = self.upload(files)
                self.assertEqual(set(self.get_verdicts(record).values()), {"refused"})
                messages = " ".join(self.get_messages(record).values())
                self.assertIn(sentence, messages)

    def test_where_a_document_is_there(self):
        document = self.add("birth", make_pdf("old"))
        files = {"1001_birth.pdf": make_pdf("newer")}
        self.assertEqual(self.upload(files).line_ids.result, "refused")
        document.with_user(self.user_officer).action_reject("Unreadable")
        self.assertEqual(self.upload(files).line_ids.result, "version")
        record = self.keep(files, on_existing="version")
        self.assertEqual(document.version_id.number, 2)
        self.assertEqual(document.state, "submitted")
        record.action_reverse()
        self.assertEqual((document.version_id.number, document.state), (1, "rejected"))
        self.keep({"1001_birth.pdf": make_pdf("own")}, on_existing="add")
        self.assertEqual(len(self.find()), 2)

    def test_drafts_of_the_student_stay_hers(self):
        draft = self.add("birth", make_pdf("draft"))
        draft.sudo().state = "draft"
        record = self.upload({"1001_birth.pdf": make_pdf("draft")})
        self.assertEqual(record.line_ids.result, "new")

    def test_exam_cards_in_a_group(self):
        """One kind for all; nobody verifies what comes so, and it is kept at once."""
        kind = self.get_type("exam_card")
        record = self.keep(
            {"1001.pdf": make_pdf(1), "0102.pdf": make_pdf(2)},
            pattern="{student_number}",
            type_id=kind.id,
        )
        self.assertEqual(record.new_count, 2)
        self.assertEqual(self.find().state, "verified")
        self.assertEqual(self.find(self.second).type_id, kind)
        with self.assertRaisesRegex(UserError, "Say what the files are"):
            self.upload({"1001.pdf": PDF}, pattern="{student_number}")

    def test_confidential_transcripts(self):
        """Only an office that sees such papers brings them."""
        files = {"1001_confidential_transcript.pdf": make_pdf(1)}
        record = self.upload(files)
        self.assertIn("does not see papers", record.line_ids.message)
        self.keep(files, user=self.user_central)
        self.assertEqual(self.find().state, "verified")
        self.assertFalse(self.find().with_user(self.user_officer).has_access("read"))

    def test_taken_back(self):
        record = self.keep(
            {"1001_birth.pdf": make_pdf(1), "102_birth.pdf": make_pdf(2)}
        )
        documents = self.find() | self.find(self.second)
        record.action_reverse()
        self.assertEqual(record.state, "reversed")
        self.assertFalse(self.find())
        self.assertEqual(self.item("birth").state, "missing")
        self.assertEqual(documents.deleted_by_id, self.user_officer)
        with self.assertRaisesRegex(UserError, "be taken back now"):
            record.action_reverse()
        # nothing is lost, and the same can come again
        documents[0].with_user(self.user_officer).action_restore()
        self.assertEqual(self.item("birth").state, "submitted")

    def test_newer_version_is_taken_back(self):
        """It is rejected as before, and the same file can come again."""
        document = self.add("birth", make_pdf("bad"), user=self.user_central)
        fault = self.env.ref("sajad_dossier.sajad_document_fault_unreadable")
        deadline = fields.Date.add(get_country_today(), days=30)
        document.with_user(self.user_officer).action_reject(
            "The left side", fault.id, deadline
        )
        files = {"1001_birth.pdf": make_pdf("better")}
        record = self.keep(files)
        self.assertEqual((document.state, record.version_count), ("submitted", 1))
        record.action_reverse()
        self.assertRecordValues(
            document,
            [
                {
                    "state": "rejected",
                    "fault_id": fault.id,
                    "reject_note": "The left side",
                    "deadline": deadline,
                }
            ],
        )
        self.assertEqual(document.version_id.number, 1)
        record = self.keep(files)
        self.assertEqual((document.state, record.version_count), ("submitted", 1))
        # what counts is there already, and so is what it took the place of
        for text in ("better", "bad"):
            record = self.upload({"1001_birth.pdf": make_pdf(text)})
            self.assertEqual(record.same_count, 1)

    def test_not_taken_back_once_verified(self):
        record = self.keep(
            {"1001_birth.pdf": make_pdf(1), "102_birth.pdf": make_pdf(2)}
        )
        document = self.find()
        self.env.cr.execute(
            "UPDATE sajad_dossier_version SET create_uid = %s",
            [self.user_student.id],
        )
        self.env.invalidate_all()
        document.with_user(self.user_officer).action_verify()
        with self.assertRaisesRegex(UserError, "1 of the documents"):
            record.action_reverse()
        self.assertTrue(self.find(self.second))

    def test_killed_between_parts(self):
        """What was committed is not done again, by going on or by itself."""
        self.startPatcher(patch.object(sajad_dossier_import, "FEW", 0))
        files = {f"1001_letter_x{n}.pdf": make_pdf(n) for n in range(5)}
        record = self.env["sajad.dossier.import"]
        record = self.upload(
            files,
            pattern="{student_number}_{document_type}_{any}",
            on_existing="add",
        )
        self.assertEqual((record.state, record.new_count), ("checked", 5))
        record.action_import()
        self.run_jobs(rounds=1)
        self.assertEqual(len(self.find()), 2)
        self.assertEqual((record.state, record.progress), ("running", 40))
        # the work was stopped as a whole: the rest is asked for again
        record.batch_id.action_stop()
        record.action_import()
        self.run_jobs()
        self.assertEqual(len(self.find()), 5)
        self.assertEqual((record.state, record.progress), ("done", 100))
        self.assertEqual(len(self.find().version_id.attachment_id), 5)

    def test_folder_of_the_university(self):
        with tempfile.TemporaryDirectory() as root:
            self.env["ir.config_parameter"].set_param("sajad_dossier.folder", root)
            own = os.path.join(root, self.university.code, "entry")
            other = os.path.join(root, "OU")
            os.makedirs(own)
            os.makedirs(other)
            for folder in (own, other):
                with open(os.path.join(folder, "1001_birth.pdf"), "wb") as file:
                    file.write(make_pdf(folder))
            os.symlink(
                os.path.join(other, "1001_birth.pdf"),
                os.path.join(own, "1001_letter.pdf"),
            )
            os.symlink(other, os.path.join(own, "link"))
            record = self.upload({}, source="folder", folder="entry")
            self.assertEqual(
                self.get_verdicts(record),
                {"1001_birth.pdf": "new", "1001_letter.pdf": "refused"}
                | {"link": "refused"},
            )
            for folder in ("../OU", "entry/link", "/etc", "nowhere", "entry/../../OU"):
                with self.subTest(folder), self.assertRaisesRegex(UserError, "no such"):
                    self.upload({}, source="folder", folder=folder)
            # what was examined is kept, whatever becomes of the folder meanwhile
            path = os.path.join(own, "1001_birth.pdf")
            with open(path, "ab") as file:
                file.write(b"\n")
            record.action_import()
            self.run_jobs()
            kept = self.find().version_id
            self.assertEqual(kept._get_attachment().raw, make_pdf(own))
            self.assertEqual(kept.size, len(make_pdf(own)))
            # and where the store was cleaned, nothing else is kept instead
            record = self.upload({}, source="folder", folder="entry", **ADD)
            line = record.line_ids.filtered("sha256")
            os.unlink(self.get_path(line.checksum))
            os.truncate(path, len(PDF))
            record.action_import()
            self.run_jobs()
            self.assertEqual(self.find().version_id, kept)
            self.assertIn("was changed after", line.message)

    def get_path(self, checksum):
        return self.env["ir.attachment"]._full_path(f"{checksum[:2]}/{checksum}")

    def test_store_was_cleaned_or_written_in_half(self):
        """Of a process that was killed, or where a day went by before the click."""
        content = make_pdf("stored")
        for damage in (os.unlink, lambda path: os.truncate(path, 100)):
            record = self.upload({"1001_birth.pdf": content}, **ADD)
            path = self.get_path(record.line_ids.checksum)
            damage(path)
            record.action_import()
            self.run_jobs()
            document = self.find()
            self.assertEqual(document.version_id._get_attachment().raw, content)
            document.with_user(self.user_officer).action_delete("again")
        # half of it was there before it was examined
        os.truncate(path, 100)
        self.keep({"1001_birth.pdf": content}, **ADD)
        self.assertEqual(self.find().version_id._get_attachment().raw, content)

    def test_files_in_the_database(self):
        self.env["ir.config_parameter"].set_param("ir_attachment.location", "db")
        content = make_pdf("in the database")
        self.keep({"1001_birth.pdf": content})
        attachment = self.find().version_id._get_attachment()
        self.assertFalse(attachment.store_fname)
        self.assertEqual(attachment.raw, content)

    def test_kind_by_the_beginning_of_its_name(self):
        self.get_type("birth").name = "Identity Booklet, All Pages"
        record = self.upload({"1001_identity booklet.pdf": PDF})
        self.assertEqual(record.line_ids.type_id, self.get_type("birth"))

    # ------------------------------------------------------------
    # ACCESS
    # ------------------------------------------------------------

    def test_others(self):
        record = self.upload({"1001_birth.pdf": PDF})
        for user in (self.user_central, self.user_stranger, self.user_student):
            with self.subTest(user.login), self.assertRaises(AccessError):
                record.with_user(user).action_import()
            with self.subTest(user.login), self.assertRaises(AccessError):
                record.line_ids.with_user(user).mapped("path")

    def test_who_keeps_no_dossiers(self):
        with self.assertRaisesRegex(AccessError, "do not keep"):
            self.upload({"1001_birth.pdf": PDF}, user=self.user_stranger)
        other = self.make_university("Other", "OX")
        with self.assertRaisesRegex(AccessError, "do not keep"):
            self.upload({"1001_birth.pdf": PDF}, university_id=other.id)

    def test_rights_end_meanwhile(self):
        record = self.upload({"1001_birth.pdf": PDF})
        record.action_import()
        self.cartable_faculty.member_ids.date_to = "2020-01-01"
        self.env.invalidate_all()
        self.run_jobs()
        self.assertFalse(self.find())
        self.assertIn("not in charge", record.line_ids.message)

    def test_students_of_other_faculties(self):
        faculty = self.faculty.copy({"name": "Another", "code": "F9"})
        self.second.faculty_id = faculty
        record = self.upload({"102_birth.pdf": PDF})
        self.assertIn("No student whose dossier you keep", record.line_ids.message)

    def test_only_methods_write(self):
        record = self.upload({"1001_birth.pdf": PDF})
        for values in ({"state": "done"}, {"batch_id": False}):
            with self.subTest(values), self.assertRaises(AccessError):
                record.write(values)
        with self.assertRaises(AccessError):
            record.line_ids.write({"result": "new"})
        # another pattern: all is examined anew
        record.pattern = "{national_id}_{document_type}"
        self.assertEqual(record.state, "draft")
        self.assertFalse(record.line_ids)
