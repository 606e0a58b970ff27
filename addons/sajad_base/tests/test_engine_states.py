import random
from collections import Counter
from types import SimpleNamespace

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import BaseCase, tagged

from ..engine import states
from ..engine.journey import Journey, Node
from .common import SajadCommon

REQUESTS = 12
TURNS = 24


@tagged("post_install", "-at_install")
class TestStates(BaseCase):
    """The table of states, without a database."""

    def test_what_is_not_allowed_is_not_set(self):
        node = Node(Journey(None, {}), SimpleNamespace(information=False), state="done")
        with self.assertRaisesRegex(
            ValueError, "Work does not go from done to student"
        ):
            node.set(state="student", user_id=7)
        self.assertEqual(node.values, {"state": "done"})
        node.set(state="done")
        node.set(state="ready")
        self.assertEqual(node.state, "ready")

    def test_a_cancelled_request_stays_cancelled(self):
        for state in states.REQUEST:
            states.check_request(state, state)
            if state != "cancelled":
                with self.assertRaises(ValueError):
                    states.check_request("cancelled", state)

    def test_groups_are_of_the_table(self):
        work = set(states.WORK)
        self.assertEqual(work, {"waiting", *states.OPEN_WORK, *states.FINAL_WORK})
        self.assertLessEqual(set(states.VOID_WORK), set(states.FINAL_WORK))
        request = set(states.REQUEST)
        self.assertEqual(
            request, {"draft", *states.OPEN_REQUESTS, *states.ENDED_REQUESTS}
        )
        for table in (states.WORK, states.REQUEST):
            self.assertLessEqual(set().union(*table.values()), set(table))


@tagged("post_install", "-at_install")
class TestEngineStates(SajadCommon):
    """What the engine writes: by the table, and the same as its history."""

    SPEC = {
        "start": {"allow_refuse": True, "allow_visit": True},
        "left": {"after": ["start"], "allow_refuse": True, "allow_visit": True},
        "right": {"after": ["start"]},
        "branch": {"after": ["right"], "condition": "[('note', '=', 'yes')]"},
        "told": {"after": ["left"], "mode": "information", "allow_refuse": True},
        "either": {"after": ["left", "branch"], "join": "any"},
        "end": {"after": ["either", "branch", "told"]},
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("states", cls.SPEC)
        cls.cartables = cls.make_cartables(
            cls.process, cls.university, cls.user_officer
        )

    def setUp(self):
        super().setUp()
        self.officer = self.engine.with_user(self.user_officer)

    def test_the_table_has_the_states_of_the_fields(self):
        for model, table in (
            ("sajad.task", states.WORK),
            ("sajad.request", states.REQUEST),
        ):
            selection = dict(self.env[model]._fields["state"].selection)
            self.assertEqual(set(selection), set(table))

    def test_undo_beside_a_refusal(self):
        """Who approved in parallel does not bring a refused request back."""
        request = self.make_request(self.process)
        self.approve(request, "start", "right")
        self.officer._decide(
            self.task(request, "left", self.user_officer), "refused", "no"
        )
        right = self.task(request, "right", self.user_officer)
        self.assertFalse(right.can_undo)
        with self.assertRaisesRegex(UserError, "was refused"):
            right.action_undo()
        self.assertEqual(request.state, "refused")
        self.task(request, "left", self.user_officer).action_undo()
        self.assertEqual(request.state, "running")
        self.assertStates(request, left="ready", branch="skipped", either="ready")

    def test_what_is_finished_is_not_refused(self):
        """A step for information may come after the end of the request."""
        process = self.make_process(
            "late", {"a": {}, "told": {"mode": "information", "allow_refuse": True}}
        )
        self.make_cartables(process, self.university, self.user_officer)
        request = self.make_request(process)
        self.approve(request, "a")
        task = self.task(request, "told", self.user_officer)
        self.assertIn("finished", self.officer._decide(task, "refused", "no")[task])
        self.assertEqual(request.state, "done")
        self.approve(request, "told")
        self.assertStates(request, a="done", told="done")

    def test_any_legal_order_of_decisions(self):
        """Whatever people do, work says what history says."""
        dice = random.Random(1405)
        happened = Counter()
        for number in range(REQUESTS):
            student = self.make_student(f"77{number}", self.university)
            note = dice.choice(("yes", "no"))
            request = self.make_request(self.process, student, note=note)
            for _turn in range(TURNS):
                act = dice.choices(self.ACTS, self.WEIGHTS)[0]
                happened[act] += self.happens(act, dice, request)
        self.assertEqual(set(+happened), set(self.ACTS))

    ACTS = ("approve", "refuse", "return", "visit", "answer", "take_back")
    ACTS += ("send_back", "undo", "man", "cancel")
    WEIGHTS = (20, 1, 3, 3, 4, 7, 3, 6, 3, 1)

    def happens(self, act, dice, request):
        """Let somebody do something, legal or not; return whether it was."""
        tasks = request.task_ids.filtered("current").with_user(self.user_officer)
        opened = tasks.filtered(lambda task: task.state in states.OPEN_WORK)
        task = dice.choice((act != "undo" and opened or tasks).sorted("id"))
        try:
            with self.env.cr.savepoint():
                done = not getattr(self, f"act_{act}")(dice, request, task)
        except UserError:
            done = False
        self.assertReplay(request)
        return done

    def act_approve(self, dice, request, task):
        return self.officer._decide(task, "approved", "fine")

    def act_refuse(self, dice, request, task):
        return self.officer._decide(task, "refused", "no")

    def act_return(self, dice, request, task):
        return self.officer._return_to_student(task, "Sign it.")

    def act_visit(self, dice, request, task):
        return self.officer._require_visit(task, "Room 1", "Sunday", "Bring it.")

    def act_answer(self, dice, request, task):
        return self.engine._answer(request, "Here.")

    def act_take_back(self, dice, request, task):
        return task.action_take_back()

    def act_send_back(self, dice, request, task):
        steps = self.officer._get_return_steps(task)
        if not steps:
            return True
        return self.officer._send_back(task, dice.choice(steps), "Look again.")

    def act_undo(self, dice, request, task):
        return task.action_undo() is False

    def act_man(self, dice, request, task):
        """Take the people out of an office, or bring them back."""
        cartable = dice.choice(self.cartables.sorted("id"))
        if cartable.member_ids:
            cartable.member_ids = [Command.clear()]
        else:
            member = Command.create({"user_id": self.user_officer.id})
            cartable.member_ids = [member]

    def act_cancel(self, dice, request, task):
        return self.engine._cancel(request)
