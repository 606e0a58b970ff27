from odoo import fields, models
from odoo.exceptions import UserError


class SajadFeeWaive(models.TransientModel):
    """Asks why fees are waived, and for the document that says so (row D5)."""

    _name = "sajad.fee.waive"
    _description = "Waive a Fee"

    fee_ids = fields.Many2many("sajad.fee", required=True)
    reason = fields.Text(required=True)
    file_ids = fields.Many2many("ir.attachment", string="Document", required=True)

    def action_apply(self):
        """Waive the fees; their requests go on. Row D5

        :raise AccessError: the user keeps no fees
        :raise UserError: no reason or document, or a fee cannot be waived any more
        """
        self.ensure_one()
        fees = self.fee_ids
        fees._check_keeper()
        reason = (self.reason or "").strip()
        files = self.env["sajad.upload"]._take_own(self.file_ids)
        if not reason or not files:
            raise UserError(
                self.env._("A waiver has a reason and a document that says so.")
            )
        for number, fee in enumerate(fees):
            # who may was asked; each fee has its own copy of the document
            fee.sudo()._waive(reason, files.copy() if number else files)
        return {"type": "ir.actions.act_window_close"}
