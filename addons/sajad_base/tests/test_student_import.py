import base64
import io
from datetime import date
from unittest.mock import patch

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, email_normalize

from ..models.table import sajad_student_import_run
from ..tools.student_bulk import normalize_email
from .common import SajadCommon
from .test_table_file import make_xlsx

HEAD = (
    "شماره دانشجويي;نام;نام خانوادگي;دانشکده;رشته;مقطع;سال ورود;کد ملی;تاریخ تولد;"
    "موبایل;ایمیل"
)
FIRST = (
    "۴۰۲۱;علي;رضايی;Test University F;Chemistry;bachelor;۱۴۰۲;۰۴۹۹۳۷۰۸۹۹;82/11/25;"
    "۰۹۱۲۱۲۳۴۵۶۷;a@example.com"
)
LIST = f"""دانشگاه آزمون - فهرست دانشجویان;;;;;;;;;;
{HEAD}
{FIRST}
4022;زهرا;کریمی;F;;;1402;;1383/01/05;;
4023;Ali;Bad;Nowhere;;;402;0499370898;05/06/07;123;bad@mail
4022;زهرا;کریمی;F;;;;;;;
;بی;شماره;F;;;;;;;
4024;نام;دیگر;F;;;;0499370899;;;
1001;دانشجوی;یکم;;;;1401;;;;
"""
VERDICTS = {3: "created", 4: "created", 5: "refused", 6: "refused", 7: "refused"}
VERDICTS |= {8: "refused", 9: "changed"}


@tagged("post_install", "-at_install")
class TestStudentImport(SajadCommon, HttpCase):
    """The register from the registrar's list (row A1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sajad.study.field"].create({"name": "Chemistry", "code": "t-chem"})
        Cron = type(cls.env["ir.cron"])
        cls.commit = cls.startClassPatcher(
            patch.object(Cron, "_commit_progress", return_value=60)
        )

    def open(self, content=LIST, user=None, **values):
        content = content.encode() if isinstance(content, str) else content
        return (
            self.env["sajad.student.import"]
            .with_user(user or self.user_liaison)
            .create(
                {
                    "file": base64.b64encode(content),
                    "file_name": "list.csv",
                    "university_id": self.university.id,
                    **values,
                }
            )
        )

    def run_list(self, content=LIST, **values):
        record = self.open(content, **values)
        record.action_check()
        record.action_import()
        self.env["sajad.student.import"]._cron_run()
        return record

    def find(self, number, university=None):
        return self.env["sajad.student"].search(
            [
                ("student_number", "=", number),
                ("university_id", "=", (university or self.university).id),
            ]
        )

    def test_a_verdict_for_each_row(self):
        before = self.env["sajad.student"].search_count([])
        record = self.open()
        record.action_check()
        lines = record.line_ids
        self.assertEqual(
            dict(zip(lines.mapped("row"), lines.mapped("result"), strict=True)),
            VERDICTS,
        )
        said = dict(zip(lines.mapped("row"), lines.mapped("message"), strict=True))
        for words in (
            *("Nowhere", "1300 to next year", "not a valid national ID"),
            *("no such day", "not a mobile number", "not an e-mail"),
        ):
            self.assertIn(words, said[5])
        self.assertIn("twice", said[6])
        self.assertIn("student number is missing", said[7])
        self.assertIn("Another person", said[8])
        self.assertEqual((record.created_count, record.refused_count), (2, 4))
        self.assertEqual(self.env["sajad.student"].search_count([]), before)

    def test_recorded(self):
        record = self.run_list()
        self.assertEqual((record.state, record.progress), ("done", 100))
        student = self.find("4021")
        self.assertRecordValues(
            student,
            [
                {
                    "name": "علی رضایی",
                    "email": "a@example.com",
                    "faculty_id": self.faculty.id,
                    "entry_year": 1402,
                    "national_id": "0499370899",
                    "birth_date": date(2004, 2, 14),
                    "mobile": "+989121234567",
                    "status": "studying",
                    "active": True,
                    "create_uid": self.user_liaison.id,
                }
            ],
        )
        self.assertEqual(student.field_id.code, "t-chem")
        self.assertEqual(student.degree_level_id.code, "bachelor")
        self.assertEqual(student.partner_id.sajad_university_id, self.university)
        self.assertEqual(self.student.entry_year, 1401)
        self.assertEqual(self.student.partner_id.name, "دانشجوی یکم")

    def test_as_the_form_would_have_stored_it(self):
        """Nothing that is stored by computation differs from the ORM's own."""
        self.run_list()
        student = self.find("4021")
        for record in (student, student.partner_id):
            stored = [
                name
                for name, field in record._fields.items()
                if field.store and field.compute and field.column_type
            ]
            before = record.read(stored)
            for name in stored:
                self.env.add_to_compute(record._fields[name], record)
            record.invalidate_recordset(flush=False)
            self.env.flush_all()
            self.assertEqual(record.read(stored), before)
        # found as others are
        found = [key for key, _name in self.env["sajad.student"].name_search("رضايي")]
        self.assertIn(student.id, found)
        other = self.make_student("4029", self.university)
        for name in ("type", "lang", "active", "partner_share", "is_company"):
            self.assertEqual(student.partner_id[name], other.partner_id[name], name)

    def test_again_without_doubles(self):
        self.run_list()
        count = self.env["sajad.student"].search_count([])
        persons = self.env["res.partner"].search_count([])
        record = self.run_list()
        self.assertEqual((record.created_count, record.changed_count), (0, 0))
        self.assertEqual(record.unchanged_count, 3)
        changed = LIST.replace(";۱۴۰۲;", ";1401;").replace("رضايی", "رضایی‌فر")
        record = self.run_list(changed)
        self.assertEqual(record.changed_count, 1)
        student = self.find("4021")
        self.assertEqual((student.entry_year, student.name), (1401, "علی رضایی‌فر"))
        self.assertEqual(self.env["sajad.student"].search_count([]), count)
        self.assertEqual(self.env["res.partner"].search_count([]), persons)

    def test_two_studies_of_one_person(self):
        rows = "۰۴۹۹۳۷۰۸۹۹;علی رضایی"
        head = "student number;national id;name;faculty\n"
        self.run_list(f"{head}7001;{rows};F\n7002;{rows};F\n")
        self.run_list(f"{head}7003;{rows};F\n")
        students = self.find("7001") + self.find("7002") + self.find("7003")
        self.assertEqual(len(students), 3)
        self.assertEqual(len(students.partner_id), 1)

    def test_names_of_other_universities_are_not_its_own(self):
        record = self.open(LIST.replace("Test University F", "Other University F"))
        record.action_check()
        self.assertEqual(record.line_ids[0].result, "refused")
        self.run_list("student number,name,faculty\n2001,Same Number,F\n")
        self.assertTrue(self.find("2001"))
        self.assertEqual(self.find("2001", self.other_university), self.other_student)

    def test_as_the_orm_would_have_written_it(self):
        """Every column of both rows is what `create` writes with the same values."""
        self.run_list()
        student = self.find("4021")
        partner = student.partner_id
        names = ("faculty_id", "field_id", "degree_level_id")
        values = {name: student[name].id for name in names}
        names = ("entry_year", "birth_date", "mobile", "national_id")
        values |= {name: student[name] for name in names}
        # at one university a number is one person's
        values |= {"student_number": "4021", "university_id": self.university.id}
        before = self._read_columns(student), self._read_columns(partner)
        student.write({"student_number": "5021", "national_id": False})
        self.env.flush_all()
        liaison = self.env(user=self.user_liaison, su=True, context={})
        twin = liaison["res.partner"].create(
            {
                "name": partner.name,
                "email": partner.email,
                "sajad_university_id": self.university.id,
            }
        )
        made = liaison["sajad.student"].create({**values, "partner_id": twin.id})
        liaison.flush_all()
        after = self._read_columns(made), self._read_columns(twin)
        for bulk, orm in zip(before, after, strict=True):
            self.assertEqual(bulk, orm)

    def _read_columns(self, record):
        """Return a row as the database has it, without what is its own."""
        self.env.flush_all()
        query = SQL(
            "SELECT to_jsonb(r) FROM %s r WHERE id = %s",
            SQL.identifier(record._table),
            record.id,
        )
        row = self.env.execute_query(query)[0][0]
        for name in ("id", "partner_id", "commercial_partner_id"):
            row.pop(name, None)
        return {name: v for name, v in row.items() if not name.endswith("_date")}

    def test_signs_of_the_copy(self):
        """Whatever a cell says is stored as it stands there."""
        address = 'a\\b\\N "c"\td\ne; \\.'
        head = "student number,name,faculty,address"
        cell = '"' + address.replace('"', '""') + '"'
        record = self.run_list(f"{head}\n4031,علی رضایی,F,{cell}\n")
        self.assertEqual(record.line_ids.cells["address"], address)
        self.assertEqual(self.find("4031").address, 'a\\b\\N "c" d\ne; \\.')

    def test_addresses_that_stay(self):
        for email in (
            *(
                "a@example.com",
                "A.B@Example.com",
                "a+b@example.com",
                "a..b@example.com",
            ),
            *(".a@example.com", "a@example", "a@b@example.com", "آ@example.com", ""),
        ):
            self.assertEqual(
                normalize_email(email), email_normalize(email) or None, email
            )

    def test_killed_and_resumed(self):
        rows = "\n".join(f"{n},Student {'abcde'[n % 5]}x,F" for n in range(7100, 7105))
        record = self.open(f"student number,name,faculty\n{rows}\n")
        record.action_check()
        record.action_import()
        self.commit.side_effect = [0]
        with patch.object(sajad_student_import_run, "BATCH", 2):
            self.env["sajad.student.import"]._cron_run()
            self.assertEqual((record.state, record.progress), ("running", 40))
            self.commit.side_effect = None
            # meanwhile somebody typed one of them
            self.make_student("7103", self.university)
            self.env["sajad.student.import"]._cron_run()
        self.assertEqual(record.state, "done")
        self.assertEqual(
            record.line_ids.mapped("result"), ["created"] * 3 + ["changed", "created"]
        )
        # a second click
        record.action_import()
        self.assertEqual(record.state, "done")

    def test_accounts_on_request(self):
        record = self.run_list(has_accounts=True)
        batch = self.env["sajad.batch"].search([("user_id", "=", self.user_liaison.id)])
        self.assertEqual(batch.total, 1)
        self.env["sajad.batch.run"]._cron_run()
        self.assertEqual(self.find("4021").user_id.login, "a@example.com")
        self.assertFalse(self.find("4022").user_id)
        # an e-mail is a way to the password of an account
        record = self.open(LIST.replace("a@example.com", "b@example.com"))
        record.action_check()
        self.assertIn("account", record.line_ids[0].message)

    def test_who_may(self):
        with self.assertRaises(AccessError):
            self.open(user=self.user_officer)
        record = self.open(user=self.user_admin, university_id=self.other_university.id)
        with self.assertRaises(AccessError):
            record.with_user(self.user_liaison).action_check()
        with self.assertRaises(AccessError):
            self.open(university_id=self.other_university.id).action_check()
        record = self.open()
        record.action_check()
        for values in ({"state": "running"}, {"line_ids": [(5,)]}):
            with self.assertRaises(AccessError):
                record.write(values)
        record.university_id = self.university
        self.assertEqual((record.state, len(record.line_ids)), ("draft", 0))
        with self.assertRaisesRegex(UserError, "Examine"):
            record.action_import()

    def test_no_list(self):
        for content, words in (
            ("", "Choose a file"),
            ("نام;نام خانوادگی\nعلی;رضایی\n", "names the columns"),
            ("%PDF", "neither"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self.open(content).action_check()

    def test_other_systems(self):
        Import = self.env["sajad.student.import"].with_user(self.user_liaison)
        rows = [
            {"student_number": 7201, "name": "نام کامل", "entry_year": 1402.0},
            {"student_number": "7202"},
            "nothing",
        ]
        for dry_run, results in (
            (True, ["created", "refused", "refused"]),
            (False, ["created", "refused", "refused"]),
            (False, ["unchanged", "refused", "refused"]),
        ):
            answer = Import.sync("TU", rows, dry_run=dry_run)
            self.assertEqual([row["result"] for row in answer], results)
            self.assertEqual(bool(self.find("7201")), not dry_run)
        with self.assertRaises(AccessError):
            Import.sync("OU", rows)
        with self.assertRaises(AccessError):
            Import.with_user(self.user_officer).sync("TU", rows)

    def test_files_to_download(self):
        record = self.open()
        record.action_check()
        self.authenticate("t_liaison", "t_liaison")
        response = self.url_open(record.action_download_refused()["url"])
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
        rows = list(sheet.iter_rows(values_only=True))
        self.assertEqual(len(rows), 5)
        self.assertEqual(rows[0][-1], "Reason")
        # put right, it can be chosen again
        content = make_xlsx(rows[0], ["7301", "A", "Person", "F"])
        self.open(content).action_check()
        response = self.url_open("/sajad_base/student_template.xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
        self.assertEqual(sheet["A1"].value, "student_number")
