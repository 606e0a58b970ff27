from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.sajad_sla.tests.clock_common import SATURDAY, ClockFactory

from .common import SupportCommon


@tagged("post_install", "-at_install")
class TestPromise(ClockFactory, SupportCommon):
    """What is urgent is promised sooner, and what was promised stays (row D4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sajad.sla.policy"].search([]).active = False
        cls.university.calendar_id = cls.make_calendar()
        with freeze_time("2026-11-01"):
            cls.policy = cls.make_policy(
                "solution",
                2,
                unit="days",
                steps=[(-1, "expert"), (0, "head")],
                line_ids=[
                    Command.create({"priority": "3", "target": 4, "unit": "hours"}),
                    Command.create({"priority": "2", "target": 1, "unit": "days"}),
                ],
            )
        freezer = freeze_time(SATURDAY)
        freezer.start()
        cls.addClassCleanup(freezer.stop)
        cls.day = cls.university.calendar_id._sajad_get_day(
            cls.university.calendar_id.id
        )

    def assertPromised(self, request, seconds):
        request.invalidate_recordset()
        self.assertEqual(request.sla_clock_ids.target, seconds)
        self.assertEqual(request.sla_deadline, request.sla_clock_ids.date_deadline)

    def test_urgent_is_promised_sooner(self):
        self.assertPromised(self.ask(), 2 * self.day)
        self.assertPromised(self.ask(support_priority="3"), 4 * 3600)
        self.assertPromised(self.ask(support_priority="2"), self.day)
        self.assertPromised(self.ask(support_priority="0"), 2 * self.day)

    def test_the_clock_follows_the_priority(self):
        request = self.ask()
        expert = request.with_user(self.user_technical)
        expert._support_change(self.env["sajad.support.category"], "3")
        self.assertPromised(request, 4 * 3600)
        self.assertIn("sla_moved", request.event_ids.mapped("kind"))
        count = len(request.event_ids)
        expert._support_change(self.category_regulations, False)
        self.assertPromised(request, 4 * 3600)
        self.assertEqual(len(request.event_ids), count + 1, "only the category")

    def test_lines_and_ladder_are_frozen(self):
        request = self.ask(support_priority="3")
        version = self.policy.version_id
        with Form(self.policy) as form:
            with form.line_ids.edit(0) as line:
                line.target = 1
            with form.step_ids.edit(0) as step:
                step.offset = -3
        # saved at once, it is one version
        self.assertEqual(sorted(self.policy.version_ids.mapped("number")), [1, 2])
        self.assertEqual(version.steps, [[-3600, "expert", False], [0, "head", False]])
        self.env["sajad.sla.keeper"]._refresh(request, request.date_submit)
        self.assertPromised(request, 4 * 3600)
        self.assertEqual(request.sla_clock_ids.version_id, version)
        # three hours after the beginning: an hour before the end, as it was promised
        alarm = request.sla_clock_ids.date_alarm
        self.assertEqual((alarm - request.date_submit).total_seconds(), 3 * 3600)
        self.policy.action_move_clocks()
        self.assertPromised(request, 3600)

    def test_a_row_edited_by_itself_is_a_version(self):
        self.policy.step_ids[0].offset = -2
        self.policy.line_ids[0].unlink()
        self.assertEqual(sorted(self.policy.version_ids.mapped("number")), [1, 2, 3])
        self.policy.step_ids[0].offset = -2
        self.assertEqual(len(self.policy.version_ids), 3, "nothing changed")
        self.policy.write(
            {"line_ids": [Command.clear()], "step_ids": [Command.clear()]}
        )
        self.policy.target = self.policy.target
        self.assertEqual(len(self.policy.version_ids), 4, "nothing is nothing")
        first = self.policy.version_ids.sorted("number")[0]
        self.assertIn("Urgent", first.lines_text)
