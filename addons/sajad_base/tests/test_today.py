from datetime import date, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from ..tools.clock import get_country_today
from .common import SajadCommon

TODAY = date(2026, 11, 28)
DAY = timedelta(days=1)


# in Tehran the next day has come, in UTC and further west it has not
@tagged("post_install", "-at_install")
@freeze_time("2026-11-27 21:30:00")
class TestToday(SajadCommon):
    """What holds from a day on holds for everybody at once (row A3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("day", {"a": {}})
        cls.cartable = cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.member = cls.cartable.member_ids
        cls.user_officer.tz = "America/New_York"
        cls.request = cls.make_request(cls.process)

    def is_at_work(self, **values):
        """Whether the officer finds the work: the rule and the row say the same."""
        self.member.write(values)
        self.env.flush_all()
        self.env.invalidate_all()
        domain = [("request_id", "=", self.request.id)]
        found = self.env["sajad.task"].with_user(self.user_officer).search(domain)
        self.assertEqual(bool(found), self.member.is_in_force)
        return bool(found)

    def test_the_day_of_the_country(self):
        self.assertEqual(get_country_today(), TODAY)

    def test_begins_with_the_day_of_the_country(self):
        self.assertTrue(self.is_at_work(date_from=TODAY))
        self.assertFalse(self.is_at_work(date_from=TODAY + DAY))

    def test_a_time_zone_lengthens_nothing(self):
        self.assertFalse(self.is_at_work(date_to=TODAY - DAY))
        self.assertTrue(self.is_at_work(date_to=TODAY))

    def test_the_first_day_is_no_day_without_anybody(self):
        self.member.date_from = TODAY
        student = self.make_student("1301", self.university)
        request = self.make_request(self.process, student)
        self.assertEqual(request.state, "running")
