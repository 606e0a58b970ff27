from odoo.exceptions import AccessError
from odoo.tests import tagged, users

from .common import SajadCommon

FORM = [
    {"name": "about", "type": "separator", "string": "About"},
    {"name": "amount", "type": "integer", "string": "Amount"},
]


@tagged("post_install", "-at_install")
class TestConditionPicker(SajadCommon):
    """What conditions are picked from (row A5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "picked", {"a": {}}, request_properties_definition=FORM
        )
        cls.other = cls.make_process("other", {"a": {}})

    def get_offered(self, *args):
        return self.env["sajad.condition"].get_offered(*args)

    @users("t_admin")
    def test_questions_of_this_process_alone(self):
        flow = self.process.published_flow_id
        (question,) = self.get_offered("sajad.flow", flow.id)["questions"]
        self.assertEqual(question["name"], "amount")
        other = self.other.published_flow_id
        self.assertFalse(self.get_offered("sajad.flow", other.id)["questions"])
        self.assertFalse(self.get_offered("sajad.flow", False)["questions"])
        step = flow.step_ids
        self.assertFalse(self.get_offered("sajad.flow.step", step.id)["questions"])

    @users("t_admin")
    def test_every_offered_field_can_be_asked(self):
        """It is there, has a label of its own, and can be searched."""
        for model, names in self.get_offered()["fields"].items():
            found = self.env[model].fields_get()
            for name in names:
                with self.subTest(model=model, name=name):
                    if name == "code" and name not in found:
                        continue
                    self.assertTrue(found[name]["searchable"])
        offered = self.get_offered()["fields"]
        self.assertIn("degree_level_id", offered["sajad.student"])
        for technical in ("id", "revision", "open_key", "create_uid", "submit_token"):
            self.assertNotIn(technical, offered["sajad.request"])

    @users("t_student")
    def test_forms_of_others_stay_closed(self):
        with self.assertRaises(AccessError):
            self.get_offered("sajad.flow", self.process.published_flow_id.id)
        with self.assertRaises(AccessError):
            self.get_offered("res.users", 1)
