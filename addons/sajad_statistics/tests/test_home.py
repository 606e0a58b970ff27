from odoo.tests import tagged

from odoo.addons.sajad_base.tests.common import SajadCommon


@tagged("post_install", "-at_install")
class TestHome(SajadCommon):
    """Reporting officers begin with what they read (row B12)."""

    def test_reporting(self):
        user = self.make_user("t_reporting", "sajad_base.group_sajad_reporting")
        action = self.env["sajad.home"].with_user(user)._open()
        expected = self.env.ref("sajad_statistics.sajad_bottleneck_action")
        self.assertEqual(action["id"], expected.id)
