from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.sajad_base.tests.access_table import AccessTable

from .common import VisitCommon

# The officer is in charge of the cartable, the supervisor looks at it.
TABLE = """
record      student other officer  none     super    liaison  auditor  org      admin
visit       -       -     r        -        r        -        r        r        r
slot        -       -     rwcu     -        r        -        r        r        r
"""
# what the maker of a dialog may do; nobody else may do anything
DIALOGS = """
dialog           student other officer none super liaison auditor org admin
sajad.visit.plan -       -     rwc     rwc  rwc   rwc     rwc     rwc rwc
"""


@tagged("post_install", "-at_install")
class TestAccess(AccessTable, VisitCommon):
    """Who may do what with appointments (rows B2, E5)."""

    module = "sajad_visit"
    table = TABLE
    dialogs = DIALOGS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cartable.member_ids = [
            Command.create({"user_id": cls.user_supervisor.id, "kind": "supervisor"})
        ]
        cls.records = {
            "visit": cls.env["sajad.visit"]._expect(cls.work.sudo()),
            "slot": cls.make_slot(cls.cartable),
        }
