from odoo import fields, models

from ..models.dispute.sajad_dispute import OUTCOMES


class SajadDisputeWrite(models.TransientModel):
    """What the provider writes in a dispute: a message, an offer, the opinion (D6)."""

    _name = "sajad.dispute.write"
    _description = "Answer in a Dispute"

    dispute_id = fields.Many2one(
        "sajad.dispute", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [("message", "Message"), ("offer", "Offer"), ("decided", "Final Opinion")],
        required=True,
        readonly=True,
        default="message",
    )
    outcome = fields.Selection(OUTCOMES)
    text = fields.Text(help="The recipient reads it in the portal.")
    file_ids = fields.Many2many("ir.attachment", string="Files")

    def action_apply(self):
        """Append it to the dispute, which asks who may and whether it is time.

        :raise AccessError: the user is not in charge
        :raise UserError: with a sentence for the user
        """
        self.ensure_one()
        files = self.env["sajad.upload"]._take_own(self.file_ids)
        if self.kind == "decided":
            self.dispute_id._decide(self.outcome, self.text, files)
        else:
            self.dispute_id._provider_say(self.kind, self.text, files)
        return {"type": "ir.actions.act_window_close"}
