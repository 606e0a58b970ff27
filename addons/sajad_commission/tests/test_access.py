from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.sajad_base.tests.access_table import AccessTable
from odoo.addons.sajad_base.tests.common import SajadCommon

# The officer is in charge of the commission's cartable, the supervisor looks at it.
TABLE = """
record      student other officer  none     super    liaison  auditor  org      admin
session     -       -     rwcu     -        r        -        r        r        r
attendee    -       -     rwcu     -        r        -        r        r        r
item        -       -     rwcu     -        r        -        r        r        r
"""


@tagged("post_install", "-at_install")
class TestAccess(AccessTable, SajadCommon):
    """Who may do what with sessions (rows A7, E5)."""

    module = "sajad_commission"
    table = TABLE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        commission = cls.make_role("access")
        commission.is_commission = True
        cls.process = cls.make_process("acc", {"a": {"role": commission}})
        cartable = cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cartable.member_ids = [
            Command.create({"user_id": cls.user_supervisor.id, "kind": "supervisor"})
        ]
        request = cls.make_request(cls.process)
        session = cls.env["sajad.commission.session"].create(
            {
                "date": "2026-11-22 08:00:00",
                "cartable_id": cartable.id,
                "attendee_ids": [Command.create({"name": "Test Member"})],
                "item_ids": [Command.create({"task_id": request.task_ids.id})],
            }
        )
        cls.records = {
            "session": session,
            "attendee": session.attendee_ids,
            "item": session.item_ids,
        }
