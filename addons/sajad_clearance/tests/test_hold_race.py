from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.sajad_base.tests.test_race import RaceCommon

CLEAN_UP = """
ALTER TABLE sajad_hold_event DISABLE TRIGGER USER;
ALTER TABLE sajad_hold_payment DISABLE TRIGGER USER;
DELETE FROM sajad_hold_event WHERE hold_id IN (
    SELECT id FROM sajad_hold WHERE student_id = %(student)s);
DELETE FROM sajad_hold_payment WHERE hold_id IN (
    SELECT id FROM sajad_hold WHERE student_id = %(student)s);
DELETE FROM sajad_hold WHERE student_id = %(student)s;
ALTER TABLE sajad_hold_event ENABLE TRIGGER USER;
ALTER TABLE sajad_hold_payment ENABLE TRIGGER USER;
"""


@tagged("post_install", "-at_install")
class TestHoldRace(RaceCommon):
    """Two clicks at one moment on one hold (row B7)."""

    def setUp(self):
        super().setUp()
        with self.environment() as env:
            student = env["sajad.student"].browse(self.ids["student"])
            office = env["sajad.office"].search(
                [("university_id", "=", student.university_id.id)], limit=1
            )
            hold = env["sajad.hold"].create(
                {
                    "student_id": student.id,
                    "office_id": office.id,
                    "description": "Race",
                    "amount": 1000,
                }
            )
            self.ids["hold"] = hold.id

    def clean_up(self):
        with self.environment() as env:
            env.cr.execute(CLEAN_UP, {"student": self.ids["student"]})
        return super().clean_up()

    def _decide(self, env, decision, **values):
        wizard = env["sajad.hold.decide"].create(
            {
                "hold_ids": [(4, self.ids["hold"])],
                "decision": decision,
                "reference": "1",
                **values,
            }
        )
        wizard.action_apply()

    def _get_hold(self, env):
        return env["sajad.hold"].browse(self.ids["hold"])

    def test_two_settle_clicks(self):
        results = self.race(
            lambda env: self._decide(env, "settle"),
            lambda env: self._decide(env, "settle"),
        )
        self.assertIsInstance(results["second"], UserError)
        with self.environment() as env:
            hold = self._get_hold(env)
            self.assertEqual((hold.state, hold.paid_amount), ("settled", 1000))
            self.assertEqual(len(hold.payment_ids), 1)

    def test_two_payments(self):
        """Two parts that come at one moment are both counted, none twice."""
        results = self.race(
            lambda env: self._decide(env, "pay", amount=600),
            lambda env: self._decide(env, "pay", amount=400),
        )
        with self.environment() as env:
            hold = self._get_hold(env)
            paid = sum(hold.payment_ids.mapped("amount"))
            self.assertEqual(hold.paid_amount, paid)
            self.assertEqual(hold.residual, 1000 - paid)
            # the second waited and was counted, or was told to try again
            expected = 600 if isinstance(results["second"], UserError) else 1000
            self.assertEqual(paid, expected)

    def test_two_payments_of_the_whole(self):
        results = self.race(
            lambda env: self._decide(env, "pay", amount=1000),
            lambda env: self._decide(env, "pay", amount=1000),
        )
        self.assertIsInstance(results["second"], UserError)
        with self.environment() as env:
            hold = self._get_hold(env)
            self.assertEqual((hold.state, hold.refundable), ("settled", 0))

    def test_gateway_and_office_pay_at_once(self):
        """`_pay` without the dialog, as the payment engine calls it."""

        def pay(env):
            self._get_hold(env).sudo()._pay(1000, "gateway")
            env.flush_all()

        self.race(pay, pay)
        with self.environment() as env:
            hold = self._get_hold(env)
            self.assertEqual((hold.paid_amount, hold.refundable), (2000, 1000))

    def test_same_list_twice(self):
        rows = [
            {
                "external_id": "R1",
                "student_number": "1001",
                "description": "Twice",
                "amount": 5,
                "office": None,
            }
        ]

        def sync(env):
            office = self._get_hold(env).sudo().office_id
            own = [{**row, "office": office.role_id.code} for row in rows]
            return env["sajad.hold"].sync("race", own)[0]["result"]

        results = self.race(sync, sync)
        self.assertEqual(
            (results["first"], results["second"]), ("created", "unchanged")
        )
