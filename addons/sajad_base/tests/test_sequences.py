import random
from collections import Counter

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..engine import states
from .common import SajadCommon

SEQUENCES = 10
MOVES = 12
# each closes the work that it is told of
DECIDED = ("approved", "seen", "refused", "sent_back")
#: move -> what an officer does with work
OF_OFFICERS = {
    "approve": lambda engine, task: engine._decide(task, "approved"),
    "refuse": lambda engine, task: engine._decide(task, "refused", "no"),
    "return": lambda engine, task: engine._return_to_student(task, "what?"),
    "visit": lambda engine, task: engine._require_visit(task, "here", "now", "so"),
    "take_back": lambda engine, task: engine._take_back(task),
    "claim": lambda engine, task: engine._claim(task),
    "release": lambda engine, task: engine._release(task),
    "undo": lambda engine, task: engine._undo(task),
}
#: move -> what a requester does with the request
OF_STUDENTS = {
    "answer": lambda engine, request: engine._answer(request, "this"),
    "cancel": lambda engine, request: engine._cancel(request, "enough"),
}
# or most paths would end at their beginning
WEIGHTS = {"approve": 6, "undo": 3, "answer": 3, "return": 2, "take_back": 2}
# where a move may have an effect; it is tried elsewhere, too
STATES = {"undo": "done", "take_back": "student"}


@tagged("post_install", "-at_install")
class TestSequences(SajadCommon):
    """Any order of moves leaves work that its history tells, in states of the table.

    Who has no right changes nothing at any point of the way (rows A11, E5).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        free = {"allow_refuse": True, "allow_visit": True}
        cls.process = cls.make_process(
            "sequences",
            {
                "start": free,
                "left": {"after": ["start"], **free},
                "right": {"after": ["start"]},
                "any": {"after": ["left", "right"], "join": "any"},
                "look": {"after": ["start"], "mode": "information"},
                "end": {"after": ["any", "right"], **free},
            },
        )
        cls.make_cartables(cls.process, cls.university, cls.user_officer)

    def test_sequences(self):
        moves = [*OF_OFFICERS, *OF_STUDENTS]
        weights = [WEIGHTS.get(move, 1) for move in moves]
        done = Counter()
        for seed in range(SEQUENCES):
            dice, path = random.Random(seed), []
            with self.subTest(seed=seed, path=path):
                request = self.make_request(self.process)
                for move in dice.choices(moves, weights, k=MOVES):
                    task = self.choose(request, move, dice)
                    before = self.look(request)
                    self.check_outsider(request, task, move, dice)
                    path.append(f"{move} {task.stage_id.code}")
                    done[move] += self.move(self.user_officer, request, task, move)
                    self.check(request, before)
        # the walk has been everywhere
        self.assertFalse([move for move in moves if not done[move]], done)

    def choose(self, request, move, dice):
        """Return work of a request, mostly such as the move is meant for."""
        tasks = request.task_ids.filtered("current")
        meant = tasks.filtered(lambda task: task.state == STATES.get(move, "ready"))
        return dice.choice(meant if meant and dice.random() < 0.8 else tasks)

    def move(self, user, request, task, move):
        """Make a move as a user; return whether it was made."""
        try:
            with (
                self.env.cr.savepoint(),
                mute_logger("odoo.addons.base.models.ir_rule"),
            ):
                if move in OF_OFFICERS:
                    engine = self.engine.with_user(user)
                    problems = OF_OFFICERS[move](engine, task.with_user(user))
                    return not problems
                OF_STUDENTS[move](self.engine, request)
                return True
        except UserError:
            return False
        finally:
            self.env.invalidate_all()

    def check_outsider(self, request, task, move, dice):
        if move not in OF_OFFICERS:
            return
        before = self.look(request)
        user = dice.choice([self.user_stranger, self.user_student, self.user_auditor])
        self.assertFalse(self.move(user, request, task, move), user.login)
        self.assertEqual(self.look(request), before)

    def look(self, request):
        self.env.flush_all()
        self.env.invalidate_all()
        tasks = {task: (task.state, task.user_id) for task in request.task_ids}
        return request.state, tasks, request.event_ids

    def check(self, request, before):
        """Only what the tables allow has happened, and history tells it once."""
        state, tasks, events = self.look(request)
        was, were, told = before
        self.assertTrue(state == was or state in self.reach(states.REQUEST, was))
        for task, (after, _user) in tasks.items():
            first = were.get(task, ("waiting", None))[0]
            allowed = after == first or after in self.reach(states.WORK, first)
            self.assertTrue(allowed, f"{task.stage_id.code}: {first} to {after}")
        self.assertReplay(request)
        new = events - told
        decided = [event for event in new if event.kind in DECIDED]
        closed = [
            task
            for task, (after, _user) in tasks.items()
            if after == "done"
            and task.done_by_id
            and were.get(task, ("waiting", None))[0] != "done"
        ]
        self.assertEqual(len(decided), len(closed))
        self.assertLessEqual({e.user_id for e in decided}, {self.user_officer})
        # what was told stays as it was told
        self.assertLessEqual(set(told), set(events))

    def reach(self, table, state):
        """Return the states that one move may lead to: it may open and pass at once."""
        found, new = set(), {state}
        while new:
            found |= new
            new = set().union(*(table[known] for known in new)) - found
        return found
