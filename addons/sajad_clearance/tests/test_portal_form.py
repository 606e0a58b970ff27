import io
import uuid

from lxml import html
from pypdf import PdfReader

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from odoo.addons.sajad_base.tests.test_portal import PDF, PNG

from .common import FORM, ClearanceCommon

URL = "/my/services/clearance_eleven/apply"
IDENTITY = (
    "national_id",
    "father_name",
    "birth_certificate_number",
    "birth_date",
    "birth_place",
    "sex",
    "study_mode",
)
# input, what is typed, part of the sentence at the input
BAD_INPUT = (
    ("national_id", "", "Fill in"),
    ("national_id", "9990000002", "not a valid national ID"),
    ("national_id", "۱۱۱۱۱۱۱۱۱۱", "not a valid national ID"),
    ("national_id", "12345", "not a valid national ID"),
    ("national_id", "9990000001; DROP TABLE", "not a valid national ID"),
    ("mobile", "", "Fill in"),
    ("mobile", "0912123456", "not a mobile number"),
    ("mobile", "02112345678", "not a mobile number"),
    ("mobile", "call me", "not a mobile number"),
    ("phone", "123", "not a telephone number"),
    ("birth_date", "", "Fill in"),
    ("birth_date", "2999-01-01", "10 to 110 years"),
    ("birth_date", "1599/01/01", "10 to 110 years"),
    ("birth_date", "1850-01-01", "too long ago"),
    ("birth_date", "1278/01/01", "too long ago"),
    ("birth_date", "1404/12/30", "no such day"),
    ("birth_date", "۱۳۸۰/۰۷/۳۱", "no such day"),
    ("birth_date", "2001-02-30", "no such day"),
    ("birth_date", "yesterday", "no such day"),
    ("father_name", "   ", "Fill in"),
    ("father_name", "<b>Ali</b>", "in letters"),
    ("father_name", "x" * 101, "At most 100"),
    ("birth_place", "12", "in letters"),
    ("birth_certificate_number", "12345678901", "at most ten digits"),
    ("birth_certificate_number", "A12", "at most ten digits"),
    ("sex", "both", "Choose one"),
    ("sex", "", "Fill in"),
    ("study_mode", "weekend", "Choose one"),
    ("marital_status", "", "Fill in"),
    ("field_id", "999999999", "Choose one"),
    ("field_id", "first", "Choose one"),
    ("degree_level_id", "", "Fill in"),
    ("address", " ", "Fill in"),
    ("address", "x" * 501, "At most 500"),
    ("clearance_reason", "", "Choose the reason"),
    ("clearance_reason", "holidays", "Choose the reason"),
    ("card_delivered", "maybe", "Say whether"),
    ("record_problem", "x" * 2001, "At most 2000"),
)
BAD_FILES = (
    ("note.txt", b"text", "not a PDF, JPG, or PNG"),
    ("program.pdf", b"MZ\0\0", "not a PDF, JPG, or PNG"),
    ("photo.pdf", PNG, "not a PDF, JPG, or PNG"),
    ("page.pdf", b"<html></html>", "not a PDF, JPG, or PNG"),
    ("empty.pdf", b"", "is empty"),
    ("large.pdf", PDF + b" " * 10 * 1024**2, "larger than 10 MB"),
)


@tagged("post_install", "-at_install")
class TestPortalForm(ClearanceCommon, HttpCase):
    """The whole form over HTTP: asked, refused, kept, printed (rows B4, B5, B9)."""

    def setUp(self):
        super().setUp()
        self.authenticate("t_student", "t_student")
        self.token = str(uuid.uuid4())
        self.full = {
            **FORM,
            "field_id": str(self.field.id),
            "degree_level_id": str(self.degree.id),
            "clearance_reason": "graduation",
            "card_delivered": "yes",
            "note": "A <long> text",
        }

    def forget(self):
        """Make a record that knows the study and nothing of the person."""
        names = [*FORM, "field_id", "degree_level_id"]
        self.student.write(dict.fromkeys(names, False))
        self.student.flush_recordset()

    def post(self, values, files=(), **kw):
        data = {
            "csrf_token": Request.csrf_token(self),
            "submit_token": self.token,
            **values,
            **kw,
        }
        files = [(field, (name, io.BytesIO(content))) for field, name, content in files]
        return self.url_open(URL, data=data, files=files or None)

    def get_requests(self):
        return self.env["sajad.request"].search(
            [("partner_id", "=", self.student.partner_id.id)]
        )

    def get_inputs(self, response):
        page = html.fromstring(response.text)
        return {
            node.get("name"): node
            for node in page.xpath("//form[@enctype]//*[@name]")
            if node.get("type") != "radio"
        }

    def get_typed(self, node):
        if node.tag == "textarea":
            return node.text or ""
        if node.tag == "select":
            return "".join(node.xpath("./option[@selected]/@value"))
        return node.get("value") or ""

    def get_error(self, response, name):
        """Return the sentence beside an input."""
        page = html.fromstring(response.text)
        found = page.xpath(
            f"//*[@id='{name}' or @id='sajad_{name}']/descendant-or-self::*"
            "/following-sibling::*[hasclass('invalid-feedback')]"
        ) or page.xpath(f"//*[@id='{name}']//*[hasclass('invalid-feedback')]")
        return found[0].text_content() if found else ""

    # ------------------------------------------------------------
    # WHAT IS ASKED
    # ------------------------------------------------------------

    def test_known_values_are_shown_and_not_asked(self):
        response = self.url_open(URL)
        inputs = self.get_inputs(response)
        self.assertFalse(set(IDENTITY) & set(inputs))
        for name in ("mobile", "phone", "address", "marital_status"):
            self.assertEqual(self.get_typed(inputs[name]), FORM[name], name)
        (section,) = html.fromstring(response.text).xpath(
            "//section[@aria-labelledby='clearance_identity']"
        )
        shown = section.text_content()
        for text in ("1001", "9990000001", "Test Father", "Test City", "08/14/2001"):
            self.assertIn(text, shown)
        self.assertIn("Test Field", shown)

    def test_only_the_unknown_is_asked(self):
        self.student.write({"father_name": False, "birth_date": False})
        inputs = self.get_inputs(self.url_open(URL))
        self.assertEqual(set(IDENTITY) & set(inputs), {"father_name", "birth_date"})
        self.assertEqual(inputs["birth_date"].get("required"), "required")
        self.assertIsNone(inputs["phone"].get("required"))

    def test_what_is_typed_fills_the_record(self):
        self.forget()
        response = self.post(
            self.full,
            national_id="۹۹۹ ۰۰۰۰۰۰-۱",
            mobile="۰۹۱۲ ۱۲۳ ۴۵۶۷",
            birth_date="1380/05/23",
            father_name="علي",
        )
        request = self.get_requests()
        self.assertIn(request.access_url, response.url)
        self.assertRecordValues(
            self.student,
            [
                {
                    "national_id": "9990000001",
                    "mobile": "+989121234567",
                    "father_name": "علی",
                    "sex": "male",
                    "field_id": self.field.id,
                    "address": FORM["address"],
                }
            ],
        )
        self.assertEqual(str(self.student.birth_date), "2001-08-14")
        self.assertIn("9990000001", self.student.message_ids[:1].body)
        lines = {line["name"]: line for line in request._get_declared_lines()}
        self.assertTrue(lines["national_id"]["declared"])
        self.assertFalse(lines["student_number"]["declared"])
        self.assertEqual(lines["mobile"]["value"], "09121234567")
        self.assertEqual(lines["field_id"]["value"], "Test Field")

    def test_emptied_stays_empty(self):
        """The telephone that the student no longer has does not come back."""
        self.student.phone = "02112345678"
        self.post({**self.full, "phone": ""})
        request = self.get_requests()
        lines = {line["name"]: line for line in request._get_declared_lines()}
        self.assertEqual(
            (lines["phone"]["value"], lines["phone"]["declared"]), ("", True)
        )
        self.assertFalse(self.student.phone)
        self.assertIn("→ -", self.student.message_ids[:1].body)

    def test_cleared_already_is_told(self):
        """Who has a valid certificate reads so before applying again."""
        self.assertNotIn("clearance_certified", self.url_open(URL).text)
        self.post(self.full)
        request = self.get_requests()
        self._approve_until(request, None)
        self.assertEqual(request.state, "done")
        page = self.url_open(URL).text
        self.assertIn("clearance_certified", page)
        self.assertIn(request.certificate_ids.name, page)
        request.certificate_ids._revoke("Wrong")
        self.assertNotIn("clearance_certified", self.url_open(URL).text)

    def test_card_is_spoken_of_where_it_is_checked(self):
        self.assertTrue(self.process._asks_card())
        self.assertIn("when it has the card", self.url_open(URL).text)
        ticket = self.env.ref("sajad_clearance.sajad_process_clearance_ticket")
        self.assertFalse(ticket._asks_card())

    def test_snapshot_stays(self):
        self.post(self.full)
        self.student.write({"father_name": "Another", "mobile": "09129999999"})
        lines = self.get_requests()._get_declared_lines()
        values = {line["name"]: line["value"] for line in lines}
        self.assertEqual(values["father_name"], "Test Father")
        self.assertEqual(values["mobile"], "09121234567")

    def test_register_is_not_overwritten(self):
        """Row B9: known identity is not taken from the form, whatever is posted."""
        self.post(
            self.full,
            national_id="9990000010",
            father_name="Forged",
            student_number="1",
            name="Forged",
            has_dormitory="1",
            birth_date="1990-01-01",
        )
        self.assertEqual(len(self.get_requests()), 1)
        self.assertRecordValues(
            self.student,
            [
                {
                    "national_id": "9990000001",
                    "father_name": "Test Father",
                    "student_number": "1001",
                    "name": "t_student",
                    "has_dormitory": False,
                }
            ],
        )

    def test_contact_is_corrected(self):
        self.post(self.full, mobile="09350000000", marital_status="married", phone="")
        self.assertEqual(self.student.mobile, "+989350000000")
        self.assertEqual(self.student.marital_status, "married")
        # the telephone that the student emptied does not come back
        self.assertFalse(self.student.phone)
        body = self.student.message_ids[:1].body
        self.assertIn("09121234567", body)
        self.assertNotIn("Address", body)

    def test_something_is_wrong(self):
        self.post(self.full, record_problem="My father is called Hasan.")
        request = self.get_requests()
        self.assertEqual(request.record_problem, "My father is called Hasan.")
        task = self._get_work(request, "department")
        self.assertIn("called Hasan", task.declared_html)
        self.assertIn("Test Father", task.declared_html)

    def test_form_is_escaped_for_the_expert(self):
        self.post(self.full, record_problem="<script>alert(1)</script>")
        task = self._get_work(self.get_requests(), "department")
        self.assertNotIn("<script>", task.declared_html)

    def test_international_student(self):
        country = self.env.ref("base.iq")
        self.forget()
        self.student.write({"is_international": True, "nationality_id": country.id})
        inputs = self.get_inputs(self.url_open(URL))
        self.assertNotIn("national_id", inputs)
        self.assertNotIn("birth_certificate_number", inputs)
        self.assertIsNone(inputs["birth_place"].get("required"))
        response = self.post(self.full)
        self.assertIn("passport number or", self.get_error(response, "passport_number"))
        response = self.post(self.full, foreign_id="12345")
        self.assertIn("twelve digits", self.get_error(response, "foreign_id"))
        response = self.post(self.full, passport_number="؟؟")
        self.assertIn("5 to 12", self.get_error(response, "passport_number"))
        self.assertFalse(self.get_requests())
        self.post(self.full, passport_number="a 123-4567")
        self.assertEqual(len(self.get_requests()), 1)
        self.assertEqual(self.student.passport_number, "A1234567")
        self.assertFalse(self.student.national_id)

    # ------------------------------------------------------------
    # BAD INPUT
    # ------------------------------------------------------------

    def test_bad_input(self):
        """Each gets its sentence at its input, and nothing typed is lost."""
        self.forget()
        for name, typed, sentence in BAD_INPUT:
            with self.subTest(f"{name}: {typed[:20]}"):
                values = {**self.full, name: typed}
                response = self.post(values)
                self.assertEqual(response.status_code, 200)
                self.assertIn(sentence, self.get_error(response, name))
                inputs = self.get_inputs(response)
                for other in ("father_name", "address", "note", "mobile", "sex"):
                    if other != name:
                        found = self.get_typed(inputs[other])
                        self.assertEqual(found, self.full[other])
                if name in inputs and inputs[name].tag != "select":
                    self.assertEqual(
                        self.get_typed(inputs[name]).strip(), typed.strip()
                    )
                self.assertFalse(self.get_requests())
        self.assertFalse(self.student.national_id)
        # and the corrected form goes through
        self.post(self.full)
        self.assertEqual(self.get_requests().state, "running")

    def test_bad_files(self):
        for field in ("files", "commitment"):
            for name, content, sentence in BAD_FILES:
                with self.subTest(f"{field}: {name}"):
                    response = self.post(self.full, [(field, name, content)])
                    self.assertIn(sentence, self.get_error(response, field))
                    self.assertFalse(self.get_requests())

    def test_files_survive_an_error(self):
        files = [("commitment", "notary.pdf", PDF), ("files", "letter.png", PNG)]
        response = self.post({**self.full, "clearance_reason": ""}, files)
        page = html.fromstring(response.text)
        kept = page.xpath("//input[@name='kept_file_ids']/@value")
        self.assertEqual(len(kept), 2)
        self.post(self.full, kept_file_ids=kept)
        request = self.get_requests()
        self.assertEqual(request.commitment_file_id.name, "notary.pdf")
        names = set(request._get_portal_files().mapped("name"))
        self.assertEqual(names, {"notary.pdf", "letter.png"})
        task = self._get_work(request, "department")
        self.assertIn("notary.pdf", task.declared_html)

    def test_second_commitment_replaces_the_first(self):
        self.post({**self.full, "card_delivered": ""}, [("commitment", "old.pdf", PDF)])
        kept = (
            self.env["sajad.upload"]
            .with_user(self.user_student)
            ._get_kept(f"{self.token}-commitment")
        )
        self.post(self.full, [("commitment", "new.pdf", PDF)], kept_file_ids=kept.ids)
        request = self.get_requests()
        self.assertEqual(request._get_portal_files().mapped("name"), ["new.pdf"])
        self.assertEqual(request.commitment_file_id.name, "new.pdf")

    def test_number_of_another_person(self):
        self.forget()
        self.make_student("1009", self.university, national_id="9990000001")
        response = self.post(self.full)
        self.assertIn("Another person", self.get_error(response, "national_id"))
        self.assertFalse(self.get_requests())

    def test_double_submission(self):
        for _click in range(2):
            response = self.post(self.full)
            self.assertIn(self.get_requests().access_url, response.url)
        self.assertEqual(len(self.get_requests()), 1)

    def test_second_open_clearance(self):
        self.post(self.full)
        first = self.get_requests()
        self.assertIn(first.access_url, self.url_open(URL).text)
        self.token = str(uuid.uuid4())
        response = self.post(self.full, note="Typed again")
        self.assertIn(first.access_url, response.text)
        self.assertEqual(
            self.get_typed(self.get_inputs(response)["note"]), "Typed again"
        )
        self.assertEqual(self.get_requests(), first)

    def test_study_of_another_person(self):
        self.post(self.full, requester=f"student-{self.other_student.id}")
        self.assertEqual(self.get_requests().student_id, self.student)
        self.assertFalse(self.other_student.national_id)

    def test_choose_the_study(self):
        """Each study has its own record, and its own questions."""
        second = self.make_student("1002", self.university, self.user_student)
        inputs = self.get_inputs(self.url_open(f"{URL}?requester=student-{second.id}"))
        self.assertIn("father_name", inputs)
        url = f"{URL}?requester=student-{self.student.id}"
        inputs = self.get_inputs(self.url_open(url))
        self.assertNotIn("father_name", inputs)

    def test_closed_call(self):
        self.process.call_end = "2020-01-01"
        response = self.post(self.full)
        self.assertIn("has closed", response.text)
        self.assertFalse(self.get_requests())

    # ------------------------------------------------------------
    # DRAFT AND PAPER
    # ------------------------------------------------------------

    def test_draft_of_the_form(self):
        self.forget()
        typed = {"father_name": "Half", "mobile": "0912", "record_problem": "A lot"}
        data = {"csrf_token": Request.csrf_token(self), "submit_token": self.token}
        self.url_open(
            "/my/services/clearance_eleven/draft",
            data={**data, **typed, "clearance_reason": "transfer", "name": "Forged"},
        )
        response = self.url_open(URL)
        inputs = self.get_inputs(response)
        for name, text in typed.items():
            self.assertEqual(self.get_typed(inputs[name]), text)
        page = html.fromstring(response.text)
        self.assertTrue(page.xpath("//input[@value='transfer'][@checked]"))
        draft = self.env["sajad.request.draft"].search([("token", "=", self.token)])
        self.assertNotIn("name", draft.content)
        self.assertFalse(self.student.father_name)

    def test_printed_form(self):
        self.forget()
        self.post(self.full, record_problem="Wrong field of study")
        request = self.get_requests()
        self.student.father_name = "Changed Later"
        report = self.env["ir.actions.report"].with_user(self.experts["department"])
        content, _kind = report.with_context(
            force_report_rendering=True
        )._render_qweb_pdf("sajad_base.sajad_request_sheet", request.ids)
        pages = PdfReader(io.BytesIO(content)).pages
        words = [word for page in pages for word in page.extract_text().split()]
        text = " ".join(words)
        for shown in ("Test Father", "9990000001", "Wrong field of study"):
            self.assertIn(shown, text)
        self.assertNotIn("Changed Later", text)

    def test_request_without_a_form(self):
        """Requests that an office starts for students have none."""
        request = self._submit()
        self.assertEqual(request._get_declared_lines(), [])
        self.assertFalse(self._get_work(request, "department").declared_html)

    # ------------------------------------------------------------
    # WHAT IS CORRECTED ON RETURN
    # ------------------------------------------------------------

    def apply_returned(self):
        """Send the whole form, which the first office returns with a reason."""
        self.forget()
        self.post(self.full, [("commitment", "old.pdf", PDF)])
        request = self.get_requests()
        task = self.task(request, "department")
        task = task.with_user(self.experts["department"])
        task.env["sajad.engine"]._return_to_student(task, "Which reason is it?")
        return request

    def answer(self, request, files=(), **typed):
        files = [(field, (name, io.BytesIO(content))) for field, name, content in files]
        form = {"csrf_token": Request.csrf_token(self), "form_sent": "1"}
        data = {**form, "answer": "Corrected.", **self.full, **typed}
        url = f"{request.access_url}/answer"
        return self.url_open(url, data=data, files=files or None)

    def test_returned_form_shows_what_was_sent(self):
        """The reason of the office stands above the form, which shows what it says."""
        request = self.apply_returned()
        page = html.fromstring(self.url_open(request.access_url).text)
        (form,) = page.xpath("//form[@id='answer_form']")
        section = form.getparent().text_content()
        self.assertLess(
            section.index("Which reason is it?"), section.index("Correct the form")
        )
        shown = {
            node.get("name"): self.get_typed(node)
            for node in form.xpath(".//*[@name][not(@type='radio')]")
        }
        for name in ("father_name", "mobile", "address", "birth_place", "note"):
            self.assertEqual(shown[name], self.full[name], name)
        chosen = form.xpath(".//input[@type='radio'][@checked]/@value")
        self.assertEqual(chosen, ["graduation", "yes"])
        self.assertIn("commitment", shown)
        # the number of a student is the register's
        self.assertNotIn("student_number", shown)

    def test_returned_form_is_corrected(self):
        """Reason, card, contact, what was said of the person, and files; the history
        tells what was there before."""
        request = self.apply_returned()
        first = request.commitment_file_id
        self.answer(
            request,
            [("commitment", "new.pdf", PDF)],
            clearance_reason="transfer",
            card_delivered="no",
            mobile="09350000000",
            father_name="Right Father",
            record_problem="The entry year is wrong.",
            note="Another text",
        )
        self.assertEqual(request.state, "running")
        self.assertEqual(request.clearance_reason, "transfer")
        self.assertFalse(request.card_delivered)
        self.assertEqual(request.note, "Another text")
        self.assertEqual(request.record_problem, "The entry year is wrong.")
        self.assertEqual(request.commitment_file_id.name, "new.pdf")
        # what was handed in stays
        self.assertTrue(first.exists())
        self.assertEqual(self.student.father_name, "Right Father")
        said = {line["name"]: line["value"] for line in request.declared}
        self.assertEqual(said["father_name"], "Right Father")
        self.assertEqual(said["birth_place"], "Test City")
        self.assertEqual(said["mobile"], self.student.mobile)
        (event,) = request.event_ids.filtered(lambda e: e.kind == "answered")
        for line in (
            "Corrected.",
            "Reason for Clearance: Graduation → Transfer",
            "Student Card Delivered: Yes → No",
            "Father's Name: Test Father → Right Father",
            "New file: new.pdf",
            "Explanation: A <long> text → Another text",
        ):
            self.assertIn(line, event.reason)
        self.assertNotIn("Birth Place", event.reason)

    def test_returned_form_is_checked_as_the_first_time(self):
        """Nothing wrong is taken, nothing typed is lost, nothing is half done."""
        request = self.apply_returned()
        for name, typed, sentence in (
            ("mobile", "call me", "not a mobile number"),
            ("father_name", "", "Fill in"),
            ("clearance_reason", "holidays", "Choose the reason"),
            ("card_delivered", "", "Say whether"),
            ("national_id", "9990000002", "not a valid national ID"),
        ):
            with self.subTest(name, typed=typed):
                page = self.answer(request, address="New Street", **{name: typed})
                self.assertIn(sentence, self.get_error(page, name))
                self.assertIn("New Street", page.text)
                self.assertEqual(request.state, "returned")
        page = self.answer(request, [("commitment", "x.pdf", b"MZ")], mobile="")
        self.assertIn("not a PDF", page.text)
        self.assertEqual(self.student.address, FORM["address"])
        self.assertEqual(request.commitment_file_id.name, "old.pdf")

    def test_returned_form_leaves_what_the_office_put_right(self):
        """What the register corrected meanwhile is shown and no longer asked; a plain
        answer changes nothing."""
        request = self.apply_returned()
        self.student.father_name = "Office Father"
        self.answer(request, father_name="Somebody", note="A <long> text")
        self.assertEqual(request.state, "running")
        self.assertEqual(self.student.father_name, "Office Father")
        said = {line["name"]: line["value"] for line in request.declared}
        self.assertEqual(said["father_name"], "Test Father")
        (event,) = request.event_ids.filtered(lambda e: e.kind == "answered")
        self.assertEqual(event.reason, "Corrected.")
