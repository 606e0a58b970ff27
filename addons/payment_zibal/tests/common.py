from datetime import timedelta
from unittest.mock import patch

from odoo import fields

from odoo.addons.payment.tests.common import PaymentCommon

from .. import const
from .bank import Bank


class ZibalCommon(PaymentCommon):
    """A provider whose bank is on the loopback address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rial = cls.env.ref("base.IRR")
        cls.rial.write({"active": True, "rounding": 1})
        cls.zibal = cls._prepare_provider(
            "zibal",
            update_values={"zibal_merchant": "m1", "zibal_access_token": "secret"},
        )
        cls.provider, cls.currency, cls.amount = cls.zibal, cls.rial, 250000

    def setUp(self):
        super().setUp()
        self.bank = Bank()
        self.addCleanup(self.bank.close)
        for name in ("GATEWAY", "ACCOUNT"):
            changed = patch.object(const, name, self.bank.url)
            changed.start()
            self.addCleanup(changed.stop)

    def go_to_bank(self, **values):
        """Return a transaction whose person is on the page of the bank."""
        transaction = self._create_transaction("redirect", **values)
        transaction._get_processing_values()
        return transaction

    def call_names(self):
        return [path.rpartition("/")[2] for path, _data in self.bank.calls]

    def pay(self):
        transaction = self.go_to_bank()
        self.bank.pay(transaction.provider_reference)
        transaction._zibal_settle()
        return transaction

    def run_job(self):
        Cron = self.registry["ir.cron"]
        with patch.object(Cron, "_commit_progress", lambda *args, **kwargs: 1):
            self.env["payment.transaction"]._cron_zibal_ask()

    def age(self, transaction, **span):
        moment = fields.Datetime.now() - timedelta(**span)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE payment_transaction SET create_date = %s WHERE id = %s",
            (moment, transaction.id),
        )
        transaction.invalidate_recordset()
