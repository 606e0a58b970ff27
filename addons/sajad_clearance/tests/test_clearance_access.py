from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.sajad_base.tools.network import truncate_address

from .certificate_common import CertificateCommon


@tagged("post_install", "-at_install")
class TestCertificateAccess(CertificateCommon):
    """Certificates of other universities and the log of their verifications."""

    def test_other_universities_are_invisible(self):
        certificate = self.certify()
        self.make_cartables(self.process, self.other_university, self.user_stranger)
        env = self.env(user=self.user_stranger)
        for model in ("sajad.clearance.certificate", "sajad.cohort"):
            self.assertFalse(env[model].search([]), model)
        with self.assertRaises(AccessError):
            certificate.with_env(env).read(["token"])

    def test_verifications_are_append_only(self):
        verification = self.env["sajad.clearance.verification"]._log(
            self.certify(), "192.0.2.77"
        )
        self.assertEqual(verification.network, "192.0.2.0/24")
        with self.assertRaises(AccessError):
            verification.network = "x"
        with self.assertRaises(AccessError):
            verification.unlink()
        with self.assertRaises(AccessError):
            verification.with_user(self.user_admin).copy()

    def test_networks(self):
        self.assertEqual(truncate_address("2001:db8:1:2:3::4"), "2001:db8:1::/48")
        self.assertFalse(truncate_address("nonsense"))
        self.assertFalse(truncate_address(None))
