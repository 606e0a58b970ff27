from datetime import timedelta

from freezegun import freeze_time

from odoo import http
from odoo.tests import HttpCase, tagged

from odoo.addons.sajad_base.tests.test_portal import PDF

from .common import DisputeCommon

OPINION = {"kind": "decided", "text": "It was read well.", "outcome": "partly"}


@tagged("post_install", "-at_install")
class TestDisputePortal(DisputeCommon, HttpCase):
    """The pages of disputes: the owner's, and nobody else's (row D6)."""

    def setUp(self):
        super().setUp()
        self.authenticate("t_student", "t_student")
        self.path = f"/my/requests/{self.request.id}"

    def send(self, path, files=(), **data):
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(path, data=data, files=list(files))

    def open_page(self):
        response = self.send(f"{self.path}/dispute", claim="Not read", wish="Read it")
        self.env.invalidate_all()
        return response, self.request.sudo().dispute_ids

    def test_open(self):
        """From the request; the second click leads to the same dispute."""
        self.assertIn(f"{self.path}/dispute", self.url_open(self.path).text)
        form = self.url_open(f"{self.path}/dispute")
        self.assertIn('name="claim"', form.text)
        file = ("files", ("paper.pdf", PDF, "application/pdf"))
        response = self.send(f"{self.path}/dispute", [file], claim="Not read")
        dispute = self.request.sudo().dispute_ids
        self.assertIn(f"/my/disputes/{dispute.id}", response.url)
        self.assertIn("Not read", response.text)
        self.assertEqual(dispute.entry_ids.file_ids.mapped("name"), ["paper.pdf"])
        response = self.send(f"{self.path}/dispute", claim="Again")
        self.assertIn(f"/my/disputes/{dispute.id}", response.url)
        self.assertEqual(self.request.sudo().dispute_ids, dispute)
        response = self.url_open(f"{self.path}/dispute")
        self.assertIn(f"/my/disputes/{dispute.id}", response.url)
        self.assertNotIn(f"{self.path}/dispute", self.url_open(self.path).text)

    def test_wrong_input(self):
        """Nothing typed is lost; a good file is kept."""
        file = ("files", ("paper.pdf", PDF, "application/pdf"))
        wrong = ("files", ("run.exe", b"MZ", "application/pdf"))
        response = self.send(f"{self.path}/dispute", [file, wrong], claim="Not read")
        self.assertIn("Not read", response.text)
        self.assertIn("paper.pdf", response.text)
        self.assertIn("run.exe", response.text)
        response = self.send(f"{self.path}/dispute", claim=" ", wish="Read it")
        self.assertIn("Write what the dispute is about", response.text)
        self.assertIn("Read it", response.text)
        self.assertFalse(self.request.sudo().dispute_ids)

    def test_negotiate(self):
        _page, dispute = self.open_page()
        path = f"/my/disputes/{dispute.id}"
        file = ("files", ("paper.pdf", PDF, "application/pdf"))
        self.assertIn("I wait", self.send(f"{path}/say", [file], text="I wait").text)
        self.answer(dispute, "offer", "Next week")
        self.env.flush_all()
        self.assertIn("Next week", self.url_open(path).text)
        offer = dispute.provider_offer_id.id
        response = self.send(f"{path}/accept", offer_id=str(offer - 1))
        self.assertIn("read the latest one", response.text)
        response = self.send(f"{path}/accept", offer_id=str(offer))
        self.assertIn("the dispute is settled", response.text)
        self.assertNotIn(f"{path}/say", response.text)
        # going back to a page that is no more
        response = self.send(f"{path}/say", text="One more")
        self.assertIn("has ended", response.text)

    def test_withdraw(self):
        _page, dispute = self.open_page()
        response = self.send(f"/my/disputes/{dispute.id}/withdraw")
        self.assertIn("You withdrew", response.text)
        self.assertIn(f"{self.path}/dispute", self.url_open(self.path).text)

    def test_opinion(self):
        """The page and the paper say the opinion, and who looks at it whose it is."""
        _page, dispute = self.open_page()
        path = f"/my/disputes/{dispute.id}"
        self.assertNotIn(f"{path}/paper", self.url_open(path).text)
        response = self.url_open(f"{path}/paper", allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        with freeze_time(dispute.date_until + timedelta(days=2)):
            self.answer(dispute, **OPINION)
        self.env.flush_all()
        page = self.url_open(path).text
        self.assertIn("It was read well.", page)
        self.assertIn("Partly in Favour", page)
        response = self.url_open(f"{path}/paper")
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertIn("Final Opinion on a Dispute", response.text)
        self.assertIn("It was read well.", response.text)

    def test_others(self):
        """Nobody else reads or moves it, not even offices, and learns nothing."""
        _page, dispute = self.open_page()
        dispute.entry_ids._add(dispute, "provider", "message", "x", [("a.pdf", PDF)])
        file = dispute.entry_ids.file_ids
        self.env.flush_all()
        path = f"/my/disputes/{dispute.id}"
        self.assertEqual(self.url_open(f"{path}/files/{file.id}").content, PDF)
        for login in ("t_other_student", "t_officer", "t_settler"):
            self.authenticate(login, login)
            with self.subTest(login):
                for page in (path, f"{path}/paper"):
                    answer = self.url_open(page, allow_redirects=False)
                    self.assertEqual(answer.status_code, 303)
                    self.assertTrue(answer.headers["Location"].endswith("/my"))
                answer = self.url_open(f"{path}/files/{file.id}")
                self.assertEqual(answer.status_code, 404)
                for step in ("say", "accept", "withdraw"):
                    self.send(f"{path}/{step}", text="I", offer_id="1")
                self.send(f"{self.path}/dispute", claim="I")
        self.env.invalidate_all()
        self.assertHistory(dispute, "opened", "message")
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(path).url)

    def test_list(self):
        """All of one's own, newest first; nobody else's, and none is no error."""
        page = self.url_open("/my/disputes")
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("o_sajad_row", page.text)
        first = self.open_dispute()
        self.as_student(first)._portal_withdraw()
        second = self.open_dispute(self.close(self.make_request(self.process)))
        self.env.flush_all()
        page = self.url_open("/my/disputes").text
        self.assertLess(
            page.index(f"/my/disputes/{second.id}"),
            page.index(f"/my/disputes/{first.id}"),
        )
        self.assertIn(second.name, page)
        shown = self.url_open("/my/disputes?filterby=closed").text
        self.assertNotIn(f"/my/disputes/{second.id}", shown)
        self.assertIn(f"/my/disputes/{first.id}", shown)
        # what is no filter, shows all
        shown = self.url_open("/my/disputes?filterby=%27").text
        self.assertIn(f"/my/disputes/{second.id}", shown)
        self.authenticate("t_other_student", "t_other_student")
        page = self.url_open("/my/disputes").text
        self.assertNotIn(f"/my/disputes/{second.id}", page)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open("/my/disputes").url)
