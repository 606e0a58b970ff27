from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SajadCommon

OLD = [
    {"name": "city", "type": "char", "string": "City"},
    {"name": "amount", "type": "integer", "string": "Amount"},
]
NEW = [
    {"name": "amount", "type": "integer", "string": "Amount"},
    {"name": "way", "type": "char", "string": "Way", "default": "bus"},
]
OFFICE = [{"name": "room", "type": "char", "string": "Room"}]


@tagged("post_install", "-at_install")
class TestFormVersions(SajadCommon):
    """Forms are part of a version; answers are never lost (row A5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "versions", {"a": {}}, publish=False, request_properties_definition=OLD
        )
        cls.old = cls.process.flow_ids
        cls.old.step_ids.task_properties_definition = OFFICE
        cls.old.action_publish()
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.request = cls.make_request(
            cls.process, properties={"city": "Shiraz", "amount": 5}
        )
        cls.request.task_ids.properties = {"room": "12"}

    def publish_new(self):
        new = self.old.copy()
        self.assertEqual(new.request_properties_definition, OLD)
        new.request_properties_definition = NEW
        new.step_ids.task_properties_definition = [
            {"name": "key", "type": "boolean", "string": "Key"}
        ]
        new.action_publish()
        return new

    def get_answers(self, record):
        self.env.invalidate_all()
        (row,) = record.read(["properties"])
        return {a["string"]: a.get("value") for a in row["properties"]}

    def test_frozen_with_its_version(self):
        flow = self.old.with_user(self.user_admin)
        with self.assertRaisesRegex(UserError, "frozen"):
            flow.request_properties_definition = NEW
        with self.assertRaisesRegex(UserError, "frozen"):
            flow.required_properties = ["city"]

    def test_requests_keep_the_form_of_their_version(self):
        self.publish_new()
        self.assertEqual(
            self.get_answers(self.request), {"City": "Shiraz", "Amount": 5}
        )
        other = self.make_request(self.process, self.other_student)
        self.assertEqual(set(self.get_answers(other)), {"Amount", "Way"})

    def test_a_later_version_shows_the_answers(self):
        new = self.publish_new()
        moves = self.old.with_user(self.user_admin)._move_requests(
            new, {self.process.stage_ids.id: self.process.stage_ids.id}
        )
        self.assertTrue(moves)
        self.assertEqual(self.request.flow_id, new)
        self.assertEqual(
            self.get_answers(self.request),
            {"City": "Shiraz", "Amount": 5, "Way": None},
        )
        task = self.request.task_ids
        self.assertEqual(task.step_id.flow_id, new)
        self.assertEqual(self.get_answers(task), {"Room": "12", "Key": None})
        # and the office that fills in the new form keeps what it had said
        task.with_user(self.user_officer).write({"properties": {"key": True}})
        self.assertEqual(task.properties._values, {"room": "12", "key": True})

    def test_a_draft_is_sent_with_the_form_of_its_day(self):
        draft = self.make_request(
            self.process, self.other_student, submit=False, properties={"city": "Yazd"}
        )
        self.publish_new()
        self.engine._submit(draft)
        self.assertEqual(self.get_answers(draft)["City"], "Yazd")

    def test_deleted_question_keeps_its_answer(self):
        """Even where a form changes under its requests."""
        self.old.request_properties_definition = NEW
        self.assertEqual(self.get_answers(self.request)["Amount"], 5)
        self.request.properties = {"amount": 6}
        self.assertEqual(
            self.request.properties._values, {"city": "Shiraz", "amount": 6}
        )

    def test_corrected_and_emptied(self):
        """What a student empties is empty, and the rest stays."""
        lines = self.request._correct_answers({"city": False, "amount": 5})
        self.assertEqual(lines, ["City: Shiraz → -"])
        self.assertEqual(self.get_answers(self.request), {"City": False, "Amount": 5})
