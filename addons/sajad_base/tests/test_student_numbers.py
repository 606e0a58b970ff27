import psycopg2

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import SajadCommon

# field, what is typed, what is stored
STORED = [
    ("national_id", "۰۴۹۹۳۷۰۸۹۹", "0499370899"),
    ("national_id", "٠٤٩٩٣٧٠٨٩٩", "0499370899"),
    ("national_id", "049-937089-9", "0499370899"),
    ("national_id", "499370899", "0499370899"),  # a spreadsheet lost the zero
    ("national_id", "84575948", "0084575948"),
    ("foreign_id", "۱۲۳ ۴۵۶ ۷۸۹ ۰۱۲", "123456789012"),
    ("passport_number", "a ۱۲۳۴۵۶۷۸", "A12345678"),
    ("birth_certificate_number", "۱۲ ۳", "123"),
    ("mobile", "09121234567", "+989121234567"),
    ("mobile", "۰۹۱۲ ۱۲۳ ۴۵۶۷", "+989121234567"),
    ("mobile", "٠٩١٢١٢٣٤٥٦٧", "+989121234567"),
    ("mobile", "9121234567", "+989121234567"),
    ("mobile", "0098 912 123 4567", "+989121234567"),
    ("mobile", "+98 (912) 123-4567", "+989121234567"),
    ("mobile", "\u202a+989121234567\u202c", "+989121234567"),
    ("mobile", "+964 770 123 4567", "+9647701234567"),
    ("phone", "۰۲۱-۳۲۳۴ ۵۶۷۸", "+982132345678"),
    ("father_name", "علي ", "علی"),
    ("birth_place", "كرج", "کرج"),
]
REFUSED = [
    ("national_id", "1111111111"),
    ("national_id", "۱۲۳۴۵۶۷۸۹۰"),
    ("national_id", "0499370898"),
    ("national_id", "123"),
    ("national_id", "abcdefghij"),
    ("foreign_id", "12345678901"),
    ("foreign_id", "111111111111"),
    ("passport_number", "ABCDEF"),
    ("passport_number", "گذرنامه1234"),
    ("passport_number", "A1"),
    ("mobile", "0912345678"),
    ("mobile", "09811234567"),
    ("mobile", "02132345678"),  # a landline
    ("mobile", "ندارد"),
    ("phone", "12345678"),  # no city code
]


@tagged("post_install", "-at_install")
class TestStudentNumbers(SajadCommon):
    """Numbers of students in any script of digits (row E3)."""

    def test_fields_store_one_spelling(self):
        for name, typed, stored in STORED:
            with self.subTest(name, typed=ascii(typed)):
                self.student[name] = typed
                self.assertEqual(self.student[name], stored)
                found = self.student.search([(name, "=", typed)])
                self.assertEqual(found, self.student)
                found = self.student.search([(name, "in", [typed])])
                self.assertEqual(found, self.student)

    def test_fields_refuse(self):
        for name, typed in REFUSED:
            with self.subTest(name, typed=ascii(typed)):
                with self.assertRaises(ValidationError) as error:
                    self.student[name] = typed
                # the sentence shows what was typed, or how it was read
                self.assertRegex(str(error.exception), r"^\S+ is not a valid ")

    def test_phone_is_shown_as_people_write_it(self):
        self.student.mobile = "+989121234567"
        self.assertEqual(self.student._get_phone_shown(), "09121234567")

    def test_form_keeps_the_spelling(self):
        with Form(self.student) as form:
            form.mobile = "۰۹۱۲۱۲۳۴۵۶۷"
            form.national_id = "۰۴۹۹۳۷۰۸۹۹"
        self.assertEqual(self.student.mobile, "+989121234567")
        self.assertEqual(self.student.national_id, "0499370899")

    def test_messages_are_persian(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.env["ir.module.module"]._load_module_terms(["sajad_base"], ["fa_IR"])
        student = self.student.with_context(lang="fa_IR")
        for name, typed in REFUSED:
            with self.assertRaises(ValidationError) as error:
                student[name] = typed
            self.assertIn("معتبر نیست", str(error.exception))

    # ------------------------------------------------------------
    # UNIQUE WHERE THEY MUST BE
    # ------------------------------------------------------------

    def assertTaken(self, make):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.ExclusionViolation),
            self.env.cr.savepoint(),
        ):
            make()
            self.env.flush_all()

    def test_number_of_a_person_at_a_university(self):
        person = {"user": self.user_student}
        for name, first, again in (
            ("national_id", "0499370899", "۰۴۹۹۳۷۰۸۹۹"),
            ("foreign_id", "123456789012", "١٢٣٤٥٦٧٨٩٠١٢"),
            ("passport_number", "A12345678", "a۱۲۳۴۵۶۷۸"),
        ):
            with self.subTest(name):
                self.student[name] = first
                number = f"7{len(name)}"
                # the same person may study twice
                self.make_student(
                    number + "1", self.university, **person, **{name: again}
                )
                # another university keeps its own people
                self.make_student(number + "2", self.other_university, **{name: again})
                self.assertTaken(
                    lambda name=name, again=again, number=number: self.make_student(
                        number + "3", self.university, **{name: again}
                    )
                )

    def test_studies_of_a_person_move_together(self):
        """Merging contacts writes all studies of one at once."""
        self.student.national_id = "0499370899"
        second = self.make_student(
            "1999", self.university, self.user_student, national_id="0499370899"
        )
        person = self.env["res.partner"].create({"name": "Merged"})
        (self.student | second).partner_id = person
        self.env.flush_all()
        self.assertTaken(
            lambda: second.write({"partner_id": self.user_officer.partner_id.id})
        )

    def test_passports_of_two_countries(self):
        number = {"passport_number": "A12345678"}
        self.student.write({**number, "nationality_id": self.env.ref("base.iq").id})
        values = {**number, "nationality_id": self.env.ref("base.af").id}
        other = self.make_student("1888", self.university, **values)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(other.passport_number, self.student.passport_number)
        self.assertNotEqual(other.partner_id, self.student.partner_id)
