import base64
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.http_routing.tests.common import MockRequest

from ..controllers.form_files import FormFiles
from ..models.request import sajad_upload_quota
from ..tools.file_check import PAPERS, PDF, Accepted, FileType
from .common import SajadCommon
from .test_file_check import make_picture
from .test_portal import PDF as PDF_CONTENT
from .test_portal import PNG as PNG_CONTENT

TEXT = FileType("TXT", "text/plain", (".txt",), lambda content: ("", None))


@tagged("post_install", "-at_install")
class TestUpload(SajadCommon):
    """Files that come in, for any model and any place (row B9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Upload = cls.env["sajad.upload"].with_user(cls.user_student)
        # any record will do: an upload knows nothing of requests
        cls.record = cls.env["sajad.university"].sudo().search([], limit=1)

    def test_emblem(self):
        """The emblem of a university is a picture that papers can show."""
        picture = make_picture("PNG")
        university = self.university
        university.emblem = base64.b64encode(picture)
        for content, sentence in (
            (PDF_CONTENT, "is not a PNG or JPG file"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is not a PNG or JPG"),
            (b"GIF89a" + bytes(100), "is not a PNG or JPG file"),
            (picture[: len(picture) // 2], "damaged"),
            (picture + bytes(2 * 1024**2), "larger than 2 MB"),
            (picture + b"PK\5\6" + bytes(18), "something besides"),
        ):
            with self.subTest(sentence), self.assertRaisesRegex(UserError, sentence):
                university.emblem = base64.b64encode(content)
        with self.assertRaisesRegex(UserError, "is not a PNG or JPG"):
            university.emblem = "no base64 at all"
        with self.assertRaisesRegex(UserError, "damaged"):
            university.create(
                {"name": "X", "code": "X", "emblem": base64.b64encode(picture[:-40])}
            )
        self.assertTrue(university.emblem)
        university.emblem = False
        self.assertFalse(university.emblem)

    def get_files(self):
        return self.env["ir.attachment"].search(
            [("res_model", "=", "sajad.university"), ("res_id", "=", self.record.id)]
        )

    # ------------------------------------------------------------
    # WHAT A PLACE TAKES
    # ------------------------------------------------------------

    def test_types_of_the_place(self):
        place = Accepted(types=(PDF,))
        taken, problems = self.Upload._check(
            [("a.pdf", PDF_CONTENT), ("b.png", PNG_CONTENT)], place
        )
        self.assertEqual(taken, [("a.pdf", PDF_CONTENT)])
        self.assertEqual(problems, ["b.png is not a PDF file."])
        self.assertEqual(place.endings, ".pdf")

    def test_a_type_of_an_addon(self):
        place = Accepted(types=(*PAPERS.types, TEXT))
        taken, problems = self.Upload._check(
            [("a.txt", b"plain words"), ("b.pdf", PDF_CONTENT)], place
        )
        self.assertFalse(problems)
        self.assertEqual(len(taken), 2)
        self.assertTrue(self.Upload._check([("a.txt", b"plain words")])[1])

    def test_size_and_count_of_the_place(self):
        place = PAPERS._replace(max_size=1024**2, max_count=2)
        large = PDF_CONTENT + b" " * 1024**2
        files = [("large.pdf", large)]
        files += [(f"{number}.pdf", PDF_CONTENT) for number in range(3)]
        taken, problems = self.Upload._check(files, place, kept_count=1)
        self.assertEqual([name for name, _content in taken], ["0.pdf"])
        self.assertEqual(
            problems,
            [
                "large.pdf is larger than 1 MB.",
                "1.pdf: at most 2 files.",
                "2.pdf: at most 2 files.",
            ],
        )

    def test_a_name_keeps_its_order_from_right_to_left(self):
        """Its digits would stand behind its letters in a Persian sentence."""
        self.env["res.lang"]._activate_lang("fa_IR")
        upload = self.env["sajad.upload"].with_context(lang="fa_IR")
        found = upload._get_found_text("4001107_birth.png", "damaged", None, PAPERS)
        problems = [upload._get_problem("4001107_birth.png", b"nothing"), found]
        for problem in problems:
            self.assertIn("\u20684001107_birth.png\u2069", problem)
        problem = upload.with_context(lang="en_US")._get_problem("4001107.png", b"")
        self.assertEqual(problem, "4001107.png is empty.")

    def test_words_below_the_place(self):
        self.assertEqual(
            self.Upload._get_help_text(PAPERS),
            "PDF, JPG, or PNG; at most 10 files, each up to 10 MB.",
        )
        self.assertEqual(
            self.Upload._get_help_text(Accepted((PDF,), 2 * 1024**2, 1)),
            "One PDF file of up to 2 MB.",
        )

    # ------------------------------------------------------------
    # KEPT AND ATTACHED
    # ------------------------------------------------------------

    def test_names_of_several_files(self):
        """An answer of several files has the comma of its language."""
        self.env["res.lang"]._activate_lang("fa_IR")
        with MockRequest(self.env(context={"lang": "fa_IR"})):
            files = FormFiles("x")
            files.taken["files"] = [(f"{name}.pdf", b"") for name in "abc"]
            names = files.get_names("files")
        self.assertNotIn(",", names)
        self.assertRegex(names, "^a.pdf.*b.pdf.*c.pdf$")

    def test_kept_for_their_form_and_owner(self):
        kept = self.Upload._keep([("a.pdf", PDF_CONTENT)], "form-1")
        other = self.env["sajad.upload"].with_user(self.user_other_student)
        self.assertEqual(self.Upload._get_kept("form-1"), kept)
        self.assertFalse(self.Upload._get_kept("form-2"))
        self.assertFalse(self.Upload._get_kept("form-1", ids=[]))
        self.assertFalse(other._get_kept("form-1", ids=kept.ids))

    def test_attached_to_any_record(self):
        kept = self.Upload._keep([("kept.pdf", PDF_CONTENT)], "form-1")
        attached = self.Upload._attach(self.record, [("new.png", PNG_CONTENT)], kept)
        self.assertEqual(self.get_files(), attached)
        self.assertEqual(set(attached.mapped("name")), {"kept.pdf", "new.png"})
        self.assertEqual(attached.create_uid, self.user_student)
        # what is attached is of no form any more
        self.assertFalse(self.Upload._get_kept("form-1"))
        self.assertFalse(any(attached.mapped("description")))

    def test_swept_unless_attached_or_held(self):
        names = ("lost", "attached", "held")
        lost, attached, held = (
            self.Upload._keep([(f"{name}.pdf", PDF_CONTENT)], name) for name in names
        )
        self.Upload._attach(self.record, kept=attached)
        draft = self.env["sajad.request.draft"].create(
            {
                "partner_id": self.user_student.partner_id.id,
                "process_id": self.env["sajad.process"].search([], limit=1).id
                or self.make_process("held", {"a": {}}).id,
                "student_id": self.student.id,
                "token": "held",
            }
        )
        self.Upload._hold(draft, held)
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = %s WHERE id IN %s",
            [
                fields.Datetime.now() - timedelta(days=2),
                (lost.id, attached.id, held.id),
            ],
        )
        self.env["sajad.upload"]._gc_kept()
        self.assertEqual((lost | attached | held).exists(), attached | held)
        self.assertEqual(self.Upload._get_kept("held"), held)
        # held as long as the draft, and no longer than it wants
        self.Upload._hold(draft, self.env["ir.attachment"])
        self.assertFalse(held.exists())

    # ------------------------------------------------------------
    # QUOTA
    # ------------------------------------------------------------

    def test_quota_of_a_person(self):
        self.startPatcher(patch.object(sajad_upload_quota, "DAY_FILES", 3))
        file = ("a.pdf", PDF_CONTENT)
        self.Upload._keep([file, file], "form-1")
        self.assertFalse(self.Upload._check([file])[1])
        taken, problems = self.Upload._check([file, file])
        self.assertFalse(taken)
        self.assertIn("very many files today", problems[0])
        # of others, and of staff, nothing is counted
        self.assertFalse(
            self.Upload.with_user(self.user_other_student)._check([file] * 2)[1]
        )
        Officer = self.Upload.with_user(self.user_officer)
        Officer._keep([file] * 4, "form-1")
        self.assertFalse(Officer._check([file])[1])
        # tomorrow again
        with freeze_time(fields.Datetime.now() + timedelta(days=1, minutes=5)):
            self.assertFalse(self.Upload._check([file] * 2)[1])

    def test_quota_of_a_record(self):
        self.startPatcher(patch.object(sajad_upload_quota, "RECORD_FILES", 2))
        file = ("a.pdf", PDF_CONTENT)
        self.Upload._attach(self.record, [file])
        kept = self.Upload._keep([file], "form-1")
        with self.assertRaisesRegex(UserError, "No more files"):
            self.Upload._attach(self.record, [file], kept)
        self.Upload._attach(self.record, [file])
        self.assertIn(
            "No more files",
            self.Upload._get_comment_problem(self.record, "a.pdf", PDF_CONTENT),
        )

    # ------------------------------------------------------------
    # DIALOGS
    # ------------------------------------------------------------

    def make_file(self, user, content=PDF_CONTENT, **values):
        return (
            self.env["ir.attachment"]
            .with_user(user)
            .sudo()
            .create({"name": "a.pdf", "raw": content, **values})
        )

    def test_own_files_of_a_dialog(self):
        user = self.user_officer
        own = self.make_file(user)
        foreign = self.make_file(self.user_admin)
        taken = self.make_file(user, res_model="res.partner", res_id=user.partner_id.id)
        Upload = self.env["sajad.upload"].with_user(user)
        # the client may name any file
        self.assertEqual(Upload._take_own(own | foreign | taken), own)
        own |= self.make_file(user, b"GIF89a")
        with self.assertRaises(UserError):
            Upload._take_own(own)
