from odoo import api, fields, models

from odoo.addons.sajad_base.tools.clock import get_country_today

from ..tools.instalments import cover


class SajadHoldInstalment(models.Model):
    _name = "sajad.hold.instalment"
    _description = "Instalment"
    _inherit = ["sajad.date.guard"]
    _order = "hold_id, date_due, id"
    _rec_name = "date_due"

    hold_id = fields.Many2one(
        "sajad.hold", required=True, readonly=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="hold_id.currency_id")
    date_due = fields.Date(string="Due", required=True, readonly=True)
    amount = fields.Monetary(required=True, readonly=True)
    covered_amount = fields.Monetary(
        compute="_compute_covered",
        string="Paid",
        help="Payments cover the oldest first.",
    )
    is_late = fields.Boolean(compute="_compute_covered")

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "An instalment has an amount above zero."
    )

    @api.depends("hold_id.paid_amount", "hold_id.instalment_ids.amount", "date_due")
    def _compute_covered(self):
        today = get_country_today()
        for hold, instalments in self.grouped("hold_id").items():
            plan = hold.instalment_ids.sorted("date_due")
            parts = cover(hold.amount, hold.paid_amount, plan.mapped("amount"))
            covered = dict(zip(plan, parts, strict=True))
            for instalment in instalments:
                instalment.covered_amount = covered.get(instalment, 0)
                instalment.is_late = (
                    instalment.date_due
                    and instalment.date_due < today
                    and instalment.covered_amount < instalment.amount
                )
