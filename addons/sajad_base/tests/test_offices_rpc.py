from odoo.tests import HttpCase, tagged

from . import test_access_rpc, test_cartable_request
from .common import SajadCommon

RpcCase = test_access_rpc.TestAccessRpc


@tagged("post_install", "-at_install")
class TestOfficesRpc(SajadCommon, HttpCase):
    """Universities over RPC: what a client sends changes nothing."""

    call = RpcCase.call
    assertDenied = RpcCase.assertDenied

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign = cls.make_user("t_liaison_2", "sajad_base.group_sajad_liaison")
        cls.other_university.liaison_ids = cls.foreign
        process = cls.make_process("offices_rpc", {"a": {}})
        values = {
            **test_cartable_request.PERSON,
            **test_cartable_request.LETTER,
            "university_id": cls.university.id,
            "process_id": process.id,
            "role_id": process.stage_ids.role_id.id,
        }
        Request = cls.env["sajad.cartable.request"]
        cls.asked = Request.with_user(cls.user_liaison).create(values)
        cls.asked.action_submit()

    def test_another_liaison_learns_nothing(self):
        self.authenticate("t_liaison_2", "t_liaison_2")
        model, ids = "sajad.cartable.request", self.asked.ids
        self.assertEqual(self.call(model, "search_count", [("id", "in", ids)])[0], 0)
        self.assertDenied(model, "read", ids, ["national_id", "letter"])
        self.assertDenied(model, "write", ids, {"person_name": "x"})
        self.assertDenied(model, "action_cancel", ids)
        found, _error = self.call(
            "sajad.cartable.gap", "search_read", [], ["university_id"]
        )
        places = {row["university_id"][0] for row in found}
        self.assertLessEqual(places, set(self.other_university.ids))

    def test_liaison_approves_nothing(self):
        self.authenticate("t_liaison", "t_liaison")
        model, ids = "sajad.cartable.request", self.asked.ids
        for method in ("action_approve", "action_decide"):
            self.assertDenied(model, method, ids)
        for name in ("state", "user_id", "decided_by_id", "decision_reason"):
            self.assertDenied(model, "write", ids, {name: False})
        self.assertDenied(model, "create", [{"state": "approved"}])
        self.assertDenied("sajad.cartable", "create", [{}])
        self.assertDenied("sajad.cartable.member", "create", [{}])
        self.assertDenied("sajad.liaison.appoint", "create", [{}])
        self.assertEqual(self.asked.state, "submitted")

    def test_students_and_officers_ask_for_nothing(self):
        for login in ("t_student", "t_officer"):
            self.authenticate(login, login)
            for model in ("sajad.cartable.request", "sajad.cartable.gap"):
                with self.subTest(f"{login} {model}"):
                    self.assertDenied(model, "search_read", [])
