from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.sajad_base.tests.common import OFFICER
from odoo.addons.sajad_base.tests.plan import Plans

from .clock_common import ClockFactory
from .common import DisputeCommon

MANY = 5000


@tagged("post_install", "-at_install", "sajad_performance")
class TestPlan(Plans, ClockFactory, DisputeCommon):
    """What rules let through is found by indexes, however much there is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.university.calendar_id = cls.make_calendar()
        cls.make_policy("solution")
        cls.user_reporting = cls.make_user(
            "t_reporting", "sajad_base.group_sajad_reporting"
        )
        cls.university.reporting_ids = [Command.link(cls.user_reporting.id)]
        elsewhere = cls.other_university
        cls.make_cartables(cls.process, elsewhere, cls.make_user("t_else", OFFICER))
        cls.foreign = cls.make_request(cls.process, cls.make_student("9001", elsewhere))
        cls.own = cls.make_request(cls.process)

    def copy_requests(self):
        """Return ids of many requests: one in ten is of the own university."""
        own = self.copy_rows(self.own, MANY // 10, name="'own' || n")
        return own + self.copy_rows(self.foreign, MANY, name="'else' || n")

    def make_clocks(self):
        self.copy_requests()
        for prefix, request in (("own", self.own), ("else", self.foreign)):
            clock = request.sla_clock_ids
            self.assertEqual(len(clock), 1)
            count = MANY // 10 if prefix == "own" else MANY
            found = f"(SELECT id FROM sajad_request WHERE name = '{prefix}' || n)"
            self.copy_rows(clock, count, request_id=found)
        self.measure("sajad.request", "sajad.sla.clock")

    def test_clocks(self):
        """An officer's clocks by the own places, a liaison's by the university."""
        self.make_clocks()
        Clock = self.env["sajad.sla.clock"]
        options = {"order": "date_deadline, id", "limit": 80}
        plan = self.explain_large(Clock.with_user(self.user_officer), **options)
        self.assertIndexed(plan, r"Index Cond: \(scope_id = ")
        self.assertEqual(
            Clock.with_user(self.user_officer).search_count([]), 1 + MANY // 10
        )
        self.university.liaison_ids = [Command.set(self.user_liaison.ids)]
        plan = self.explain_large(Clock.with_user(self.user_liaison), **options)
        self.assertIndexed(plan, r"Index Cond: \(university_id = ")

    def test_figures(self):
        """A reporting officer's figures by day and university."""
        Day = self.env["sajad.sla.day"]
        day = Day.create(
            {
                "day": "2026-01-01",
                "process_id": self.process.id,
                "university_id": self.university.id,
                "metric": "solution",
            }
        )
        later = "DATE '2026-01-01' + n::int"
        elsewhere = str(self.other_university.id)
        self.copy_rows(day, MANY, day=later, university_id=elsewhere)
        self.copy_rows(day, MANY // 10, day=later)
        self.measure("sajad.sla.day")
        plan = self.explain_large(
            Day.with_user(self.user_reporting), [("day", ">", "2027-01-01")], limit=80
        )
        self.assertIndexed(plan, "Index Cond: .*university_id = ")

    def test_disputes(self):
        """The office's disputes and their entries by their place."""
        dispute = self.open_dispute(self.request)
        elsewhere = self.copy_rows(self.foreign.scope_id, 1, narrow_key="'plan'")
        columns = {"name": "'plan' || n", "state": "'settled'"}
        self.copy_rows(dispute, MANY // 10, **columns)
        columns |= {"name": "'else' || n", "scope_id": str(elsewhere[0])}
        self.copy_rows(dispute, MANY, **columns)
        self.measure("sajad.dispute", "sajad.dispute.entry")
        Dispute = self.env["sajad.dispute"].with_user(self.user_settler)
        self.assertEqual(Dispute.search_count([]), 1 + MANY // 10)
        plan = self.explain_large(Dispute, order="date_until, id", limit=80)
        self.assertIndexed(plan, r"Index Cond: \(scope_id = ")
        Entry = self.env["sajad.dispute.entry"].with_user(self.user_settler)
        plan = self.explain_large(Entry, [("dispute_id", "=", dispute.id)])
        self.assertIndexed(plan, r"Index Cond: \(dispute_id = ")
