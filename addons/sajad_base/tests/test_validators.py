import psycopg2

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..tools import validators
from .common import SajadCommon

SHEBA = "IR580540105180021273113007"
NATIONAL_IDS = ("0499370899", "0790419904", "۰۰۸۴۵۷۵۹۴۸", "٠٩٦٣٦٩٥٣٩٨")
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
class TestValidators(SajadCommon):
    """Numbers of persons in any script of digits (row E3)."""

    def test_national_ids(self):
        for number in NATIONAL_IDS:
            self.assertTrue(validators.is_national_id(number), number)
        for number in ("0" * 10, "049937089", "", None, False, "²499370899"):
            self.assertFalse(validators.is_national_id(number), number)

    def test_one_check_digit_fits(self):
        for start in ("999000000", "049937089", "123456788"):
            fitting = [n for n in "0123456789" if validators.is_national_id(start + n)]
            self.assertEqual(len(fitting), 1, start)

    def test_sheba(self):
        for number in (SHEBA, SHEBA.lower(), "IR58 0540 1051 8002 1273 1130 07"):
            self.assertTrue(validators.is_sheba(number), number)
        self.assertEqual(validators.normalize_sheba(SHEBA[2:]), SHEBA)
        # any wrong digit, and any two neighbours that changed places, are noticed
        for place in range(2, 26):
            digit = str((int(SHEBA[place]) + 1) % 10)
            wrong = SHEBA[:place] + digit + SHEBA[place + 1 :]
            self.assertFalse(validators.is_sheba(wrong), wrong)
            pair = SHEBA[place : place + 2]
            if len(set(pair)) == 2:
                wrong = SHEBA[:place] + pair[::-1] + SHEBA[place + 2 :]
                self.assertFalse(validators.is_sheba(wrong), wrong)
        for number in ("", None, "IR12", "DE89370400440532013000", SHEBA + "0"):
            self.assertFalse(validators.is_sheba(number), number)

    def test_postal_codes(self):
        for number in ("1193653471", "۱۱۹۳۶-۵۳۴۷۱", "11936 53471"):
            self.assertTrue(validators.is_postal_code(number), number)
        for number in ("0193653471", "1111111111", "119365347", "", None, "11936a3471"):
            self.assertFalse(validators.is_postal_code(number), number)

    def test_phones_are_shown_as_people_write_them(self):
        for stored, shown in (
            ("+989121234567", "09121234567"),
            ("+982132345678", "02132345678"),
            ("+9647701234567", "+9647701234567"),
            ("no number", "no number"),
            (False, False),
        ):
            self.assertEqual(validators.format_phone(stored), shown)
        self.student.mobile = "+989121234567"
        self.assertEqual(self.student._get_phone_shown(), "09121234567")

    # ------------------------------------------------------------
    # FIELDS
    # ------------------------------------------------------------

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

    def test_sheba_of_a_bank_account(self):
        Account = self.env["res.partner.bank"]
        persian = SHEBA.translate({ord(str(n)): chr(0x06F0 + n) for n in range(10)})
        typed = (f"{persian[:4]} {persian[4:]}", SHEBA[2:], SHEBA.lower())
        people = self.env["res.partner"].create([{"name": name} for name in typed])
        accounts = Account.create(
            [
                {"acc_number": number, "partner_id": person.id}
                for number, person in zip(typed, people, strict=True)
            ]
        )
        self.assertEqual(accounts.mapped("acc_number"), [SHEBA] * 3)
        for operator, value in (("=", persian), ("in", [persian]), ("ilike", persian)):
            self.assertEqual(
                Account.search([("acc_number", operator, value)]), accounts
            )
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            accounts[0].copy({"acc_number": persian})
        with self.assertRaises(ValidationError):
            accounts[0].acc_number = SHEBA[:-1] + "8"
        accounts[0].acc_number = "BE71 0961 2345 6769"  # no Sheba, not ours to check
        self.assertEqual(accounts[0].acc_number, "BE71 0961 2345 6769")

    def test_postal_code_of_a_person(self):
        partner = self.student.partner_id
        partner.write({"country_id": self.env.ref("base.ir").id, "zip": "۱۱۹۳۶۵۳۴۷۱"})
        self.assertEqual(partner.zip, "1193653471")
        with self.assertRaises(ValidationError):
            partner.zip = "123"
        partner.write({"country_id": self.env.ref("base.be").id, "zip": "1000"})

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
        self.make_student("1888", self.university, **values)
        self.env.flush_all()
