from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.sajad_base.tests.plan import Plans

from .common import FeeCommon

MANY = 5000
# unique to a request
NO_KEYS = {"open_key": "NULL", "submit_token": "NULL", "access_token": "NULL"}


@tagged("post_install", "-at_install", "sajad_performance")
class TestPlan(Plans, FeeCommon):
    """What rules let through is found by indexes, however much there is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_reporting = cls.make_user(
            "t_reporting", "sajad_base.group_sajad_reporting"
        )
        cls.university.reporting_ids = [Command.link(cls.user_reporting.id)]

    def copy_fees(self, payment, university, prefix, count):
        """Copy a fee and its payment as those of a university."""
        values = {"university_id": str(university.id)}
        fee, name = payment.fee_id, f"'{prefix}' || n"
        self.copy_rows(fee.request_id, count, name=name, **NO_KEYS)
        found = f"(SELECT id FROM sajad_request WHERE name = '{prefix}' || n)"
        self.copy_rows(fee, count, request_id=found, **values)
        digest = {
            "token": f"'{prefix}' || n",
            "token_digest": f"'{prefix}' || n",
            "transaction_id": "NULL",
        }
        self.copy_rows(payment, count, **values, **digest)

    def test_fees_and_payments(self):
        """Those of the universities that somebody looks after, by these."""
        fee = self.apply().fee_ids
        self.pay(fee)
        payment = fee.payment_ids
        self.copy_fees(payment, self.university, "own", MANY // 10)
        self.copy_fees(payment, self.other_university, "else", MANY)
        models = ("sajad.fee", "sajad.fee.payment")
        self.measure(*models)
        for user in (self.user_liaison, self.user_reporting):
            for model in models:
                with self.subTest(model, user=user.name):
                    Own = self.env[model].with_user(user)
                    self.assertEqual(Own.search_count([]), 1 + MANY // 10)
                    plan = self.explain_large(Own, order="date, id", limit=80)
                    self.assertIndexed(plan, r"Index Cond: \(university_id = ")
