from datetime import date

from odoo.tests import TransactionCase, tagged

from ..tools.typed import parse_amount, parse_date, parse_whole

AMOUNTS = {
    250000: (
        *("250/000", "۲۵۰/۰۰۰", "250.000", "250,000", "۲۵۰،۰۰۰", "۲۵۰٬۰۰۰", "250'000"),
        *("250 000", "250\u200c000", "250\u00a0000", "250000", "250000.0", "250000/00"),
        *("250,000.00", "250.000,00", "۲۵۰٬۰۰۰ ریال", "250000 IRR", 250000, 250000.0),
    ),
    12500000: ("12/500/000", "12.500.000", "۱۲٬۵۰۰٬۰۰۰", "12,500,000.00"),
    0: ("0", "000", "0.00", 0),
}
NO_AMOUNTS = (
    *("1,250.000", "1,250/000", "1.250,000", "12500.000", "2500,000", "25,00,000"),
    *("12.5", "250,00,", "250.000.0", "250٫000", "0.250", "0,000", "1,250,00"),
    *("-250", "(250)", "250-", "2.5E+05", "abc", "", " ", "۲۵ تومان", "250 هزار"),
    *(True, -3, 2.5, float("nan"), float("inf"), None, [], "9" * 5000 + "."),
)
DAY = date(2004, 2, 14)
DAYS = (
    *("82/11/25", "۸۲/۱۱/۲۵", "82-11-25", "82.11.25", "1382/11/25", "13821125"),
    *("2004-02-14", "20040214", "2004/2/14", "1382/11/25 10:20", "۱۳۸۲ / ۱۱ / ۲۵"),
)
NO_DAYS = (
    # the order of day and month is never guessed, nor where a short year stands
    *("25/11/1382", "02/14/2004", "14/02/2004", "11/25/82", "25/11/82", "05/06/07"),
    *("2004/14/02", "1382/13/01", "1382/12/30", "821125", "38000"),
    *("82/11-25", "82/11", "", "بهمن ۸۲", "182/11/25"),
)


@tagged("post_install", "-at_install")
class TestTyped(TransactionCase):
    """Amounts and dates: read as they were meant, or refused."""

    def test_amounts(self):
        for amount, texts in AMOUNTS.items():
            for text in texts:
                with self.subTest(text=text):
                    self.assertEqual(parse_amount(text), amount)

    def test_no_amounts(self):
        for text in NO_AMOUNTS:
            with self.subTest(text=text), self.assertRaises(ValueError):
                parse_amount(text)

    def test_whole_numbers(self):
        for text, number in (
            *(("1,400", 1400), ("۱٬۴۰۰", 1400), ("１４００", 1400), ("१४००", 1400)),
            *(("1400.0", 1400), ("-5", -5), ("1400.000", 1400), ("0", 0)),
        ):
            with self.subTest(text=text):
                self.assertEqual(parse_whole(text), number)
        for text in ("1.400", "۱٫۴۰۰", "-1.400", "12.5", "1/400", "1.400.000", ""):
            with self.subTest(text=text), self.assertRaises(ValueError):
                parse_whole(text)

    def test_dates(self):
        for text in DAYS:
            with self.subTest(text=text):
                self.assertEqual(parse_date(text), DAY)

    def test_no_dates(self):
        for text in NO_DAYS:
            with self.subTest(text=text), self.assertRaises(ValueError):
                parse_date(text)
