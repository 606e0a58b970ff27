import psycopg2

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from ..tools import validators

SHEBA = "IR580540105180021273113007"
NATIONAL_IDS = ("0499370899", "0790419904", "۰۰۸۴۵۷۵۹۴۸", "٠٩٦٣٦٩٥٣٩٨")


@tagged("post_install", "-at_install")
class TestValidators(TransactionCase):
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

    def test_extensions(self):
        """The number of a letterhead, in its words and digits."""
        for typed, stored in (
            ("021-32345678 داخلی ۱۲", "021-32345678 داخلی 12"),
            ("02132345678 داخلي: 12", "02132345678 داخلی: 12"),
            ("۰۲۱۳۲۳۴۵۶۷۸داخلی۱۲", "02132345678داخلی12"),
            ("02132345678 ext 12", "02132345678 ext 12"),
        ):
            self.assertTrue(validators.is_phone(typed), typed)
            self.assertFalse(validators.is_mobile(typed), typed)
            self.assertEqual(validators.normalize_phone(typed), stored)
            self.assertEqual(validators.format_phone(stored), stored)
        for wrong in ("داخلی 12", "02132345678 داخلی", "021 داخلی 12"):
            self.assertFalse(validators.is_phone(wrong), wrong)

    # ------------------------------------------------------------
    # FIELDS
    # ------------------------------------------------------------

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
        partner = self.env["res.partner"].create({"name": "Person"})
        partner.write({"country_id": self.env.ref("base.ir").id, "zip": "۱۱۹۳۶۵۳۴۷۱"})
        self.assertEqual(partner.zip, "1193653471")
        with self.assertRaises(ValidationError):
            partner.zip = "123"
        partner.write({"country_id": self.env.ref("base.be").id, "zip": "1000"})
