from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ClearanceCommon

GUARDED = (
    "sajad.hold",
    "sajad.hold.event",
    "sajad.hold.payment",
    "sajad.clearance.certificate",
    "sajad.clearance.verification",
    "sajad.cohort",
)


@tagged("post_install", "-at_install")
class TestClientGuard(ClearanceCommon):
    """Only elevated rights write what clients do not (row E5)."""

    def test_every_guarded_model_refuses(self):
        flags = {"su": True, "install_mode": True, "sajad_engine": True}
        for name in GUARDED:
            model = self.env[name].with_user(self.user_admin).with_context(**flags)
            with self.subTest(name):
                with self.assertRaisesRegex(AccessError, model._get_client_refusal()):
                    model.create({"create_uid": 1})
                with self.assertRaisesRegex(AccessError, model._get_client_refusal()):
                    model._check_client_fields({"create_uid": 1}, model._client_fields)
