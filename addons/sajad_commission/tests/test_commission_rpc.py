from odoo.tests import HttpCase, tagged

from odoo.addons.sajad_base.tests import test_access_rpc

from .common import CommissionCommon

RpcCase = test_access_rpc.TestAccessRpc


@tagged("post_install", "-at_install")
class TestCommissionRpc(CommissionCommon, HttpCase):
    """Commissions over RPC: what a client sends changes nothing."""

    call = RpcCase.call
    assertDenied = RpcCase.assertDenied

    def test_students_and_officers_read_nothing(self):
        for login in ("t_student", "t_officer"):
            self.authenticate(login, login)
            for model in ("sajad.commission.session", "sajad.commission.item"):
                with self.subTest(f"{login} {model}"):
                    self.assertDenied(model, "search_read", [])

    def test_decisions_of_a_commission_are_not_written(self):
        request = self.apply()
        self.bring_to_session(request)
        session = self.hold()
        self.authenticate("t_secretary", "t_secretary")
        item = session.item_ids
        for name in ("is_applied", "letter_number", "date_letter"):
            self.assertDenied("sajad.commission.item", "write", item.ids, {name: "1"})
        for name in ("state", "name"):
            self.assertDenied(
                "sajad.commission.session", "write", session.ids, {name: "closed"}
            )
        self.assertDenied("sajad.commission.session", "create", [{"state": "open"}])
        task = self.task(request, "session")
        context = {"sajad_commission_items": item.ids}
        _result, error = self.call(
            "sajad.task", "action_approve", task.ids, context=context
        )
        self.assertEqual(error, "odoo.exceptions.UserError")
        self.assertEqual(task.state, "ready")
