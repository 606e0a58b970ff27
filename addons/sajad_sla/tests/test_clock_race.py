from odoo.tests import tagged

from odoo.addons.sajad_base.tests.test_race import RaceCommon

from .clock_common import ClockFactory

FORGET = """
DELETE FROM sajad_sla_clock WHERE process_id = %(process)s;
ALTER TABLE sajad_sla_version DISABLE TRIGGER USER;
DELETE FROM sajad_sla_version WHERE policy_id IN (
    SELECT id FROM sajad_sla_policy WHERE process_id = %(process)s);
ALTER TABLE sajad_sla_version ENABLE TRIGGER USER;
DELETE FROM sajad_sla_policy WHERE process_id = %(process)s;
"""


@tagged("post_install", "-at_install")
class TestClockRace(ClockFactory, RaceCommon):
    """Two answers at one moment, with two real cursors (row D4)."""

    def setUp(self):
        super().setUp()
        with self.environment() as env:
            cls = type(self)
            cls.env = env
            cls.process = env["sajad.process"].browse(self.ids["process"])
            for metric in ("first_answer", "next_answer", "solution"):
                self.make_policy(metric)
            calendar = self.make_calendar()
            self.ids["calendar"] = calendar.id
            university = env["sajad.university"].search([("code", "=", "TU")])
            university.calendar_id = calendar

    def clean_up(self):
        with self.environment() as env:
            env.cr.execute(FORGET, {"process": self.ids["process"]})
            env["sajad.sla.policy"].env.registry.clear_cache()
            university = env["sajad.university"].search([("code", "=", "TU")])
            university.calendar_id = False
            env["resource.calendar"].browse(self.ids["calendar"]).unlink()
        return super().clean_up()

    def hear(self, request_id, kind):
        def act(env):
            # that this person may speak here is not what is tested
            request = env["sajad.request"].sudo().browse(request_id)
            env["sajad.engine"]._hear(request, kind)

        return act

    def get_clocks(self, request_id):
        with self.environment() as env:
            request = env["sajad.request"].browse(request_id)
            kinds = request.event_ids.mapped("kind")
            clocks = request.sla_clock_ids.sorted("id")
            found = [(c.metric, c.cycle, c.state) for c in clocks]
            changed = env["sajad.sla.check"]._find_differences(request)
            return kinds, found, changed

    def test_two_answers(self):
        request_id = self.make_committed_request()
        self.race(self.hear(request_id, "replied"), self.hear(request_id, "replied"))
        kinds, clocks, changed = self.get_clocks(request_id)
        self.assertEqual(kinds.count("replied"), 2)
        self.assertEqual(clocks[0], ("first_answer", 1, "met"))
        self.assertFalse(changed)

    def test_a_question_and_an_answer(self):
        request_id = self.make_committed_request()
        with self.environment() as env:
            self.hear(request_id, "replied")(env)
        self.race(self.hear(request_id, "replied"), self.hear(request_id, "wrote"))
        _kinds, clocks, changed = self.get_clocks(request_id)
        self.assertIn(("next_answer", 1, "running"), clocks)
        self.assertFalse(changed)

    def test_two_questions_start_one_clock(self):
        request_id = self.make_committed_request()
        with self.environment() as env:
            self.hear(request_id, "replied")(env)
        self.race(self.hear(request_id, "wrote"), self.hear(request_id, "wrote"))
        _kinds, clocks, changed = self.get_clocks(request_id)
        self.assertEqual(
            [c for c in clocks if c[0] == "next_answer"],
            [("next_answer", 1, "running")],
        )
        self.assertFalse(changed)
