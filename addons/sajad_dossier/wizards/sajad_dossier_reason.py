from odoo import fields, models


class SajadDossierReason(models.TransientModel):
    """Asks why, before something is rejected, deleted or waived (rows C2, C5)."""

    _name = "sajad.dossier.reason"
    _description = "Reason in a Dossier"

    document_ids = fields.Many2many("sajad.dossier.document", string="Documents")
    item_ids = fields.Many2many("sajad.dossier.item", string="Checklist")
    action = fields.Selection(
        [("reject", "Reject"), ("delete", "Delete"), ("waive", "Not Needed")],
        required=True,
        readonly=True,
    )
    reason = fields.Text(required=True)

    def action_apply(self):
        """Do it, for the reason given; the records ask who may.

        :raise AccessError: the user is not in charge
        """
        self.ensure_one()
        if self.action == "waive":
            self.item_ids.action_waive(self.reason)
        elif self.action == "reject":
            self.document_ids.action_reject(self.reason)
        else:
            self.document_ids.action_delete(self.reason)
        return {"type": "ir.actions.act_window_close"}
