from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.sajad_base.tests.common import SajadCommon


@tagged("post_install", "-at_install")
class TestCommissionGuard(SajadCommon):
    """State and number of a session come with its buttons alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        process = cls.make_process("guard", {"a": {}})
        cartable = cls.make_cartables(process, cls.university, cls.user_officer)
        cls.user_officer.group_ids = [
            Command.link(cls.env.ref("sajad_commission.group_sajad_commission").id)
        ]
        cls.values = {"cartable_id": cartable.id, "date": "2026-11-22 08:00:00"}
        cls.Session = cls.env["sajad.commission.session"]

    def test_defaults_of_the_context_fill_in_no_guarded_field(self):
        Session = self.Session.with_user(self.user_officer)
        session = Session.with_context(default_state="closed").create(self.values)
        self.assertEqual(session.state, "planned")
        self.assertEqual(session.env.context["default_state"], "closed")

    def test_final_minutes_stay(self):
        session = self.Session.create(self.values)
        session.state = "closed"
        with self.assertRaisesRegex(UserError, "are final"):
            session.with_user(self.user_officer).write({"place": "Elsewhere"})
