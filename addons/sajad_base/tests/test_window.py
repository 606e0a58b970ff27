import uuid
from io import BytesIO

from lxml import html

from odoo import fields, http
from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import SQL

from .common import STAFF, SajadCommon
from .test_portal import PDF, PNG


class WindowCommon(SajadCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "window", {"only": {}}, kind="welfare", exclusive_group="window"
        )
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        Guide = cls.env["sajad.process.guide"]
        cls.guides = {
            audience: Guide.create(
                {
                    "process_id": cls.process.id,
                    "audience": audience,
                    "name": f"Guide of {audience}",
                    "body": f"<p>Told to {audience}</p>",
                }
            )
            for audience in ("student", "university", "organization")
        }

    def get_tree(self, url):
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200, url)
        return html.fromstring(response.text)

    def get_cards(self, url):
        """Return {code: card} of the services on a page."""
        cards = self.get_tree(url).xpath("//article[hasclass('o_sajad_service')]")
        return {
            card.xpath(".//h3/a/@href")[0].rsplit("/", 1)[1]: card for card in cards
        }

    def post(self, url, data, files=()):
        data = {"csrf_token": http.Request.csrf_token(self), **data}
        files = [(name, (file, BytesIO(body))) for name, file, body in files]
        return self.url_open(url, data=data, files=files or None)

    def count_queries(self, url):
        self.url_open(url)
        before = self.cr.sql_log_count
        self.assertEqual(self.url_open(url).status_code, 200)
        return self.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestWindow(WindowCommon):
    """The catalogue of services, for visitors and for students (row A8)."""

    def test_visitor_sees_everything_and_signs_in_to_apply(self):
        self.authenticate(None, None)
        card = self.get_cards("/services")["window"]
        self.assertFalse(card.xpath(".//a[contains(@href, '/apply')]"))
        page = self.get_tree("/services/window")
        (link,) = page.xpath("//a[@id='sajad_sign_in']/@href")
        answer = self.url_open(link, allow_redirects=False)
        self.assertIn("/web/login", answer.headers["Location"])
        self.assertIn("window", answer.headers["Location"])
        self.authenticate("t_student", "t_student")
        self.assertTrue(self.get_tree(link).xpath("//input[@name='submit_token']"))

    def test_search_kind_and_audience(self):
        self.make_process("kid", {"only": {}}, name="كارت ملي", kind="education")
        self.make_process("desk", {"only": {}}, **STAFF)
        self.authenticate(None, None)
        for query, codes in (
            ("search=کارت+ملی", {"kid"}),
            ("search=ملي+كارت", {"kid"}),
            ("kind=education", {"kid"}),
            ("audience=staff", {"desk"}),
            ("search=no+such+thing", set()),
            ("search=no%25thing", set()),
        ):
            found = set(self.get_cards(f"/services?{query}"))
            self.assertEqual(found & {"kid", "desk", "window"}, codes, query)
        found = self.get_cards("/services?audience=all&kind=nonsense")
        self.assertLessEqual({"kid", "desk", "window"}, set(found))
        self.assertFalse(found["desk"].xpath(".//a[contains(@href, '/apply')]"))

    def test_what_is_not_offered_says_so(self):
        self.make_process(
            "away", {"only": {}}, university_ids=self.other_university.ids
        )
        self.make_process(
            "guest", {"only": {}}, student_condition="[('is_international', '=', True)]"
        )
        self.make_process("hidden", {"only": {}}, publish=False)
        self.make_process("archived", {"only": {}}, active=False)
        self.authenticate("t_student", "t_student")
        cards = self.get_cards("/my/services")
        for code in ("away", "guest"):
            self.assertTrue(cards[code].find_class("o_sajad_not_offered"), code)
            self.assertFalse(cards[code].xpath(".//a[contains(@href, '/apply')]"))
        self.assertFalse(cards["window"].find_class("o_sajad_not_offered"))
        self.assertFalse({"hidden", "archived"} & set(cards))
        for code in ("hidden", "archived", "nothing"):
            self.assertEqual(self.url_open(f"/services/{code}").status_code, 404, code)

    def test_calls(self):
        self.authenticate("t_student", "t_student")
        for state, values in (
            ("soon", {"call_start": "2090-05-01", "call_end": "2090-06-01"}),
            ("soon", {"call_start": "2090-05-01", "call_end": False}),
            ("closed", {"call_start": "2020-05-01", "call_end": "2020-06-01"}),
            ("closed", {"call_start": False, "call_end": "2020-06-01"}),
        ):
            self.process.write(values)
            card = self.get_cards("/my/services")["window"]
            (text,) = card.find_class(f"o_sajad_call_{state}")
            for day in filter(None, values.values()):
                self.assertIn(day[:4], text.text_content())
            self.assertFalse(card.xpath(".//a[contains(@href, '/apply')]"))
            page = self.get_tree("/my/services/window/apply")
            self.assertIn(text.text_content().strip(), page.text_content())
        self.process.write({"call_start": False, "call_end": "2090-06-01"})
        card = self.get_cards("/my/services")["window"]
        self.assertTrue(card.xpath(".//a[contains(@href, '/apply')]"))

    def test_calls_in_jalali(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.user_student.write({"lang": "fa_IR", "tz": "Asia/Tehran"})
        self.process.call_start = "2090-05-01"
        self.authenticate("t_student", "t_student")
        text = self.get_cards("/my/services")["window"].text_content()
        self.assertIn("1469", text)
        self.assertNotIn("2090", text)

    def test_duration_is_measured_or_not_told(self):
        self.env["sajad.process"]._cron_measure()
        self.assertEqual(self.process.measured_count, 0)
        (told,) = self.get_tree("/services/window").find_class("o_sajad_duration")
        self.assertNotRegex(told.text_content(), r"\d")
        now = fields.Datetime.now()
        for days in range(1, 11):
            request = self.make_request(self.process, open_key=False)
            self.approve(request, "only")
            self.env.cr.execute(
                "UPDATE sajad_request SET date_submit = %s, date_done = %s"
                " WHERE id = %s",
                [fields.Datetime.subtract(now, days=days), now, request.id],
            )
        self.env["sajad.process"]._cron_measure()
        self.process.invalidate_recordset()
        self.assertEqual(self.process.measured_count, 10)
        self.assertEqual(self.process.measured_median, 5.5)
        self.assertEqual(self.process.measured_p90, 9.1)
        (told,) = self.get_tree("/services/window").find_class("o_sajad_duration")
        self.assertIn("9", told.text_content())

    def test_fee(self):
        """The page says what the one owner of fees says."""
        (told,) = self.get_tree("/services/window").find_class("o_sajad_fee")
        self.assertEqual(told.text_content(), self.process._get_fee_text())

    def test_catalogue_is_cheap(self):
        """Queries do not grow with the services; pages end."""
        self.authenticate("t_student", "t_student")
        few = self.count_queries("/my/services?audience=all")
        for number in range(30):
            process = self.make_process(f"many_{number}", {"only": {}})
            self.env["sajad.process.attachment"].create(
                {"process_id": process.id, "name": f"Paper {number}"}
            )
        self.assertLessEqual(self.count_queries("/my/services?audience=all"), few + 2)
        url = "/my/services/page/{}?audience=all"
        first, second = (set(self.get_cards(url.format(n))) for n in (1, 2))
        self.assertEqual(len(first), 24)
        self.assertTrue(second)
        self.assertFalse(first & second)
        self.get_cards(url.format(99))


@tagged("post_install", "-at_install")
class TestGuides(WindowCommon):
    """Guides: who reads which, and pictures that nobody else reads (row A8)."""

    def make_file(self, name="map.png", **values):
        return self.env["ir.attachment"].create(
            {"name": name, "raw": PNG, "mimetype": "image/png", **values}
        )

    def put_picture(self, picture, user=None):
        guide = self.guides["student"].with_user(user or self.user_admin)
        guide.body = f'<p>See <img src="/web/image/{picture.id}-ab/map.png"></p>'
        page = self.get_tree("/services/window")
        (source,) = page.xpath("//div[hasclass('o_sajad_guide_body')]//img/@src")
        return source

    def test_each_audience_reads_its_own(self):
        for login, audiences in (
            (None, ["student"]),
            ("t_student", ["student"]),
            ("t_officer", ["university", "student"]),
            ("t_organization", ["organization", "university", "student"]),
        ):
            self.authenticate(login, login)
            sections = self.get_tree("/services/window").find_class("o_sajad_guide")
            told = [section.xpath("./h2")[0].text for section in sections]
            self.assertEqual(told, [f"Guide of {name}" for name in audiences], login)

    def test_picture_is_read_through_its_guide_only(self):
        picture = self.make_file(
            res_model="sajad.process.guide", res_id=self.guides["student"].id
        )
        self.authenticate(None, None)
        source = self.put_picture(picture)
        answer = self.url_open(source)
        self.assertEqual(answer.content, PNG)
        self.assertEqual(answer.headers["Content-Type"], "image/png")
        self.assertNotEqual(self.url_open(f"/web/image/{picture.id}").content, PNG)
        # neither through another guide, nor any other file through this one
        other = self.make_file("other.png")
        for guide, file in (
            (self.guides["university"], picture),
            (self.guides["student"], other),
        ):
            url = f"/services/guides/{guide.id}/files/{file.id}"
            self.assertEqual(self.url_open(url).status_code, 404)
        self.guides["student"].active = False
        self.assertEqual(self.url_open(source).status_code, 404)

    def test_picture_of_the_staff(self):
        guide = self.guides["university"]
        picture = self.make_file(res_model=guide._name, res_id=guide.id)
        url = f"/services/guides/{guide.id}/files/{picture.id}"
        for login, status in ((None, 404), ("t_student", 404), ("t_officer", 200)):
            self.authenticate(login, login)
            self.assertEqual(self.url_open(url).status_code, status, login)

    def test_borrowed_picture_is_copied(self):
        """A picture of another record goes into a guide; the record stays closed."""
        partner = self.env["res.partner"].create({"name": "Owner"})
        picture = self.make_file(res_model="res.partner", res_id=partner.id)
        source = self.put_picture(picture, self.env.ref("base.user_admin"))
        self.assertFalse(source.endswith(f"/{picture.id}"))
        self.assertEqual(self.url_open(source).content, PNG)
        self.assertEqual(
            (picture.res_model, picture.res_id), ("res.partner", partner.id)
        )

    def test_picture_that_the_author_may_not_see(self):
        draft = self.env["sajad.request.draft"].create(
            {
                "partner_id": self.student.partner_id.id,
                "process_id": self.process.id,
                "student_id": self.student.id,
                "token": "t",
            }
        )
        secret = self.make_file("secret.png", res_model=draft._name, res_id=draft.id)
        admin = new_test_user(self.env, "t_author", "sajad_base.group_sajad_admin")
        source = self.put_picture(secret, admin)
        self.authenticate(None, None)
        self.assertEqual(self.url_open(source).status_code, 404)

    def test_text_is_cleaned(self):
        self.guides["student"].body = (
            "<p onclick='x()'>Hello<script>alert(1)</script></p>"
            "<a href='javascript:alert(1)'>link</a>"
        )
        page = self.url_open("/services/window").text
        self.assertIn("Hello", page)
        for bad in ("alert(1)", "onclick='x"):
            self.assertNotIn(bad, page)

    def test_files_are_downloaded(self):
        guide = self.guides["student"]
        page_file = self.make_file("form.html", mimetype="text/html", raw=b"<b>x</b>")
        with self.assertRaisesRegex(ValidationError, "form.html is not a PDF"):
            guide.attachment_ids = page_file
        guide.attachment_ids = self.make_file(
            "form.pdf", mimetype="application/pdf", raw=PDF
        )
        page = self.get_tree("/services/window")
        (link,) = page.xpath("//section[hasclass('o_sajad_guide')]//ul//a/@href")
        answer = self.url_open(link)
        self.assertIn("attachment", answer.headers["Content-Disposition"])

    def test_guide_in_the_back_end(self):
        for user, audience in (
            (self.user_officer, "university"),
            (self.user_organization, "organization"),
        ):
            action = self.process.with_user(user).action_open_guide()
            self.assertEqual(action["res_id"], self.guides[audience].id)
        request = self.make_request(self.process)
        action = self.task(request, "only", self.user_officer).action_open_guide()
        self.assertEqual(action["res_id"], self.guides["university"].id)
        second = self.guides["university"].copy({"name": "Second"})
        action = self.process.with_user(self.user_officer).action_open_guide()
        found = self.env["sajad.process.guide"].search(action["domain"])
        self.assertLessEqual(second | self.guides["university"], found)
        self.assertNotIn(self.guides["organization"], found)


class AttachmentCommon(WindowCommon):
    """A form with named documents and required fields."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Slot = cls.env["sajad.process.attachment"]
        cls.passport, cls.other = Slot.create(
            [
                {"process_id": cls.process.id, "name": "Passport"},
                {
                    "process_id": cls.process.id,
                    "name": "Other: papers/",
                    "required": False,
                    "max_files": 2,
                },
            ]
        )
        cls.process.flow_ids.request_properties_definition = [
            {"name": "why", "type": "char", "string": "Why"},
            {"name": "sure", "type": "boolean", "string": "Sure"},
            {
                "name": "ways",
                "type": "tags",
                "string": "Ways",
                "tags": [["bus", "By bus", 1], ["rail", "By rail", 2]],
            },
            {
                "name": "field",
                "type": "many2one",
                "string": "Field",
                "comodel": "sajad.university",
                "domain": "[('code', '=', 'OU')]",
            },
            {
                "name": "person",
                "type": "many2one",
                "string": "Person",
                "comodel": "res.partner",
            },
            {"name": "count", "type": "integer", "string": "Count"},
        ]
        cls.process.flow_ids.required_properties = [
            "why",
            "sure",
            "ways",
            "field",
            "count",
        ]
        cls.url = "/my/services/window/apply"

    def setUp(self):
        super().setUp()
        self.authenticate("t_student", "t_student")

    def apply(self, files=(), **values):
        values.setdefault("submit_token", str(uuid.uuid4()))
        return self.post(self.url, values, files)

    def get_request(self):
        return self.env["sajad.request"].search([("process_id", "=", self.process.id)])

    def get_typed(self):
        return {
            "property_why": "Because",
            "property_sure": "1",
            "property_ways__rail": "1",
            "property_field": str(self.other_university.id),
            "property_count": "0",
        }


@tagged("post_install", "-at_install")
class TestAttachments(AttachmentCommon):
    """Named documents and required fields of a form (row A8)."""

    def test_everything_is_named_and_kept(self):
        files = [
            (self.passport._get_input(), "scan.pdf", PDF),
            (self.other._get_input(), "a.png", PNG),
            (self.other._get_input(), "b.pdf", PDF),
        ]
        answer = self.apply(files, **self.get_typed())
        self.assertIn("message=submitted", answer.url)
        request = self.get_request()
        names = request._get_portal_files().mapped("name")
        self.assertEqual(names[0], "Passport - scan.pdf")
        self.assertEqual(len(names), 3)
        self.assertFalse([name for name in names if "/" in name])
        page = html.fromstring(answer.text).text_content()
        for text in ("Passport - scan.pdf", "By rail", "Other University"):
            self.assertIn(text, page)
        self.assertNotIn("By bus", page)
        typed = {p["name"]: p.get("value") for p in request.read()[0]["properties"]}
        self.assertEqual(typed["ways"], ["rail"])
        self.assertEqual(typed["count"], 0)

    def test_missing_ones_are_told_at_their_place(self):
        token = str(uuid.uuid4())
        files = [(self.other._get_input(), "a.png", PNG)]
        answer = self.apply(files, submit_token=token, property_ways__bus="1")
        self.assertFalse(self.get_request())
        page = html.fromstring(answer.text)
        errors = page.xpath("//*[hasclass('invalid-feedback')]")
        self.assertEqual(len(errors), 5)
        self.assertEqual(
            page.xpath("//input[@type='checkbox' and @checked]/@name"),
            ["property_ways__bus", "kept_file_ids"],
        )
        # the optional file waits in its place, and is sent with the rest
        (kept,) = page.xpath("//input[@name='kept_file_ids']/@value")
        files = [(self.passport._get_input(), "scan.pdf", PDF)]
        self.apply(files, submit_token=token, kept_file_ids=kept, **self.get_typed())
        names = self.get_request()._get_portal_files().mapped("name")
        self.assertEqual(len(names), 2)
        self.assertTrue(any(name.startswith("Passport - ") for name in names))

    def test_a_kept_file_counts(self):
        token = str(uuid.uuid4())
        files = [(self.passport._get_input(), "scan.pdf", PDF)]
        answer = self.apply(files, submit_token=token)
        (kept,) = html.fromstring(answer.text).xpath(
            "//input[@name='kept_file_ids']/@value"
        )
        self.apply(submit_token=token, kept_file_ids=kept, **self.get_typed())
        self.assertTrue(self.get_request())

    def test_not_offered_choices_are_refused(self):
        files = [(self.passport._get_input(), "scan.pdf", PDF)]
        for value in (str(self.university.id), "999999", "x"):
            typed = {**self.get_typed(), "property_field": value}
            answer = self.apply(files, **typed)
            self.assertIn("Choose one of the list.", answer.text)
        self.assertFalse(self.get_request())

    def test_persons_are_never_listed(self):
        page = self.get_tree(self.url)
        self.assertFalse(page.xpath("//*[@name='property_person']"))
        self.apply(
            [(self.passport._get_input(), "scan.pdf", PDF)],
            **self.get_typed(),
            property_person=str(self.user_admin.partner_id.id),
        )
        typed = {
            p["name"]: p.get("value")
            for p in self.get_request().read()[0]["properties"]
        }
        self.assertFalse(typed["person"])

    def test_too_many_files_of_a_document(self):
        name = self.passport._get_input()
        answer = self.apply(
            [(name, "a.pdf", PDF), (name, "b.pdf", PDF)], **self.get_typed()
        )
        self.assertIn("b.pdf: at most 1 files", answer.text)
        self.assertFalse(self.get_request())

    def test_a_draft_needs_nothing(self):
        token = str(uuid.uuid4())
        typed = {"submit_token": token, "property_ways__rail": "1"}
        files = [(self.passport._get_input(), "scan.pdf", PDF)]
        self.post("/my/services/window/draft", typed, files)
        page = self.get_tree(self.url)
        self.assertTrue(page.xpath("//input[@name='property_ways__rail' and @checked]"))
        self.assertIn("scan.pdf", page.text_content())

    def test_attacks(self):
        """Names and contents of research: nothing but papers and pictures."""
        jpeg = b"\xff\xd8\xff\xe0\x00\x10JFIF"
        zip_end = b"PK\x05\x06" + b"\0" * 18
        Upload = self.env["sajad.upload"]
        for name, content in (
            ("page.html", b"<html><script>1</script></html>"),
            ("page.pdf", b"<html></html>"),
            ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("v.pdf.exe", PDF),
            ("v.exe.pdf", PDF),
            ("v.HTML.png", PNG),
            ("photo\u202efdp.exe", PDF),
            ("gif.pdf", b"GIF89a" + PDF),
            ("cut.pdf", b"%PDF-1.4\n1 0 obj"),
            ("both.pdf", PDF + zip_end),
            ("both.png", PNG + zip_end),
            ("page.png", PNG + b"<script>alert(1)</script>"),
            ("head.jpg", jpeg + b"<html><script>alert(1)</script>"),
            ("cut.png", PNG[:40]),
            ("bomb.zip", b"PK\x03\x04" + zip_end),
            ("sheet.docx", b"PK\x03\x04" + zip_end),
        ):
            accepted, problems = Upload._check([(name, content)])
            self.assertFalse(accepted, name)
            self.assertEqual(len(problems), 1, name)
        for name, clean in (
            ("../../etc/pass.pdf", "pass.pdf"),
            ("a\r\nb\u202e.pdf", "ab.pdf"),
            ("گذرنامه.pdf", "گذرنامه.pdf"),
            ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
        ):
            accepted, problems = Upload._check([(name, PDF)])
            self.assertFalse(problems, name)
            ((kept, _content),) = accepted
            self.assertTrue(kept.endswith(clean[-20:]), kept)
            self.assertLessEqual(len(kept), 100)
            self.assertNotIn("/", kept)

    def test_large_picture_is_not_drawn(self):
        from PIL import Image

        stream = BytesIO()
        Image.new("1", (9000, 9000)).save(stream, "PNG")
        _accepted, problems = self.env["sajad.upload"]._check(
            [("bomb.png", stream.getvalue())]
        )
        self.assertEqual(len(problems), 1)

    def test_files_are_never_shown_inline(self):
        files = [(self.passport._get_input(), "scan.pdf", PDF)]
        self.apply(files, **self.get_typed())
        request = self.get_request()
        file = request._get_portal_files()
        answer = self.url_open(
            f"/my/requests/{request.id}/files/{file.id}?mimetype=text/html"
        )
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_copied_process_asks_for_the_same(self):
        copy = self.process.copy()
        self.assertEqual(
            copy.attachment_slot_ids.mapped("name"),
            self.process.attachment_slot_ids.mapped("name"),
        )
        self.assertEqual(
            copy.flow_ids.required_properties, self.process.flow_ids.required_properties
        )
        self.assertEqual(len(copy.guide_ids), 3)


@tagged("post_install", "-at_install")
class TestMyRequests(WindowCommon):
    """Whoever has very many requests, and whoever was signed out (row A9)."""

    COUNT = 10000

    def make_many(self, count):
        """Insert finished requests of the student, which the engine would do slowly."""
        self.env.cr.execute(
            """INSERT INTO sajad_request (name, process_id, student_id, partner_id,
                      university_id, faculty_id, requester_kind, state, date_submit,
                      create_date)
               SELECT 'MANY7' || n, %s, %s, %s, %s, %s, 'student',
                      CASE WHEN n %% 3 = 0 THEN 'refused' ELSE 'done' END,
                      now(), now()
                 FROM generate_series(1, %s) n""",
            [
                self.process.id,
                self.student.id,
                self.student.partner_id.id,
                self.university.id,
                self.faculty.id,
                count,
            ],
        )
        self.env.cr.execute("ANALYZE sajad_request")
        self.env.invalidate_all()

    def test_ten_thousand(self):
        """Each page costs the same with two requests as with ten thousand."""
        urls = (
            "/my/requests",
            "/my/requests?search=MANY1",
            "/my/requests?search=Process",
            "/my/requests?filterby=todo",
            "/my/requests?filterby=refused&sortby=status",
            "/my/requests?kind=window&sortby=oldest",
        )
        for state in ("done", "refused"):
            request = self.make_request(self.process, open_key=False)
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE sajad_request SET name = 'MANY1' || id, state = %s"
                " WHERE id = %s",
                [state, request.id],
            )
        self.env.invalidate_all()
        self.authenticate("t_student", "t_student")
        few = {url: self.count_queries(url) for url in urls}
        self.make_many(self.COUNT)
        for url in urls:
            self.assertLessEqual(self.count_queries(url), few[url] + 1, url)
        self.assertLessEqual(
            self.count_queries("/my/requests/page/40"), few[urls[0]] + 1
        )

    def test_pages_are_read_from_an_index(self):
        self.make_many(self.COUNT)
        Request = self.env["sajad.request"].with_user(self.user_student)
        domain = [("partner_id", "=", self.user_student.partner_id.id)]
        query = Request._search(domain, order="id desc", limit=20)
        self.env.cr.execute(SQL("EXPLAIN %s", query.select()))
        plan = "\n".join(row[0] for row in self.env.cr.fetchall())
        self.assertIn("Index Scan", plan)
        # neither the whole table nor all of one's own are read for a page
        self.assertNotIn("Seq Scan", plan)
        self.assertNotIn("Sort", plan)

    def test_signed_out_while_sending(self):
        """Signing in anew leads back to the page, not to an error."""
        request = self.make_request(self.process)
        for url, back in (
            (f"/my/requests/{request.id}/answer", f"/my/requests/{request.id}"),
            (f"/my/requests/{request.id}/cancel", f"/my/requests/{request.id}"),
            ("/my/services/window/draft", "/my/services/window/apply"),
            ("/my/services/window/draft/discard", "/my/services/window/apply"),
        ):
            self.authenticate(None, None)
            answer = self.url_open(url, allow_redirects=False)
            self.assertIn("/web/login", answer.headers["Location"], url)
            self.authenticate("t_student", "t_student")
            self.assertTrue(self.url_open(url).url.endswith(back), url)
