from odoo.tests import HttpCase, tagged
from odoo.tests.common import HOST

from odoo.addons.sajad_base.tests.throttle import set_call_limit

from .common import AgreementCommon


@tagged("post_install", "-at_install")
class TestAgreementPortal(AgreementCommon, HttpCase):
    """Agreements are read by everybody, also on paper (rows A8, D3)."""

    def open_page(self, path, login=None, status=200):
        self.authenticate(login, login)
        response = self.url_open(path)
        self.assertEqual(response.status_code, status)
        return response.text if status == 200 else ""

    def test_catalogue(self):
        """The card of a service shows its agreement once it is in force."""
        page = self.open_page("/services?search=agreed&audience=all")
        self.assertNotIn("/services/agreed/agreement", page)
        self.publish()
        page = self.open_page("/services?search=agreed&audience=all")
        self.assertIn("/services/agreed/agreement", page)
        self.assertIn(
            "/services/agreed/agreement/pdf", self.open_page("/services/agreed")
        )

    def test_versions(self):
        """Visitors read the version in force and older ones; never a draft."""
        self.open_page("/services/agreed/agreement", status=404)
        self.publish()
        self.agreement.with_user(self.user_admin).action_new_version()
        goal = self.get_text(self.agreement.draft_id, "goal")
        goal.body = "Second goal"
        self.env.flush_all()
        self.assertNotIn("Second goal", self.open_page("/services/agreed/agreement"))
        for number in ("2", "0", "x", "-1"):
            self.open_page(f"/services/agreed/agreement?version={number}", status=404)
        self.publish()
        self.assertIn("Second goal", self.open_page("/services/agreed/agreement"))
        old = self.open_page("/services/agreed/agreement?version=1")
        self.assertNotIn("Second goal", old)
        self.assertIn("A later version is in force", old)
        self.assertIn("?version=2", old)

    def test_no_service(self):
        """The agreement of a service that is not offered is no page."""
        self.publish()
        self.process.active = False
        self.open_page("/services/agreed/agreement", status=404)
        self.open_page("/services/none/agreement", status=404)

    def test_ended(self):
        """Rows D3, D7: the page says that the agreement has ended with the call."""
        self.process.write({"call_start": "2020-01-01", "call_end": "2020-02-01"})
        self.publish()
        page = self.open_page("/services/agreed/agreement")
        self.assertIn("has ended with the call", page)
        self.assertIn("02/01/2020", page)

    def test_request(self):
        """A request leads to the version under which it was made, its owner alone."""
        first = self.publish()
        request = self.make_request(self.process)
        self.publish()
        path = f"/my/requests/{request.id}"
        self.assertIn(f"{path}/agreement", self.open_page(path, "t_student"))
        page = self.open_page(f"{path}/agreement", "t_student")
        self.assertIn(f"/pdf?version={first.number}", page)
        self.authenticate("t_other_student", "t_other_student")
        response = self.url_open(f"{path}/agreement", allow_redirects=False)
        self.assertEqual(response.status_code, 303)

    def test_paper(self):
        """The agreement is printed for visitors, as often as it is reasonable."""
        self.publish()
        self.authenticate(None, None)
        response = self.url_open("/services/agreed/agreement/pdf")
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        # tests get the page instead of the paper, which test_agreement_paper.py prints
        self.assertIn("Signatures", response.text)
        self.assertIn("agreement-agreed-1", response.headers["Content-Disposition"])
        self.env["res.lang"]._activate_lang("fa_IR")
        self.opener.cookies.set("frontend_lang", "fa_IR", domain=HOST, path="/")
        response = self.url_open(
            "/services/agreed/agreement/pdf", headers={"Accept-Language": "en-US"}
        )
        self.assertIn('dir="rtl"', response.text)
        set_call_limit(self.env, 1)
        response = self.url_open("/services/agreed/agreement/pdf")
        self.assertEqual(response.status_code, 429)
        self.assertTrue(response.headers["Retry-After"])
