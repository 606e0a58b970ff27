from lxml import html

from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, tagged

from .certificate_common import CertificateCommon
from .common import ClearanceCommon


@tagged("post_install", "-at_install")
class TestMatterCertificate(CertificateCommon):
    """What a process is about decides on the paper, not the key of its group."""

    def test_another_group_certifies_all_the_same(self):
        self.process.exclusive_group = "something"
        self.assertTrue(self.certify())

    def test_the_group_alone_certifies_nothing(self):
        spec = {"a": {}, "b": {"after": ["a"]}}
        process = self.make_process("named", spec, exclusive_group="clearance")
        self.make_cartables(process, self.university, self.user_officer)
        request = self.make_request(process)
        self.assertFalse(self.certify(request))
        self.assertEqual(request.state, "done")

    def test_only_studies_are_cleared(self):
        """Institutions and staff have no holds, no form and no certificate."""
        for audience in ("for_institution", "for_staff"):
            with self.subTest(audience), self.assertRaises(ValidationError):
                self.process[audience] = True

    def test_cohorts_take_clearances(self):
        self.process.exclusive_group = False
        Cohort = self.env["sajad.cohort"]
        self.assertEqual(Cohort._get_default_process().matter, "clearance")
        domain = Cohort._fields["process_id"].domain
        self.assertIn(self.process, self.env["sajad.process"].search(domain))


@tagged("post_install", "-at_install")
class TestMatterPortal(ClearanceCommon, HttpCase):
    """The form of a clearance and the holds on its page."""

    def setUp(self):
        super().setUp()
        self.authenticate("t_student", "t_student")

    def get_page(self, url):
        return html.fromstring(self.url_open(url).text)

    def get_reasons(self):
        page = self.get_page(f"/my/services/{self.process.code}/apply")
        return page.xpath("//input[@name='clearance_reason']/@value")

    def test_form(self):
        self.process.exclusive_group = "something"
        self.assertEqual(len(self.get_reasons()), 6)
        self.process.write({"matter": "general", "exclusive_group": "clearance"})
        self.assertFalse(self.get_reasons())

    def test_holds_on_the_page_of_a_request(self):
        self.process.exclusive_group = "something"
        hold = self.env["sajad.hold"].create(
            {
                "student_id": self.student.id,
                "office_id": self._get_office("khwarazmi").id,
                "description": "Fine of a late book",
                "amount": 500000,
            }
        )
        request = self._submit()
        box = self.get_page(f"/my/requests/{request.id}").get_element_by_id(
            "sajad_request_holds"
        )
        self.assertIn(hold.description, box.text_content())
