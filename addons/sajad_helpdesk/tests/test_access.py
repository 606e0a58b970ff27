from odoo.tests import tagged

from odoo.addons.sajad_base.tests.access_table import AccessTable

from .common import SupportCommon

TABLE = """
record      student other officer  none     super    liaison  auditor  org      admin
category    r       r     r        r        r        r        r        r        rwcu
question    -       -     r        r        r        r        r        rwc      rwcu
"""


@tagged("post_install", "-at_install")
class TestAccess(AccessTable, SupportCommon):
    """Who may do what with the records of the desk (rows D1, D2, E5)."""

    module = "sajad_helpdesk"
    table = TABLE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.records = {
            "category": cls.category,
            "question": cls.env["sajad.support.question"].create(
                {"name": "Where is it?", "answer": "<p>Here.</p>"}
            ),
        }
