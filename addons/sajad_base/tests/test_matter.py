from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestMatter(SajadCommon):
    """What a process is about: fixed once there are requests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("matter", {"a": {}})
        cls.others = [
            value
            for value in cls.process._fields["matter"].get_values(cls.env)
            if value != "general"
        ]

    def test_general_by_default(self):
        self.assertEqual(self.process.matter, "general")
        self.assertFalse(self.process.is_used)

    def test_fixed_once_used(self):
        self.make_request(self.process)
        process = self.process.with_user(self.user_admin)
        with self.assertRaisesRegex(UserError, "has requests already"):
            process.write({"matter": "other"})
        process.write({"matter": "general", "sequence": 5})
        with Form(process) as form:
            self.assertTrue(form._get_modifier("matter", "readonly"))

    def test_free_before(self):
        for matter in self.others:
            self.process.with_user(self.user_admin).matter = matter
            self.assertEqual(self.process.matter, matter)

    def test_copied(self):
        for matter in self.others:
            self.process.matter = matter
            copied = self.process.copy({"code": f"copied_{matter}"})
            self.assertEqual(copied.matter, matter)
