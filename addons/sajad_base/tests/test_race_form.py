from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_changed_meanwhile import FORM
from .test_race import RaceCommon


@tagged("post_install", "-at_install")
class TestRaceForm(RaceCommon):
    """Two officers save one form of an office in the same moment (row A10).

    Both have opened the form as it was; the one who commits second has not seen what
    the first one wrote when it begins.
    """

    form = FORM

    def setUp(self):
        super().setUp()
        self.request_id = self.make_committed_request()
        with self.environment() as env:
            self.opened = self.task_of(env, self.request_id, "left").read(
                ["note", "properties"]
            )[0]

    def save(self, note=None, **answers):
        """Return what saves the form as the client does: all answers, and what was
        there when it was opened."""
        vals, before = {}, {}
        if note is not None:
            vals["note"], before["note"] = note, self.opened["note"]
        if answers:
            before["properties"] = self.opened["properties"]
            vals["properties"] = [
                {**field, "value": answers.get(field["name"], False)}
                for field in self.opened["properties"]
            ]
        attempts = []

        def work(env):
            attempts.append(env)
            task = self.task_of(env, self.request_id, "left")
            task.web_save({**vals, "changed_from": before}, {})
            env.flush_all()
            return len(attempts)

        return work

    def read_form(self):
        with self.environment() as env:
            task = self.task_of(env, self.request_id, "left")
            return dict(task.properties._values or {}), task.note

    def test_different_fields(self):
        """Both are kept; the second one is tried again on what the first one wrote."""
        results = self.race(
            self.save(rooms=3, way="bus"), self.save(debt=True, note="Seen")
        )
        self.assertEqual(results["second"], 2)
        answers, note = self.read_form()
        self.assertEqual(answers, {"rooms": 3, "way": "bus", "debt": True})
        self.assertEqual(note, "Seen")

    def test_the_same_field(self):
        """The second one reads both values, and nothing of the first one is lost."""
        results = self.race(
            self.save(rooms=3, remark="Theirs"), self.save(rooms=4, debt=True)
        )
        self.assertIsInstance(results["second"], UserError)
        sentence = str(results["second"])
        for text in ("“Rooms”", "Now it is: 3", "You typed: 4"):
            self.assertIn(text, sentence)
        self.assertNotIn("Remark", sentence)
        self.assertEqual(self.read_form()[0], {"rooms": 3, "remark": "Theirs"})

    def test_the_note(self):
        results = self.race(self.save(note="Theirs"), self.save(note="Mine"))
        self.assertRegex(str(results["second"]), "(?s)Theirs.*Mine")
        self.assertEqual(self.read_form()[1], "Theirs")

    def test_the_same_answer(self):
        """Who typed the same has nothing to decide."""
        results = self.race(self.save(rooms=3), self.save(rooms=3, remark="Mine"))
        self.assertEqual(results["second"], 2)
        self.assertEqual(self.read_form()[0], {"rooms": 3, "remark": "Mine"})

    def test_answers_and_a_decision(self):
        """What is written while the work is decided is refused, not lost silently."""
        results = self.race(
            lambda env: self.task_of(env, self.request_id, "left").action_approve(),
            self.save(rooms=3),
        )
        self.assertIsInstance(results["second"], UserError)
        self.assertFalse(self.read_form()[0].get("rooms"))
