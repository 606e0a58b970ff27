from odoo.tests import HttpCase, tagged

from odoo.addons.sajad_base.tests import test_access_rpc

from .common import VisitCommon

RpcCase = test_access_rpc.TestAccessRpc


@tagged("post_install", "-at_install")
class TestVisitsRpc(VisitCommon, HttpCase):
    """What a portal user can reach of appointments over RPC (row E5): nothing."""

    call = RpcCase.call
    assertDenied = RpcCase.assertDenied
    test_portal_writes_no_field = RpcCase.test_portal_writes_no_field
    test_portal_neither_creates_nor_deletes = (
        RpcCase.test_portal_neither_creates_nor_deletes
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.targets = {
            "sajad.visit": cls.env["sajad.visit"]._expect(cls.work.sudo()),
            "sajad.visit.slot": cls.make_slot(cls.cartable),
        }
