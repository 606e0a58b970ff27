from odoo.tests import tagged

from odoo.addons.sajad_base.tests.access_table import AccessTable

from .common import FeeCommon

TABLE = """
record  student other officer none super liaison auditor org admin
tariff  -       -     r       r    r     r       r       r   rwcu
fee     -       -     -       -    -     r       r       r   r
payment -       -     -       -    -     r       r       r   r
"""
DIALOGS = """
dialog                 student other officer none super liaison auditor org admin
sajad.fee.income       -       -     -       -    -     -       rwc     rwc rwc
sajad.fee.refund       -       -     -       -    -     -       -       -   rwc
sajad.fee.waive        -       -     -       -    -     -       -       -   rwc
sajad.tariff.copy      -       -     -       -    -     -       -       -   rwc
sajad.tariff.copy.line -       -     -       -    -     -       -       -   rwcu
"""


@tagged("post_install", "-at_install")
class TestAccess(AccessTable, FeeCommon):
    """Who may do what with tariffs and fees (rows D5, E5)."""

    module = "sajad_fee"
    table = TABLE
    dialogs = DIALOGS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        request = cls.make_request(cls.process)
        fee = request.fee_ids
        fee._record("payment", 1000, "1")
        cls.records = {"tariff": cls.tariff, "fee": fee, "payment": fee.payment_ids}
