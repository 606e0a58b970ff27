from odoo.tests import tagged

from odoo.addons.sajad_base.tests.access_table import AccessTable
from odoo.addons.sajad_base.tests.common import SajadCommon

TABLE = """
record      student other officer  none     super    liaison  auditor  org      admin
question    -       -     r        r        r        r        r        rwc      rwcu
"""


@tagged("post_install", "-at_install")
class TestAccess(AccessTable, SajadCommon):
    """Who may do what with the support desk (rows D1, D2, E5)."""

    module = "sajad_helpdesk"
    table = TABLE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.records = {
            "question": cls.env["sajad.support.question"].create(
                {"name": "Where is it?", "answer": "<p>Here.</p>"}
            ),
        }
