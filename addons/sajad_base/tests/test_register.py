from datetime import datetime

from odoo.tests import tagged

from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestRegister(SajadCommon):
    def test_numbers_follow_each_other_per_university_and_year(self):
        Register = self.env["sajad.register"]
        other = self.env["sajad.university"].create(
            {"name": "Register University", "code": "T-REG"}
        )
        # the last and the first evening of Jalali years, in Tehran's time
        old, new = datetime(2026, 3, 20, 20, 0), datetime(2026, 3, 20, 21, 0)
        self.assertEqual(Register._draw(self.university, "t", moment=old), (1404, [1]))
        self.assertEqual(
            Register._draw(self.university, "t", 3, moment=old), (1404, [2, 3, 4])
        )
        self.assertEqual(Register._draw(self.university, "t", moment=new), (1405, [1]))
        self.assertEqual(Register._draw(other, "t", moment=old), (1404, [1]))
        self.assertEqual(Register._draw(self.university, "u", moment=old), (1404, [1]))

    def test_failure_gives_the_number_back(self):
        Register = self.env["sajad.register"]
        Register._draw(self.university, "t")
        with self.assertRaises(ValueError), self.cr.savepoint():
            Register._draw(self.university, "t")
            raise ValueError
        self.assertEqual(Register._draw(self.university, "t")[1], [2])
