from unittest.mock import patch

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
