from odoo.tests import tagged

from odoo.addons.sajad_base.tests.test_disabled_account import AccountCommon

from .common import CommissionCommon


@tagged("post_install", "-at_install")
class TestDisabledCommission(AccountCommon, CommissionCommon):
    """A commission of which nobody has an account in use (row A7)."""

    def test_the_session_waits_for_somebody(self):
        request = self.apply()
        self.bring_to_session(request)
        self.assertStates(request, session="ready")
        cartable = self.task(request, "session").cartable_id
        others = cartable.member_ids.user_id - self.user_secretary
        others.write({"active": False})
        self.assertStates(request, session="ready")
        self.close(self.user_secretary)
        self.assertStates(request, session="suspended")
        self.assertTrue(self.gaps(cartable))
        self.open(self.user_secretary)
        self.assertStates(request, session="ready")
        session = (
            self.env["sajad.commission.session"]
            .with_user(self.user_secretary)
            .create({"cartable_id": cartable.id, "date": "2026-11-22 08:00:00"})
        )
        session.action_fill()
        self.assertEqual(session.item_ids.request_id, request)
