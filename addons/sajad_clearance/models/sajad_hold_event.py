from odoo import api, fields, models, tools

from odoo.addons.sajad_base.tools.sentences import within_quotes

# what the history names when a person corrects a hold
TOLD_FIELDS = ("description", "amount", "kind", "date", "item_reference")


class SajadHoldEvent(models.Model):
    """Append-only history of holds (row A11)."""

    _name = "sajad.hold.event"
    _description = "History of Holds"
    _inherit = ["sajad.append.only"]
    _order = "id desc"
    _rec_name = "kind"
    _log_access = False

    hold_id = fields.Many2one(
        "sajad.hold", required=True, readonly=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("recorded", "Recorded"),
            ("changed", "Changed"),
            ("paid", "Paid"),
            ("refunded", "Given Back"),
            ("planned", "In Instalments"),
            ("guaranteed", "Guaranteed"),
            ("settled", "Settled"),
            ("waived", "Waived"),
            ("cancelled", "Recorded by Mistake"),
            ("reopened", "Opened Again"),
            ("disputed", "Disputed"),
            ("dispute_accepted", "Objection Accepted"),
            ("dispute_rejected", "Objection Rejected"),
        ],
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        "res.users",
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.uid,
    )
    date = fields.Datetime(readonly=True, default=fields.Datetime.now)
    currency_id = fields.Many2one(related="hold_id.currency_id")
    amount = fields.Monetary(readonly=True)
    note = fields.Text(readonly=True)

    def _get_client_refusal(self):
        return self.env._("History is never written by hand.")

    # ------------------------------------------------------------
    # WORDS OF CHANGES
    # ------------------------------------------------------------

    @api.model
    def _describe(self, hold, names):
        """Return {label: value in words} of those of the names that are told."""
        return {
            hold._fields[name]._description_string(self.env): self._spell(hold, name)
            for name in TOLD_FIELDS
            if name in names
        }

    @api.model
    def _spell(self, hold, name):
        value = hold[name]
        if name == "amount":
            return hold._get_figure(value)
        if name == "date":
            return tools.format_date(self.env, value)
        if name == "kind":
            return dict(hold._fields[name]._description_selection(self.env))[value]
        return value or "-"

    @api.model
    def _compare(self, before, after):
        """Return what differs between two results of `_describe`, a line each."""
        return "\n".join(
            # words read in either direction
            self.env._(
                "%(label)s: %(old)s, now %(new)s",
                label=label,
                old=within_quotes(before[label]),
                new=within_quotes(value),
            )
            for label, value in after.items()
            if value != before[label]
        )
