from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SajadCommon
from .foreign_references import ForeignReferences


@tagged("post_install", "-at_install")
class TestReferences(ForeignReferences, SajadCommon):
    """Officers learn nothing of other universities by naming their records."""

    at_least = 60

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("refs", {"a": {}})
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.make_cartables(cls.process, cls.other_university, cls.user_stranger)
        cls.mine = cls.make_request(cls.process)
        cls.theirs = cls.make_request(cls.process, cls.other_student)

    def get_dialog(self, task):
        Dialog = self.env["sajad.task.decide"].with_user(self.user_officer)
        return Dialog.create({"task_ids": [Command.set(task.ids)]})

    def test_every_form_of_a_value(self):
        Line = self.env["sajad.task.decide.line"].with_user(self.user_officer)
        mine = self.get_dialog(self.mine.task_ids)
        id_ = self.theirs.task_ids.id
        spec = {"task_id": {"fields": {"display_name": {}}}}
        for value in (
            *(id_, str(id_), [id_, "x"], (id_, "x"), {"id": id_}),
            # the database and Odoo take these for the same record
            *(float(id_), f" {id_}", f"+{id_}", hex(id_), [float(id_), "x"]),
            *({"id": [id_]}, {"id": (id_,)}, {"id": float(id_)}, {"id": f"{id_} "}),
        ):
            for values in (
                {"task_id": value},
                {"task_id": value, "wizard_id": mine.id},
            ):
                with self.subTest(value=value), self.assertRaises(AccessError):
                    Line.onchange(values, ["task_id"], spec)
            with self.subTest(value=value), self.assertRaises(AccessError):
                Line.create({"task_id": value, "wizard_id": mine.id})
        for commands in (
            [Command.set([id_])],
            [Command.link(id_)],
            [Command.update(id_, {})],
            [id_],
            [{"id": id_}],
            [[4, float(id_)]],
            [[6, 0, [float(id_)]]],
            [{"id": [id_]}],
        ):
            with self.subTest(commands=commands), self.assertRaises(AccessError):
                mine.write({"task_ids": commands})
        for line in (
            {"task_id": id_},
            {"task_id": {"id": id_}},
            {"task_id": {"id": [id_]}},
            {"task_id": float(id_)},
        ):
            with self.subTest(line=line), self.assertRaises(AccessError):
                mine.write({"line_ids": [Command.create(line)]})

    def test_what_exists_is_not_said(self):
        """A record of others and one that is not there are refused alike."""
        Dialog = self.env["sajad.task.decide"].with_user(self.user_officer)
        texts = set()
        for id_ in (self.theirs.task_ids.id, 2**31 - 7):
            with self.assertRaises(AccessError) as caught:
                Dialog.create({"task_ids": [Command.link(id_)]})
            texts.add(str(caught.exception))
        self.assertEqual(len(texts), 1)
        self.assertNotIn("2001", texts.pop())

    def test_own_work_goes_on(self):
        """What a record refers to already may be written again."""
        dialog = self.get_dialog(self.mine.task_ids)
        dialog.sudo().task_ids |= self.theirs.task_ids
        ids = dialog.sudo().task_ids.ids
        dialog.write({"task_ids": [Command.set(ids)]})
        values = {"task_ids": [Command.set(ids)]}
        self.assertFalse(
            dialog.onchange(values, ["task_ids"], {"task_ids": {}})["value"]
        )

    def test_a_dialog_is_its_makers(self):
        """Nobody else reads, writes or continues it, its lines neither (row E5)."""
        dialog = self.get_dialog(self.mine.task_ids)
        theirs = dialog.with_user(self.user_stranger)
        for call in (
            lambda: theirs.read(["reason"]),
            lambda: theirs.write({"reason": "x"}),
            lambda: theirs.onchange({"reason": "x"}, ["reason"], {"reason": {}}),
            theirs.action_apply,
            lambda: theirs.env["sajad.task.decide.line"].create(
                {"wizard_id": dialog.id}
            ),
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertFalse(theirs.search([("id", "=", dialog.id)]))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_refusals_name_nobody(self):
        """Not in developer mode either, where Odoo lists names."""
        group = self.env.ref("base.group_no_one")
        self.user_officer.group_ids |= group
        student = self.other_student.with_user(self.user_officer)
        with self.assertRaises(AccessError) as caught:
            student.read(["name"])
        self.assertNotIn("2001", str(caught.exception))
