from lxml import html

from odoo.tests import HttpCase, new_test_user, tagged

# {student who has not applied yet, or may again: the service}
APPLY = {
    "student3": "clearance_eleven",
    "student40": "clearance_eleven",
    "student42": "clearance_ticket",
}
AUTOMATIC = "خودکار"


@tagged("post_install", "-at_install", "is_tour")
class TestDemo(HttpCase):
    """What somebody who tries the demo data is told there is true (row B8).

    Browser tests run with demo data.
    """

    def get_page(self, path, login=None):
        """Return a page, of somebody who signs in or as before."""
        if login:
            self.authenticate(login, login)
        answer = self.url_open(path)
        self.assertEqual(answer.status_code, 200, path)
        return html.fromstring(answer.text)

    def test_a_student_of_each_university_can_apply(self):
        for login, code in APPLY.items():
            with self.subTest(login):
                path = f"/my/services/{code}/apply"
                catalogue = self.get_page("/my/services", login)
                self.assertTrue(catalogue.xpath(f"//a[starts-with(@href, '{path}')]"))
                page = self.get_page(path)
                self.assertTrue(page.xpath("//form//button[@type='submit']"))
        users = self.env["res.users"].search([("login", "in", list(APPLY))])
        able = self.env["sajad.student"].search(
            [("partner_id", "in", users.partner_id.ids)]
        )
        everywhere = self.env["sajad.student"].search([]).university_id
        self.assertEqual(able.university_id, everywhere)

    def test_nothing_passes_by_itself_unless_its_office_says_so(self):
        tasks = self.env["sajad.task"].search(
            [("outcome", "=", "approved"), ("done_by_id", "=", False)]
        )
        self.assertTrue(tasks)
        for task in tasks:
            office = task.cartable_id.office_id
            self.assertTrue(
                office.auto_clear or office.auto_recheck, office.display_name
            )
        request = tasks.request_id[0]
        person = request.partner_id
        new_test_user(
            self.env,
            login="t_demo",
            groups="base.group_portal",
            name=person.name,
            partner_id=person.id,
            lang="fa_IR",
        )
        page = self.get_page(request.access_url, "t_demo").text_content()
        passed = len(tasks & request.task_ids)
        self.assertGreaterEqual(page.count("به\u200cطور خودکار تایید شد"), passed)

    def test_papers_say_which_offices_let_pass(self):
        """The paper says so where nobody has signed, and nowhere else."""
        Report = self.env["ir.actions.report"]
        certificates = self.env["sajad.clearance.certificate"].search([])
        unsigned = 0
        for certificate in certificates:
            content = Report._render_qweb_html(
                "sajad_clearance.sajad_clearance_certificate_report", certificate.ids
            )[0]
            rows = html.fromstring(content).xpath(
                "//table[.//th[contains(@class, 'o_certificate_who')]]/tbody/tr"
            )
            signatures = certificate.snapshot["signatures"]
            self.assertEqual(len(rows), len(signatures))
            for row, signature in zip(rows, signatures, strict=True):
                who = row.xpath("td[4]")[0].text_content().strip()
                unsigned += not signature["who"]
                if signature["who"]:
                    self.assertTrue(who.startswith(signature["who"]), who)
                else:
                    self.assertEqual(who, AUTOMATIC)
        self.assertTrue(unsigned)

    def test_public_page_says_that_a_clearance_is_conditional(self):
        certificates = self.env["sajad.clearance.certificate"].search([])
        conditional = certificates.filtered(lambda c: c.snapshot.get("conditions"))
        self.assertTrue(conditional and conditional < certificates)
        for certificate in certificates:
            page = self.get_page(f"/clearance/verify/{certificate.token}?lang=fa")
            self.assertEqual(
                "این تسویه حساب مشروط است" in page.text_content(),
                certificate in conditional,
            )
