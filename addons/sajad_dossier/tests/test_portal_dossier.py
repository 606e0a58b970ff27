import hashlib
import re

from lxml import html

from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tests.common import HOST

from ..models import sajad_dossier_draft
from .common import PDF, PDF_2, DossierCommon, make_photo


class PortalDossierCommon(DossierCommon, HttpCase):
    """Asks for the pages of a dossier over HTTP, in English."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        for user in (
            cls.user_student,
            cls.user_other_student,
            cls.user_officer,
            cls.user_stranger,
        ):
            user.password = user.login
        cls.url = f"/my/dossiers/{cls.dossier.id}"

    def setUp(self):
        super().setUp()
        self.sign_in(self.user_student)

    def sign_in(self, user):
        self.authenticate(user and user.login, user and user.login)
        # where Persian is installed too, pages would be in it
        self.opener.cookies.set("frontend_lang", "en_US", domain=HOST, path="/")

    def get_item_url(self, code):
        return f"{self.url}/items/{self.item(code).id}"

    def open(self, url, status=200):
        response = self.url_open(url)
        self.assertEqual(response.status_code, status, url)
        return html.fromstring(response.text) if status == 200 else None

    def get_text(self, node):
        return re.sub(r"\s+", " ", node.text_content()).strip()

    def post(self, url, files=None, **data):
        data.setdefault("csrf_token", Request.csrf_token(self))
        answer = self.url_open(url, data=data, files=files)
        self.env.invalidate_all()
        return html.fromstring(answer.text) if answer.status_code == 200 else answer

    def bring(self, code, *files, **data):
        """Add files to the pages of an entry, as (name, content)."""
        sent = [("files", file) for file in files]
        return self.post(f"{self.get_item_url(code)}/pages", files=sent, **data)

    def submit(self, code):
        item = self.item(code)
        pages = item.draft_ids._get_shown()
        return self.post(f"{self.get_item_url(code)}/submit", pages=pages)

    def get_alert(self, page):
        return " ".join(self.get_text(node) for node in page.find_class("alert"))


@tagged("post_install", "-at_install")
class TestPortalDossier(PortalDossierCommon):
    """My dossier in the portal, from missing to verified (row C4)."""

    def test_papers_between_offices(self):
        """A confidential transcript is not shown, opened or named; in the own copy of
        the dossier it is counted."""
        self.add("birth")
        document = self.add("confidential_transcript", user=self.user_central)
        version, item = document.version_id, document.item_id
        Look = self.env["sajad.dossier.access"].with_user(self.user_central)
        Look._note(version, "view")
        for url in (self.url, f"{self.url}/looks"):
            self.assertNotIn("Confidential", self.get_text(self.open(url)))
        self.open(f"/sajad/dossier/file/{version.id}", 404)
        if item:
            self.open(f"{self.url}/items/{item.id}", 404)
        own = self.dossier.with_user(self.user_student)
        content = own.env["sajad.dossier.content"]._get(own)
        self.assertNotIn(document, content.documents)
        self.assertIn("Papers between offices: 1", content.left_out[0].what)
        # the office that sees sensitive papers opens it
        self.sign_in(self.user_central)
        self.assertEqual(
            self.url_open(f"/sajad/dossier/file/{version.id}").status_code, 200
        )

    # ------------------------------------------------------------
    # PAGES
    # ------------------------------------------------------------

    def test_home_counts_what_is_to_bring(self):
        def count():
            url, names = "/my/counters", {"counters": ["dossier_count"]}
            return self.make_jsonrpc_request(url, names)["dossier_count"]

        # photo, birth, card, degree, approval, transcript; not the final check
        self.assertEqual(count(), 6)
        self.add("photo", make_photo(), "me.jpg")
        self.assertEqual(count(), 5)
        self.bring("birth", ("a.pdf", PDF))
        self.assertEqual(count(), 5)
        home = self.get_text(self.open("/my"))
        self.assertIn("Not submitted: 1", home)
        self.assertIn("Documents to bring: 4", home)

    def test_checklist(self):
        """By phase: what is missing, why it is needed, and what is enough."""
        page = self.open("/my/dossiers")
        rows = page.find_class("o_sajad_item_row")
        self.assertEqual(len(rows), 7)
        texts = {
            self.get_text(row.find_class("fw-bold")[0]): self.get_text(row)
            for row in rows
        }
        self.assertIn(
            "Needed from: entry 1399", texts["Approval of the Previous Degree"]
        )
        self.assertIn(
            "One of these is enough", texts["Certificate of the Previous Degree"]
        )
        self.assertIn("From the office", texts["Form of the Final Check"])
        self.assertIn("Missing", texts["Photograph"])
        action = self.get_text(page.get_element_by_id("sajad_dossier_next"))
        self.assertIn("Bring what is still missing.", action)

    def test_nobody_has_no_dossier(self):
        self.sign_in(self.user_other_student)
        page = self.open("/my/dossiers")
        self.assertTrue(page.find_class("o_sajad_empty"))

    def test_two_studies(self):
        study = self.make_student("1002", self.university, self.user_student)
        self.env["sajad.dossier"].create({"student_id": study.id})
        page = self.open("/my/dossiers")
        self.assertEqual(len(page.find_class("o_sajad_dossier_row")), 2)

    # ------------------------------------------------------------
    # THE WAY OF A DOCUMENT
    # ------------------------------------------------------------

    def test_draft_submit_reject_again_verify(self):
        photo = make_photo()
        page = self.bring("birth", ("front.jpg", photo), ("back.pdf", PDF))
        self.assertIn("No office sees them", self.get_alert(page))
        self.assertEqual(len(page.find_class("o_sajad_page")), 2)
        self.assertEqual(self.item("birth").state, "draft")
        self.assertFalse(self.dossier.document_ids)
        page = self.submit("birth")
        self.assertIn("Submitted", self.get_alert(page))
        document = self.dossier.document_ids
        self.assertEqual(document.state, "submitted")
        self.assertEqual(
            document.page_ids.mapped("file_name"), ["front.jpg", "back.pdf"]
        )
        self.assertEqual(document.create_uid, self.user_student)
        self.assertFalse(self.item("birth").draft_ids)
        document.with_user(self.user_officer).action_reject("The stamp is missing")
        page = self.open(self.get_item_url("birth"))
        self.assertIn("The stamp is missing", page.text_content())
        self.assertIn("Bring It Again", page.text_content())
        self.bring("birth", ("better.pdf", PDF_2))
        self.submit("birth")
        # the page of the request does not say that nothing was sent
        request = self.dossier.request_ids
        page = self.open(f"/my/requests/{request.id}")
        self.assertNotIn("No document was sent", page.text_content())
        self.assertIn("The documents lie in your dossier", page.text_content())
        self.assertEqual(self.dossier.document_ids, document)
        self.assertEqual(document.version_id.number, 2)
        self.assertEqual(document.version_ids.mapped("number"), [2, 1, 1])
        document.with_user(self.user_officer).action_verify()
        self.approve(self.dossier.request_ids, "faculty")
        document.with_user(self.user_central).action_verify()
        page = self.open(self.get_item_url("birth"))
        history = self.get_text(page.get_element_by_id("sajad_dossier_history"))
        for words in (
            "Confirmed by: University",
            "Rejected by: Faculty",
            "You submitted",
        ):
            self.assertIn(words, history)
        # offices are named, persons are not
        self.assertNotIn(self.user_officer.name, history)

    def test_bytes_are_the_sent_ones(self):
        content = make_photo(7)
        self.bring("birth", ("scan.jpg", content))
        draft_page = self.item("birth").draft_ids.page_ids
        answer = self.url_open(f"{self.url}/pages/{draft_page.id}/file")
        self.assertEqual(answer.content, content)
        self.submit("birth")
        version = self.dossier.document_ids.version_id
        self.assertEqual(version.sha256, hashlib.sha256(content).hexdigest())
        answer = self.url_open(version._get_url())
        self.assertEqual(hashlib.sha256(answer.content).hexdigest(), version.sha256)
        self.assertEqual(answer.headers["Content-Type"], "image/jpeg")

    def test_pages(self):
        """Moved, replaced, removed; the last one takes the draft with it."""
        self.bring("birth", *((f"{n}.jpg", make_photo(n)) for n in range(3)))
        draft = self.item("birth").draft_ids
        url = f"{self.get_item_url('birth')}/pages"

        def names():
            return draft.page_ids.sorted().mapped("file_name")

        first, second, third = draft.page_ids
        self.post(f"{url}/{third.id}", do="up")
        self.assertEqual(names(), ["0.jpg", "2.jpg", "1.jpg"])
        self.post(f"{url}/{first.id}", do="down")
        self.assertEqual(names(), ["2.jpg", "0.jpg", "1.jpg"])
        self.post(f"{url}/{first.id}", files=[("files", ("new.pdf", PDF))])
        self.assertEqual(names(), ["2.jpg", "new.pdf", "1.jpg"])
        attachments = draft.page_ids.attachment_id
        page = self.post(f"{url}/{second.id}", do="remove")
        self.assertIn("removed", self.get_alert(page))
        # once more, by a second click or another window
        page = self.post(f"{url}/{second.id}", do="remove")
        self.assertIn("already", self.get_alert(page))
        self.assertEqual(names(), ["2.jpg", "new.pdf"])
        for one in draft.page_ids:
            self.post(f"{url}/{one.id}", do="remove")
        self.assertFalse(draft.exists())
        self.assertFalse(attachments.exists())
        self.assertEqual(self.item("birth").state, "missing")

    def test_replace_at_the_limit(self):
        """A photograph is one file, and another one takes its place."""
        self.get_type("photo").max_files = 1
        self.bring("photo", ("a.jpg", make_photo(1)))
        page = self.bring("photo", ("b.jpg", make_photo(2)))
        self.assertIn("at most 1 files", self.get_alert(page))
        draft = self.item("photo").draft_ids
        url = f"{self.get_item_url('photo')}/pages/{draft.page_ids.id}"
        self.post(url, files=[("files", ("b.jpg", make_photo(2)))])
        self.assertEqual(draft.page_ids.file_name, "b.jpg")
        # a bad one leaves the page as it was
        page = self.post(
            f"{self.get_item_url('photo')}/pages/{draft.page_ids.id}",
            files=[("files", ("c.pdf", PDF))],
        )
        self.assertIn("is not a JPG or PNG", self.get_alert(page))
        self.assertEqual(draft.page_ids.file_name, "b.jpg")

    def test_discard(self):
        self.bring("birth", ("a.pdf", PDF))
        self.post(f"{self.get_item_url('birth')}/discard")
        self.assertEqual(self.item("birth").state, "missing")
        page = self.post(f"{self.get_item_url('birth')}/discard")
        self.assertIn("thrown away", self.get_alert(page))

    def test_one_of(self):
        """Which of the documents it is; pages of one are not taken for another."""
        interim, degree = self.get_type("prior_interim"), self.get_type("prior_degree")
        page = self.open(self.get_item_url("prior_degree"))
        self.assertEqual(len(page.xpath("//select[@name='type_id']/option")), 2)
        self.bring("prior_degree", ("a.pdf", PDF), type_id=interim.id)
        self.assertEqual(self.item("prior_degree").draft_ids.type_id, interim)
        page = self.bring("prior_degree", ("b.pdf", PDF_2), type_id=degree.id)
        self.assertIn("The pages below are of", self.get_alert(page))
        # of a type that is not asked for, the first is meant
        foreign = self.get_type("letter")
        self.post(f"{self.get_item_url('prior_degree')}/discard")
        self.bring("prior_degree", ("a.pdf", PDF), type_id=foreign.id)
        self.assertEqual(self.item("prior_degree").draft_ids.type_id, degree)

    def test_substitute(self):
        """What counts for a while is told, and what is for good can follow it."""
        interim, degree = self.get_type("prior_interim"), self.get_type("prior_degree")
        interim.substitute_days = 180
        self.bring("prior_degree", ("a.pdf", PDF), type_id=interim.id)
        page = self.submit("prior_degree")
        text = self.get_text(page.find_class("o_sajad_substitute")[0])
        self.assertRegex(text, "Counts until .*: bring “Certificate of the Previous")
        self.bring("prior_degree", ("b.pdf", PDF_2))
        self.assertEqual(self.item("prior_degree").draft_ids.type_id, degree)
        page = self.submit("prior_degree")
        self.assertEqual(self.dossier.document_ids.type_id, interim | degree)
        self.assertFalse(page.find_class("o_sajad_substitute"))
        page = self.bring("prior_degree", ("c.jpg", make_photo()))
        self.assertIn("takes no files now", self.get_alert(page))

    # ------------------------------------------------------------
    # TWICE, AND IN TWO WINDOWS
    # ------------------------------------------------------------

    def test_sent_twice(self):
        self.bring("birth", ("a.pdf", PDF))
        page = self.bring("birth", ("a.pdf", PDF))
        self.assertIn("among the pages already", self.get_alert(page))
        self.assertEqual(len(self.item("birth").draft_ids.page_ids), 1)
        pages = self.item("birth").draft_ids._get_shown()
        for _click in range(2):
            url = f"{self.get_item_url('birth')}/submit"
            answer = self.post(url, pages=pages)
            self.assertIn("Submitted", self.get_alert(answer))
        self.assertEqual(len(self.dossier.document_ids.version_ids), 1)

    def test_changed_in_another_window(self):
        self.bring("birth", ("a.pdf", PDF))
        pages = self.item("birth").draft_ids._get_shown()
        self.bring("birth", ("b.jpg", make_photo()))
        page = self.post(f"{self.get_item_url('birth')}/submit", pages=pages)
        self.assertIn("Another window changed", self.get_alert(page))
        self.assertFalse(self.dossier.document_ids)

    def test_after_the_submission_nothing_is_taken(self):
        self.bring("birth", ("a.pdf", PDF))
        self.submit("birth")
        page = self.bring("birth", ("b.jpg", make_photo()))
        self.assertIn("takes no files now", self.get_alert(page))
        # nor for what the office brings
        page = self.bring("final_check", ("b.jpg", make_photo()))
        self.assertIn("takes no files now", self.get_alert(page))
        self.assertEqual(len(self.dossier.document_ids), 1)

    def test_office_was_faster(self):
        """A draft of what an office brought meanwhile is no dead end."""
        self.bring("birth", ("a.pdf", PDF))
        self.add("birth", PDF_2, user=self.user_officer)
        page = self.submit("birth")
        self.assertIn("takes no files now", self.get_alert(page))
        self.post(f"{self.get_item_url('birth')}/discard")
        self.assertFalse(self.item("birth").draft_ids)

    def test_submit_all(self):
        self.bring("birth", ("a.pdf", PDF))
        self.bring("photo", ("me.jpg", make_photo()))
        page = self.open(self.url)
        self.assertIn("Not submitted yet: 2", self.get_text(page))
        page = self.post(f"{self.url}/submit")
        self.assertIn("Submitted", self.get_alert(page))
        self.assertEqual(self.dossier.document_ids.mapped("state"), ["submitted"] * 2)
        self.post(f"{self.url}/submit")
        self.assertEqual(len(self.dossier.document_ids), 2)

    # ------------------------------------------------------------
    # WHAT IS NOT TAKEN
    # ------------------------------------------------------------

    def test_what_is_not_taken(self):
        large = make_photo() + b"\0" * 300 * 1024
        cases = [
            ("photo", ("a.pdf", PDF), "is not a JPG or PNG file"),
            ("birth", ("a.jpg", make_photo()[:2000]), "is damaged or was cut off"),
            ("birth", ("a.pdf", b"%PDF-1.4 %%EOF"), "is damaged"),
            ("birth", ("a.pdf", b""), "is empty"),
            ("photo", ("a.jpg", large), "larger than 250 KB"),
        ]
        for code, file, sentence in cases:
            with self.subTest(sentence):
                page = self.bring(code, file)
                self.assertIn(sentence, self.get_alert(page))
        self.assertIn("Choose the file.", self.get_alert(self.bring("birth")))
        self.assertFalse(self.dossier.item_ids.draft_ids)

    def test_good_ones_of_several_are_taken(self):
        page = self.bring("birth", ("a.pdf", PDF), ("b.exe", b"MZ"))
        self.assertIn("b.exe is not a", self.get_alert(page))
        self.assertEqual(self.item("birth").draft_ids.page_ids.file_name, "a.pdf")

    def test_quota_of_a_dossier(self):
        """What was sent in other days counts, too."""
        self.bring("birth", ("a.pdf", PDF))
        self.patch(sajad_dossier_draft, "QUOTA_FILES", 1)
        page = self.bring("birth", ("b.pdf", PDF_2))
        self.assertIn("very many files", self.get_alert(page))
        self.assertEqual(len(self.item("birth").draft_ids.page_ids), 1)

    # ------------------------------------------------------------
    # WHO LOOKED
    # ------------------------------------------------------------

    def test_who_looked(self):
        self.bring("birth", ("a.pdf", PDF))
        self.submit("birth")
        version = self.dossier.document_ids.version_id
        page = self.open(f"{self.url}/looks")
        self.assertTrue(page.find_class("o_sajad_empty"))
        # the own look is noted, and not told
        self.url_open(version._get_url())
        self.assertTrue(self.open(f"{self.url}/looks").find_class("o_sajad_empty"))
        Look = self.env["sajad.dossier.access"]
        for _number in range(21):
            Look.with_user(self.user_officer)._note(version, "view")
        Look.with_user(self.user_auditor)._note(version, "download")
        page = self.open(f"{self.url}/looks")
        looks = page.find_class("o_sajad_look")
        self.assertEqual(len(looks), 20)
        self.assertIn("Inspection or administration", self.get_text(looks[0]))
        self.assertIn("Dossier Expert of the Faculty", self.get_text(looks[1]))
        self.assertIn(self.user_officer.name, self.get_text(looks[1]))
        last = self.open(f"{self.url}/looks/page/2")
        self.assertEqual(len(last.find_class("o_sajad_look")), 2)
        self.open(f"{self.url}/looks/page/99")

    def test_notes(self):
        """Those that were written for the student, and no others."""
        Note = self.env["sajad.dossier.note"].with_user(self.user_officer)
        shared = {"dossier_id": self.dossier.id}
        Note.create({**shared, "text": "Bring the original", "is_for_student": True})
        Note.create({**shared, "text": "Ask the ministry"})
        text = self.open(self.url).text_content()
        self.assertIn("Bring the original", text)
        self.assertNotIn("Ask the ministry", text)

    # ------------------------------------------------------------
    # OTHERS
    # ------------------------------------------------------------

    def test_others(self):
        """Nobody but the student comes through any of the student's doors."""
        self.bring("birth", ("a.pdf", PDF))
        self.bring("photo", ("me.jpg", make_photo()))
        self.submit("photo")
        page = self.item("birth").draft_ids.page_ids
        version = self.dossier.document_ids.version_id
        item_url = self.get_item_url("birth")
        gets = (
            self.url,
            item_url,
            f"{self.url}/looks",
            f"{self.url}/pages/{page.id}/file",
        )
        posts = (
            f"{item_url}/pages",
            f"{item_url}/pages/{page.id}",
            f"{item_url}/discard",
            f"{item_url}/submit",
            f"{self.url}/submit",
        )
        own = self.env["sajad.dossier"].create({"student_id": self.other_student.id})
        for user in (self.user_other_student, self.user_officer, self.user_stranger):
            self.sign_in(user)
            for url in gets:
                with self.subTest(f"{user.login} {url}"):
                    self.open(url, 404)
            for url in posts:
                with self.subTest(f"{user.login} {url}"):
                    self.assertEqual(self.post(url, do="remove").status_code, 404)
        self.sign_in(self.user_other_student)
        # ids of somebody else's below an own dossier
        self.open(f"/my/dossiers/{own.id}/items/{self.item('birth').id}", 404)
        self.open(f"/my/dossiers/{own.id}/pages/{page.id}/file", 404)
        self.open(version._get_url(), 404)
        self.sign_in(None)
        for url in (*gets, version._get_url()):
            answer = self.url_open(url, allow_redirects=False)
            self.assertIn("/web/login", answer.headers["Location"])
        self.assertTrue(page.exists())
        self.assertEqual(self.item("birth").state, "draft")

    def test_drafts_have_no_other_door(self):
        """No office and no door of Odoo shows a page before it is submitted."""
        self.bring("birth", ("a.pdf", PDF))
        page = self.item("birth").draft_ids.page_ids
        file = page.attachment_id
        for user in (self.user_officer, self.env.ref("base.user_admin")):
            user.password = user.login
            self.sign_in(user)
            for url in (
                f"/web/content/{file.id}",
                f"/web/image/{file.id}",
                f"/web/content/sajad.dossier.draft.page/{page.id}/attachment_id",
            ):
                with self.subTest(f"{user.login} {url}"):
                    self.assertNotIn(PDF, self.url_open(url).content)
            Attachment = self.env["ir.attachment"].with_user(user)
            self.assertFalse(Attachment.search([("id", "=", file.id)]))

    def test_queries_do_not_grow_with_the_checklist(self):
        counts = {}
        requirement = self.env.ref("sajad_dossier.sajad_document_requirement_birth")
        for size in (1, 20, 100):
            while len(self.dossier.item_ids) < size:
                requirement.copy({"name": f"Paper {len(self.dossier.item_ids)}"})
                self.dossier._apply_requirements()
            self.env.flush_all()
            self.open(self.url)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.open(self.url)
            counts[size] = self.env.cr.sql_log_count - before
        self.assertEqual(counts[1], counts[20])
        self.assertEqual(counts[20], counts[100])
        self.assertLess(counts[100], 60)
