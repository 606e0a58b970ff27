from odoo import api, fields, models

from odoo.addons.sajad_base.tools.sentences import isolate

# {state of the transaction that gives the money back: how it stands}
STATES = {
    "draft": "asked",
    "pending": "asked",
    "done": "done",
    "cancel": "refused",
    "error": "refused",
}


class SajadFee(models.Model):
    """Payments that the bank did not confirm in time, and gives back (row D5).

    They never counted, so the fee is as unpaid as before; who keeps fees sees what the
    bank was asked for, and what it refused.
    """

    _inherit = "sajad.fee"

    reversal = fields.Selection(
        [
            ("asked", "The Bank Was Asked"),
            ("done", "The Bank Gives It Back"),
            ("refused", "Refused by the Bank"),
        ],
        string="Payment Not Confirmed",
        compute="_compute_reversal",
        store=True,
        index="btree_not_null",
        help="A payment that the bank did not confirm in time. It does not count.",
    )
    reversal_text = fields.Char(
        string="What the Bank Says", compute="_compute_reversal_text"
    )

    @api.depends("transaction_ids.state", "transaction_ids.child_transaction_ids.state")
    def _compute_reversal(self):
        for fee in self:
            reversals = fee.transaction_ids._get_reversals()
            states = [STATES.get(reversal.state) for reversal in reversals]
            # what somebody has to look at comes before what ends by itself
            order = [state for state in ("refused", "asked", "done") if state in states]
            fee.reversal = order[0] if order else False

    @api.depends("reversal")
    def _compute_reversal_text(self):
        for fee in self:
            # transactions are closed to fee officers, who decide on their money
            reversals_sudo = fee.sudo().transaction_ids._get_reversals()
            text = False
            for reversal_sudo in reversals_sudo.sorted("id"):
                other = fee._describe_reversal(reversal_sudo)
                # there are commas within them
                text = (
                    self.env._("%(one)s; %(other)s", one=text, other=other)
                    if text
                    else other
                )
            fee.reversal_text = text

    def _describe_reversal(self, reversal):
        return self.env._(
            "%(amount)s, payment %(reference)s: %(answer)s",
            amount=self._get_figure(abs(reversal.amount)),
            reference=isolate(self.env, reversal.source_transaction_id.reference),
            answer=reversal.state_message
            or dict(self._fields["reversal"]._description_selection(self.env))[
                STATES.get(reversal.state, "asked")
            ],
        )

    def _get_reversed_amount(self):
        """Return the rials of the last payment that goes back unconfirmed, or 0."""
        # told to the person whose payment it was
        reversals_sudo = self.sudo().transaction_ids._get_reversals()
        return abs(reversals_sudo.sorted("id")[-1:].amount)
