from contextlib import closing
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL

from .common import SajadCommon

QUESTION = {"name": "a1b2", "string": "Books", "type": "char", "default": "none"}


@tagged("post_install", "-at_install")
class TestEngineMake(SajadCommon):
    """Work that the engine makes is what `create` would make (row A5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        spec = {
            "a": {"time_limit": 8},
            "b": {"time_limit": 8, "task_properties_definition": [QUESTION]},
            "seen": {"after": ["a"], "mode": "information"},
            "c": {"after": ["a", "b"]},
        }
        cls.process = cls.make_process("make", spec)
        cls.make_cartables(cls.process, cls.university, cls.user_officer)

    def make_draft(self):
        return self.make_request(self.process, submit=False)

    def submit(self, request):
        """Return the rows of its work by step, with all columns but the id."""
        self.assertFalse(request.task_ids)
        with closing(self.env.cr.savepoint()) as savepoint:
            self.engine._submit(request)
            self.assertEqual(len(request.task_ids), 4)
            self.env.flush_all()
            rows = self.env.execute_query(
                SQL(
                    "SELECT step_id, to_jsonb(task) - 'id' FROM sajad_task task "
                    "WHERE request_id = %s",
                    request.id,
                )
            )
            savepoint.rollback()
        self.env.invalidate_all()
        return dict(rows)

    def patch_parts(self, parts):
        engine = self.registry["sajad.engine"]
        return patch.object(engine, "_get_unknown_parts", return_value=parts)

    @freeze_time("2031-03-10 09:00:00")
    def test_like_create(self):
        """Field by field, and with what a form fills in."""
        request = self.make_draft()
        made = self.submit(request)
        with self.patch_parts(["something"]):
            created = self.submit(request)
        self.assertEqual(made, created)
        self.assertIn({"a1b2": "none"}, [row["properties"] for row in made.values()])

    def test_nothing_is_left_to_create(self):
        """An addon that has a say in new work makes each class five times as dear."""
        self.assertEqual(self.engine._get_unknown_parts(), [])

    def test_default_of_a_client(self):
        self.env["ir.default"].set("sajad.task", "note", "By default")
        for row in self.submit(self.make_draft()).values():
            self.assertEqual(row["note"], "By default")

    def test_field_of_another_addon(self):
        """What is not known is right all the same: Odoo creates the work."""
        note = self.env["sajad.task"]._fields["note"]
        with patch.object(note, "default", lambda model: "By an addon"):
            self.assertEqual(self.engine._get_unknown_parts(), ["note"])
            rows = self.submit(self.make_draft())
        self.assertEqual({row["note"] for row in rows.values()}, {"By an addon"})

    def test_create_of_another_addon(self):
        Task = self.registry["sajad.task"]
        with patch.object(
            Task, "create", autospec=True, side_effect=Task.create
        ) as new:
            self.assertEqual(self.engine._get_unknown_parts(), [Task])
            self.submit(self.make_draft())
        new.assert_called_once()
