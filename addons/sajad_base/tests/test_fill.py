from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..wizards import sajad_task_fill
from .common import SajadCommon

FORM = [
    {
        "name": "debt",
        "type": "selection",
        "string": "Debt",
        "selection": [["no", "Owes Nothing"], ["yes", "Owes Something"]],
    },
    {"name": "amount", "type": "integer", "string": "Amount"},
    {"name": "number", "type": "char", "string": "Form Number"},
    {"name": "seen", "type": "boolean", "string": "Seen"},
]
CHECKS = (
    ("Say whether the student owes anything.", "[('properties.debt', '!=', False)]"),
    ("Write the number.", "[('properties.number', '!=', False)]"),
    (
        "Write the amount.",
        "['|', ('properties.debt', '!=', 'yes'), ('properties.amount', '>', 0)]",
    ),
)


@tagged("post_install", "-at_install")
class TestFill(SajadCommon):
    """The form of an office is filled in for many at once (row A10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_form_process("fill")
        cls.work = cls.env["sajad.task"]
        for number in range(5):
            student = cls.make_student(f"66{number}", cls.university)
            cls.work |= cls.make_request(cls.process, student).task_ids
        cls.work = cls.work.with_user(cls.user_officer)

    @classmethod
    def make_form_process(cls, code, form=None):
        form = FORM if form is None else form
        process = cls.make_process(code, {"office": {}}, publish=False)
        step = process.flow_ids.step_ids
        step.task_properties_definition = form
        for name, domain in CHECKS if form else ():
            step.check_ids.create({"step_id": step.id, "name": name, "domain": domain})
        process.flow_ids.action_publish()
        cls.make_cartables(process, cls.university, cls.user_officer)
        return process

    def open(self, work=None):
        work = self.work if work is None else work
        action = work.action_fill()
        return work.env["sajad.task.fill"].browse(action["res_id"])

    def fill(self, answers, work=None, **values):
        """Fill in as the client does: all boxes, the empty ones too."""
        wizard = self.open(work)
        boxes = wizard.read(["properties"])[0]["properties"]
        wizard.write(
            {
                "properties": [
                    {**box, "value": answers.get(box["name"], False)} for box in boxes
                ],
                **values,
            }
        )
        return wizard.action_apply()

    def read_answers(self, name):
        return [work.properties._values.get(name) for work in self.work]

    def get_result(self, action):
        self.assertEqual(action["res_model"], "sajad.task.decide")
        wizard = self.work.env["sajad.task.decide"].browse(action["res_id"])
        return {line.task_id: line.message for line in wizard.line_ids}

    def test_many(self):
        action = self.fill({"debt": "no", "number": "12"})
        self.assertEqual(set(self.get_result(action).values()), {"Done"})
        self.assertEqual(self.read_answers("debt"), ["no"] * 5)
        self.assertEqual(self.read_answers("number"), ["12"] * 5)
        # a box that stayed empty says nothing
        self.assertEqual(self.read_answers("amount"), [None] * 5)
        self.assertEqual(set(self.work.mapped("state")), {"ready"})

    def test_and_approve(self):
        self.fill({"debt": "no", "number": "12"}, approve=True)
        self.assertEqual(set(self.work.mapped("state")), {"done"})

    def test_required_boxes(self):
        """Work that would not pass is left out, with the sentence of the check."""
        self.work[0].properties = {"number": "7"}
        result = self.get_result(self.fill({"debt": "no"}, approve=True))
        self.assertEqual(result.pop(self.work[0]), "Done")
        for sentence in result.values():
            self.assertIn("Write the number.", sentence)
            self.assertIn("Form Number", sentence)
        self.assertEqual(self.read_answers("debt"), ["no"] + [None] * 4)
        self.assertEqual(self.work[0].state, "done")
        with self.assertRaisesRegex(UserError, "Write the amount"):
            self.fill({"debt": "yes", "number": "1"}, self.work[1])

    def test_something_else_is_written(self):
        self.work[0].properties = {"debt": "yes", "amount": 5}
        answers = {"debt": "no", "number": "12"}
        result = self.get_result(self.fill(answers))
        self.assertEqual(
            result[self.work[0]],
            "Something else is written already: Debt: Owes Something",
        )
        self.assertEqual(self.read_answers("debt"), ["yes"] + ["no"] * 4)
        self.fill(answers, replace=True)
        self.assertEqual(self.read_answers("debt"), ["no"] * 5)
        # other boxes stay
        self.assertEqual(self.read_answers("amount")[0], 5)

    def test_work_that_is_done(self):
        answers = {"debt": "no", "number": "12"}
        wizard = self.open()
        self.fill(answers, self.work[:1], approve=True)
        wizard.properties = answers
        result = self.get_result(wizard.action_apply())
        self.assertIn("cannot fill in", result[self.work[0]])
        self.assertEqual(list(result.values()).count("Done"), 4)

    def test_nothing_is_filled_in(self):
        with self.assertRaisesRegex(UserError, "at least one box"):
            self.fill({})

    def test_zero_is_an_empty_box(self):
        """The client sends zero for an amount that nobody has typed."""
        self.work[0].properties = {"amount": 7}
        answers = {"debt": "no", "number": "1", "amount": 0, "seen": True}
        self.fill(answers)
        self.assertEqual(self.read_answers("seen"), [True] * 5)
        self.assertEqual(self.read_answers("amount"), [7, None, None, None, None])

    def test_different_forms(self):
        longer = [*FORM, {"name": "more", "type": "char", "string": "More"}]
        other = self.make_form_process("fill2", longer)
        work = self.make_request(other).task_ids.with_user(self.user_officer)
        with self.assertRaisesRegex(UserError, "not the same"):
            (self.work | work).action_fill()
        bare = self.make_form_process("fill3", [])
        work = self.make_request(bare).task_ids.with_user(self.user_officer)
        with self.assertRaisesRegex(UserError, "no form"):
            work.action_fill()

    def test_rights(self):
        with self.assertRaises(AccessError):
            self.work.with_user(self.user_stranger).action_fill()
        wizard = self.open()
        with self.assertRaises(AccessError):
            wizard.with_user(self.user_stranger).action_apply()

    def test_in_the_background(self):
        self.startPatcher(patch.object(sajad_task_fill, "MANY", 2))
        self.work[3].properties = {"debt": "yes"}
        action = self.fill({"debt": "no", "number": "12"}, approve=True)
        self.assertEqual(action["res_model"], "sajad.batch")
        self.assertEqual(self.read_answers("debt"), [None, None, None, "yes", None])
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            self.env["sajad.batch.run"]._cron_run()
        self.env.invalidate_all()
        batch = self.env["sajad.batch"].browse(action["res_id"])
        self.assertEqual((batch.done_count, batch.problem_count), (4, 1))
        self.assertIn("Something else", batch.line_ids.message)
        self.assertEqual(self.work[0].state, "done")
        self.assertFalse(batch.result_url)

    def test_queries_do_not_grow(self):
        """A hundred works ask for little more than two."""
        answers = {"debt": "no", "number": "12"}
        counts = []
        for work in (self.work[:2], self.work[2:]):
            wizard = self.open(work)
            wizard.properties = answers
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            wizard._batch_fill(
                work, {"answers": answers, "replace": True, "approve": False}
            )
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)
