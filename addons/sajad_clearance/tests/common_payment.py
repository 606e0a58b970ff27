from datetime import timedelta

from odoo.fields import Command, Datetime

from odoo.addons.payment.tests.common import PaymentCommon

from .common import ClearanceCommon


class HoldPaymentCommon(ClearanceCommon, PaymentCommon):
    """A student with debts at two offices, and Odoo's dummy provider."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rial = cls.env.ref("base.IRR")
        cls.provider.available_currency_ids = [Command.set(cls.rial.ids)]
        cls.library = cls._get_office("khwarazmi")
        cls.dormitories = cls._get_office("dormitories")
        cls.hold = cls._make_hold()
        cls.other_hold = cls._make_hold(
            student_id=cls.other_student.id,
            office_id=cls._make_other_office().id,
            description="Debt of another",
        )

    @classmethod
    def _get_office(cls, code):
        role = cls.env.ref(f"sajad_clearance.sajad_role_{code}")
        return cls.env["sajad.office"].search(
            [("role_id", "=", role.id), ("university_id", "=", cls.university.id)]
        )

    @classmethod
    def _make_other_office(cls):
        role = cls.env.ref("sajad_clearance.sajad_role_khwarazmi")
        return cls.make_cartable(role, cls.process, cls.other_university).office_id

    @classmethod
    def _make_hold(cls, **values):
        return cls.env["sajad.hold"].create(
            {
                "student_id": cls.student.id,
                "office_id": cls.library.id,
                "description": "Fine of a late book",
                "amount": 500000,
                **values,
            }
        )

    def _start(self, amounts, **values):
        """Return the draft transaction of a student who went to pay."""
        if not isinstance(amounts, dict):
            amounts = {hold: hold.residual for hold in amounts}
        lines = [
            Command.create({"hold_id": hold.id, "amount": amount})
            for hold, amount in amounts.items()
        ]
        count = self.env["payment.transaction"].search_count([])
        return self._create_transaction(
            "redirect",
            **{
                "reference": f"T{count}",
                "amount": sum(amounts.values()),
                "currency_id": self.rial.id,
                "partner_id": self.user_student.partner_id.id,
                "hold_line_ids": lines,
                **values,
            },
        )

    def _end(self, transaction, state="done"):
        """The provider calls back; then the engine works it off."""
        if state == "error":
            transaction._set_error("refused")
        else:
            name = {"cancel": "canceled"}.get(state, state)
            getattr(transaction, f"_set_{name}")()
        transaction._post_process()

    def _make_old(self, transaction, **delta):
        """Let time pass since a transaction changed."""
        since = Datetime.now() - timedelta(**delta)
        transaction.last_state_change = since
        self.env.cr.execute(
            "UPDATE payment_transaction SET create_date = %s WHERE id = %s",
            (since, transaction.id),
        )
        self.env.invalidate_all()

    def assertMoney(self, hold, state, paid, residual, refundable):
        self.assertEqual(
            (hold.state, hold.paid_amount, hold.residual, hold.refundable),
            (state, paid, residual, refundable),
        )
