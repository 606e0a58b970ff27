from odoo.addons.sajad_base.tests.common import SajadCommon
from odoo.addons.sajad_base.tests.test_file_check import make_scan, save

from ..tools.pdf_binder import close_ahead

# a page with a line on it
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n"
    b"4 0 obj<</Length 22>>stream\n50 50 m 500 700 l S    \nendstream endobj\n"
    b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF\n"
)
PDF_2 = PDF.replace(b"1.4", b"1.5")


def make_jpg(width=2480, height=3508):
    """Return a page as a scanner at 300 dpi sends it, larger than Odoo keeps."""
    return save(make_scan(size=(width, height)))


def make_photo(number=1):
    """Return a photograph of its own for each number."""
    return save(make_scan(size=(600 + number, 800)))


class DossierCommon(SajadCommon):
    """A faculty expert and an admissions officer who keep the dossiers of TU."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(close_ahead)
        cls.Document = cls.env["sajad.dossier.document"]
        cls.process = cls.env.ref("sajad_dossier.sajad_process_dossier")
        cls.user_central = cls.make_user("t_central", "sajad_base.group_sajad_officer")
        cls.role_faculty = cls.env.ref("sajad_dossier.sajad_role_dossier_faculty")
        cls.role_central = cls.env.ref("sajad_dossier.sajad_role_dossier_admissions")
        cls.cartable_faculty = cls.make_cartable(
            cls.role_faculty,
            cls.process,
            cls.university,
            cls.user_officer,
            faculty_id=cls.faculty.id,
        )
        cls.cartable_central = cls.make_cartable(
            cls.role_central, cls.process, cls.university, cls.user_central
        )
        cls.student.write({"entry_year": 1399, "sex": "female"})
        cls.dossier = cls.env["sajad.dossier"].create({"student_id": cls.student.id})

    @classmethod
    def get_type(cls, code):
        return cls.env.ref(f"sajad_dossier.sajad_document_type_{code}")

    @classmethod
    def add(cls, code, content=PDF, file_name="paper.pdf", user=None, **values):
        """Add a document as `user`; None brings a reference."""
        file = None if content is None else (file_name, content)
        Document = cls.Document.with_user(user or cls.user_student)
        return Document._add(cls.dossier, cls.get_type(code), values, file)

    def item(self, code):
        requirement = self.env.ref(f"sajad_dossier.sajad_document_requirement_{code}")
        return self.dossier.item_ids.filtered(lambda i: i.requirement_id == requirement)

    @classmethod
    def make_draft(cls, code, count=1, user=None):
        """Return the draft that a student put together of photographs, and its pages.

        With elevated rights, as the portal has them.
        """
        kind = cls.get_type(code)
        item = cls.dossier.item_ids.filtered(lambda i: kind in i.type_ids)
        item = item.with_user(user or cls.user_student).sudo()
        files = [(f"{number}.jpg", make_photo(number)) for number in range(count)]
        problems = item.draft_ids._take(item, kind, files)
        assert not problems, problems
        return item.draft_ids, item.draft_ids.page_ids
