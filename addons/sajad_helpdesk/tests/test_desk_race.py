from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.sajad_base.tests.test_race import RaceCommon

# the mails of a test are not sent
QUIET = {"mail_notify_force_send": False}


@tagged("post_install", "-at_install")
class TestDeskRace(RaceCommon):
    """What two people do on one support request at one moment (row D2)."""

    def setUp(self):
        super().setUp()
        with self.environment() as env:
            env["sajad.process"].browse(self.ids["process"]).matter = "support"
            self.ids["request"] = 0

    def clean_up(self):
        with self.environment() as env:
            request = env["sajad.request"].browse(self.ids["request"])
            request.message_ids.mail_ids.unlink()
            request.message_ids.unlink()
            request.message_follower_ids.unlink()
        return super().clean_up()

    def get_request(self, env):
        return env["sajad.request"].browse(self.ids["request"]).with_context(**QUIET)

    def test_two_experts_solve_at_once(self):
        self.ids["request"] = self.make_committed_request()
        results = self.race(
            lambda env: self.get_request(env)._support_answer("answer", "First"),
            lambda env: self.get_request(env)._support_answer("answer", "Second"),
        )
        self.assertFalse(results["first"])
        with self.environment() as env:
            request = self.get_request(env)
            bodies = request.message_ids.mapped("body")
            said = [text for text in ("First", "Second") if text in str(bodies)]
            # who came second said nothing, or found the request taken by oneself
            self.assertEqual("Second" in said, not results["second"])
            self.assertEqual(request.support_state, "progress")

    def test_the_requester_answers_while_the_expert_goes_on(self):
        self.ids["request"] = self.make_committed_request()
        with self.environment() as env:
            officer = self.get_request(env).with_user(self.ids["officer"])
            task = self.task_of(officer.env, officer.id, "left")
            officer.env["sajad.engine"]._return_to_student(task, "Which page?")
        results = self.race(
            lambda env: self.get_request(env).action_support_take_back(),
            lambda env: env["sajad.engine"]._answer(self.get_request(env), "This one."),
            user="officer",
        )
        self.assertTrue(
            results["second"] is None or isinstance(results["second"], UserError)
        )
        with self.environment() as env:
            request = self.get_request(env)
            self.assertEqual(request.state, "running")
            self.assertEqual(request.support_state, "progress")
