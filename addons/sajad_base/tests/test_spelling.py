from odoo.fields import Domain
from odoo.tests import HttpCase, tagged, users
from odoo.tools import SQL, mute_logger

from odoo.addons.sajad_persian.tools.validators import format_phone

from .common import SajadCommon

ZWNJ = "\u200c"
ALI = "علي كريمي"  # Arabic yeh and kaf
# what people type who look for «علی کریمی», student number 402110001
SEARCHES = [
    ALI,
    "علی کریمی",
    "كريمي",
    "کریمی علی",
    "علیکریمی",
    f"علی{ZWNJ}کریمی",
    "عـلـی",
    "\u200fعلی\u200e  كريمي ",
    "۴۰۲۱۱۰۰۰۱",
    "٤٠٢١١٠٠٠١",
    "402110001",
    "كريمي ۴۰۲",
]
SIZES = (1, 20, 500)


@tagged("post_install", "-at_install")
class TestSpelling(SajadCommon):
    """One spelling when people write, import and search (row E3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ali = cls.env["res.partner"].create({"name": ALI})
        cls.study = cls.env["sajad.student"].create(
            {
                "partner_id": cls.ali.id,
                "student_number": "۴۰۲۱۱۰۰۰۱",
                "university_id": cls.university.id,
                "faculty_id": cls.faculty.id,
            }
        )

    # ------------------------------------------------------------
    # WRITE
    # ------------------------------------------------------------

    def test_create_and_write(self):
        self.assertEqual(self.ali.name, "علی کریمی")
        self.assertEqual(self.study.name, "علی کریمی")
        self.assertEqual(self.study.student_number, "402110001")
        self.ali.write({"name": "ياسر كاظمي", "email": "a۱@b.example "})
        self.assertEqual(self.study.name, "یاسر کاظمی")
        self.assertEqual(self.ali.email, "a1@b.example")
        self.assertEqual(self.ali.search_key, "یاسرکاظمی a1@b.example")
        self.assertEqual(self.study.search_key, "402110001 یاسرکاظمی")

    def test_places_and_roles(self):
        self.university.write({"name": "دانشگاه كرج", "code": "k ۱", "city": "كرج"})
        self.assertEqual(self.university.name, "دانشگاه کرج")
        self.assertEqual(self.university.code, "k1")
        self.assertEqual(self.university.city, "کرج")
        self.faculty.name = "دانشكده ۲"
        self.assertEqual(self.faculty.name, "دانشکده 2")
        role = self.make_role("r۱")
        role.name = "كارشناس"
        self.assertEqual(role.name, "کارشناس")
        self.assertEqual(role.group_id.name, "کارشناس")
        for model, record in (
            ("sajad.university", self.university),
            ("sajad.faculty", self.faculty),
            ("sajad.role", role),
        ):
            names = {
                "sajad.university": "كرج",
                "sajad.faculty": "دانشكده ۲",
                "sajad.role": "كارشناس r۱",
            }
            found = self.env[model].name_search(names[model], operator="ilike")
            self.assertIn(record.id, [id_ for id_, _name in found])

    def test_translations(self):
        for lang in ("en_US", "fa_IR"):
            self.env["res.lang"]._activate_lang(lang)
        field = self.env["sajad.study.field"].create({"name": "Civil", "code": "zz۱"})
        field.update_field_translations("name", {"fa_IR": "مهندسي عمران‌"})
        self.assertEqual(field.with_context(lang="fa_IR").name, "مهندسی عمران")
        self.assertEqual(field.name, "Civil")
        self.env.flush_all()
        self.assertEqual(field.search_key, "civil مهندسیعمران zz1")
        Persian = field.with_context(lang="fa_IR")
        for model in (field, Persian):
            for text in ("مهندسي عمران", "civil", "عمران zz۱"):
                found = model.search([("display_name", "ilike", text)])
                self.assertEqual(found, field, text)
        Persian.name = "عمران"
        self.assertEqual(field.search_key, "civil عمران zz1")

    def test_translations_of_addons(self):
        """Guards translations of records that are loaded past the ORM."""
        self.env["res.lang"]._activate_lang("fa_IR")
        self.env["ir.module.module"]._load_module_terms(["sajad_base"], ["fa_IR"])
        names = self.organization.get_field_translations("name", ["fa_IR"])[0]
        self.assertNotEqual(names[0]["value"], names[0]["source"])
        Universities = self.env["sajad.university"].search(
            [("search_key", "ilike", names[0]["value"])]
        )
        self.assertIn(self.organization, Universities)

    # ------------------------------------------------------------
    # SEARCH
    # ------------------------------------------------------------

    def test_students_are_found(self):
        Student = self.env["sajad.student"]
        self.make_student("402110002", self.university)
        for text in SEARCHES:
            with self.subTest(ascii(text)):
                self.assertEqual(
                    Student.search([("search_key", "ilike", text)]), self.study
                )
                self.assertEqual(
                    Student.search([("display_name", "ilike", text)]), self.study
                )
                self.assertEqual(
                    [id_ for id_, _name in Student.name_search(text)], self.study.ids
                )
                others = Student.search([("display_name", "not ilike", text)])
                self.assertTrue(others)
                self.assertNotIn(self.study, others)

    def test_nothing_is_nobody(self):
        """No field of any model takes text without anything in it for "not set"."""
        count = 0
        for model in self.env.values():
            if not model._auto or model._transient:
                continue
            for name in getattr(model, "_spelling", ()):
                for text in (" ", ZWNJ, "\u200f", "."):
                    for operator in ("=", "=ilike"):
                        count += 1
                        domain = [(name, operator, text)]
                        with self.subTest(model=model._name, domain=ascii(domain)):
                            self.assertFalse(model.sudo().search(domain))
        self.assertGreater(count, 100)

    def test_a_dash_is_no_national_id(self):
        self.assertFalse(self.student.national_id)
        for text in ("-", ".", " ", ZWNJ, "", "_-"):
            for operator in ("=", "in", "=like", "=ilike"):
                value = [text] if operator == "in" else text
                for path, model in (
                    ("national_id", "sajad.student"),
                    ("passport_number", "sajad.student"),
                    ("student_id.national_id", "sajad.request"),
                    ("sajad_national_id", "res.partner"),
                ):
                    for records in (self.env[model], self.env[model].sudo()):
                        found = records.search([(path, operator, value)])
                        self.assertFalse(found, (path, operator, ascii(text)))

    def test_conditions_on_fields(self):
        Student = self.env["sajad.student"]
        for domain in (
            [("name", "=", ALI)],
            [("name", "in", [ALI, "X"])],
            [("name", "ilike", "كريمي")],
            [("partner_id.name", "=like", "علي%")],
            [("partner_id", "ilike", "كريمي")],
            [("student_number", "=", "٤٠٢١١٠٠٠١")],
            [("student_number", "ilike", "۲۱۱")],
            ["!", "!", ("student_number", "=", "۴۰۲۱۱۰۰۰۱")],
            Domain("student_number", "=", "۴۰۲۱۱۰۰۰۱") & Domain("name", "=", ALI),
        ):
            with self.subTest(domain=ascii(domain)):
                self.assertEqual(Student.search(domain), self.study)
                self.assertEqual(Student.search_count(domain), 1)
        self.assertEqual(Student.search([("partner_id", "=", self.ali.id)]), self.study)
        self.assertFalse(Student.search([("search_key", "ilike", "نیست")]))
        self.assertTrue(Student.search([("student_number", "!=", False)]))
        self.assertEqual(
            Student.formatted_read_group(
                [("name", "=", ALI)], ["university_id"], ["__count"]
            )[0]["__count"],
            1,
        )

    @users("t_officer")
    def test_work_is_found(self):
        Task = self.env["sajad.task"]
        process = self.make_process("work", {"a": {}, "b": {"after": ["a"]}})
        self.make_cartables(process, self.university, self.user_officer)
        self.make_request(process)
        request = self.make_request(process, self.study)
        view = self.env.ref("sajad_base.sajad_task_view_search")
        self.assertIn("[('search_key', 'ilike', self)]", view.sudo().arch)
        task = self.task(request, "a").with_env(self.env)
        self.assertEqual(task.student_name, "علی کریمی")
        for text in SEARCHES:
            with self.subTest(ascii(text)):
                domain = [("search_key", "ilike", text), ("state", "=", "ready")]
                self.assertEqual(Task.search(domain), task)
                domain = [("display_name", "ilike", text), ("state", "=", "ready")]
                self.assertEqual(Task.search(domain), task)
        for domain in (
            [("student_name", "ilike", ALI)],
            [("student_number", "=", "۴۰۲۱۱۰۰۰۱")],
            [("student_id", "ilike", ALI)],
            [("request_id.name", "=", request.name)],
        ):
            self.assertEqual(Task.search([*domain, ("state", "=", "ready")]), task)

    def test_import(self):
        result = self.env["res.partner"].load(
            ["name", "phone"], [[ALI, "۰۹۱۲"], ["\u200fياسر\u200e", ""]]
        )
        partners = self.env["res.partner"].browse(result["ids"])
        self.assertEqual(partners.mapped("name"), ["علی کریمی", "یاسر"])
        self.university.name = "دانشگاه کرج"
        self.faculty.name = "دانشکده فنی"
        columns = [
            "partner_id/.id",
            "student_number",
            "university_id",
            "faculty_id",
            "national_id",
            "mobile",
        ]
        # names of other records as an Arabic keyboard writes them
        place = ["دانشگاه كرج", "دانشكده فني"]
        rows = [[str(partners[0].id), "۷۰۱", *place, "۰۴۹۹۳۷۰۸۹۹", "۰۹۱۲۱۲۳۴۵۶۷"]]
        result = self.env["sajad.student"].load(columns, rows)
        self.assertFalse(result["messages"])
        student = self.env["sajad.student"].browse(result["ids"])
        self.assertEqual(student.student_number, "701")
        self.assertEqual(student.national_id, "0499370899")
        self.assertEqual(student.mobile, "+989121234567")
        self.assertEqual(student.search_key, "701 علیکریمی 0499370899")
        for number, national_id, text in (
            ("٧٠١", "", "This student number is in use"),
            ("702", "٠٤٩٩٣٧٠٨٩٩", "Another person at the university"),
            ("702", "0499370898", "not a valid national ID"),
        ):
            rows = [[str(partners[1].id), number, *place, national_id, ""]]
            with mute_logger("odoo.sql_db"):
                result = self.env["sajad.student"].load(columns, rows)
            self.assertFalse(result["ids"])
            self.assertIn(text, result["messages"][0]["message"])

    # ------------------------------------------------------------
    # SPEED
    # ------------------------------------------------------------

    def count_queries(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def make_fields(self, count):
        at = self.env["sajad.study.field"].search_count([])
        self.env["sajad.study.field"].create(
            [{"name": f"Field {at + n}", "code": f"q{at + n}"} for n in range(count)]
        )

    def test_queries_do_not_grow(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.make_fields(1)
        counts = [self.count_queries(lambda n=n: self.make_fields(n)) for n in SIZES]
        # Odoo inserts and updates a hundred rows at once
        for size, count in zip(SIZES, counts, strict=True):
            self.assertLessEqual(count, counts[0] + 2 * (size // 100), counts)

    def test_queries_of_recomputing(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.make_fields(500)
        for size in SIZES:
            fields = self.env["sajad.study.field"].search([], limit=size)
            key = fields._fields["search_key"]
            count = self.count_queries(
                lambda r=fields, k=key: self.env.add_to_compute(k, r)
            )
            self.assertLessEqual(count, 3 + size // 100, size)

    def test_queries_of_a_search(self):
        Student = self.env["sajad.student"]
        for domain in (
            [("search_key", "ilike", ALI)],
            [("display_name", "ilike", ALI)],
            [("name", "ilike", ALI)],
        ):
            self.assertEqual(self.count_queries(lambda d=domain: Student.search(d)), 1)

    def test_searches_use_the_index(self):
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for model in (
            "sajad.faculty",
            "sajad.process",
            "sajad.role",
            "sajad.student",
            "sajad.study.field",
            "sajad.task",
            "sajad.university",
        ):
            Model = self.env[model].with_context(active_test=False)
            table = Model._table
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
            domains = [[("search_key", "ilike", ALI)]]
            if model != "sajad.task":  # which is found by its request too
                domains.append([("display_name", "ilike", ALI)])
            for domain in domains:
                query = Model._search(domain).select()
                rows = self.env.execute_query(SQL("EXPLAIN %s", query))
                plan = "\n".join(line for (line,) in rows)
                self.assertIn(f"{table}__search_key_index", plan)


@tagged("post_install", "-at_install")
class TestSpellingHttp(SajadCommon, HttpCase):
    """The same over HTTP: what the web client and the portal send (row E3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_student.name = ALI
        cls.process = cls.make_process("http", {"a": {}})
        cls.process.name = "تسويه حساب كتابخانه"
        cls.other_process = cls.make_process("http2", {"a": {}})
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.request = cls.make_request(cls.process)
        cls.other_request = cls.make_request(cls.other_process)

    def call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def test_rpc(self):
        self.authenticate("t_admin", "t_adminx")
        for text in (ALI, "كريمي", "۱۰۰۱"):
            with self.subTest(ascii(text)):
                found = self.call("sajad.student", "name_search", name=text)
                self.assertIn(self.student.id, [id_ for id_, _name in found])
                found = self.call(
                    "sajad.student",
                    "web_search_read",
                    domain=[["search_key", "ilike", text]],
                    specification={"name": {}},
                )
                names = [record["name"] for record in found["records"]]
                self.assertIn("علی کریمی", names)
        found = self.call("sajad.student", "search_count", [["name", "=", ALI]])
        self.assertEqual(found, 1)

    def test_login_with_persian_digits(self):
        self.user_student.login = "402110001"
        self.user_student.password = "t_studentx"
        self.authenticate(None, None)
        response = self.url_open("/web/login")
        token = response.text.split('name="csrf_token" value="')[1].split('"')[0]
        response = self.url_open(
            "/web/login",
            data={
                "login": "۴۰۲۱۱۰۰۰۱",
                "password": "t_studentx",
                "csrf_token": token,
            },
        )
        self.assertIn("/my", response.url)

    def test_portal_search(self):
        self.authenticate("t_student", "t_studentx")
        number = self.request.name
        persian = number.translate({ord(str(n)): chr(0x06F0 + n) for n in range(10)})
        for text in ("تسويه", "كتابخانه تسويه", "تسویه‌حساب", persian):
            with self.subTest(ascii(text)):
                page = self.url_open(f"/my/requests?search={text}").text
                self.assertIn(f"/my/requests/{self.request.id}", page)
                self.assertNotIn(f"/my/requests/{self.other_request.id}", page)

    def test_postal_code_of_an_account(self):
        self.authenticate("t_student", "t_studentx")
        partner = self.user_student.partner_id
        page = self.url_open("/my/address").text
        values = {
            "partner_id": str(partner.id),
            "csrf_token": page.split('name="csrf_token" value="')[1].split('"')[0],
            "name": ALI,
            "email": "a@b.example",
            "phone": "۰۹۱۲۱۲۳۴۵۶۷",
            "street": "Street",
            "city": "كرج",
            "country_id": str(self.env.ref("base.ir").id),
        }
        answer = self.url_open("/my/address/submit", data={**values, "zip": "123"})
        self.assertIn("zip", answer.json()["invalid_fields"])
        self.assertIn("123 is not a postal code", answer.json()["messages"][0])
        self.assertFalse(partner.zip)
        answer = self.url_open(
            "/my/address/submit", data={**values, "zip": "۱۱۹۳۶۵۳۴۷۱"}
        )
        self.assertIn("redirectUrl", answer.json())
        self.assertEqual(partner.zip, "1193653471")
        self.assertEqual(format_phone(partner.phone), "09121234567")

    def test_tour(self):
        self.student.mobile = "+989121234567"
        self.start_tour("/odoo/sajad-students", "sajad_base_spelling", login="t_admin")
        self.assertEqual(self.student.mobile, "+989351234567")
        self.assertEqual(self.student.entry_year, 1401)
