from PIL import Image

from odoo.tools.image import image_apply_opt

from odoo.addons.sajad_base.tests.common import SajadCommon
from odoo.addons.sajad_base.tests.test_portal import PDF

PDF_2 = PDF.replace(b"1.4", b"1.5")


def make_jpg(width=2480, height=3508):
    """Return a page as a scanner at 300 dpi sends it, larger than Odoo keeps."""
    return image_apply_opt(Image.new("RGB", (width, height), "white"), "JPEG")


class DossierCommon(SajadCommon):
    """A faculty expert and an admissions officer who keep the dossiers of TU."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
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
