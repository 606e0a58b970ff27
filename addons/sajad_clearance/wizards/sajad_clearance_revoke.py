from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SajadClearanceRevoke(models.TransientModel):
    """Asks why certificates are revoked (row B8)."""

    _name = "sajad.clearance.revoke"
    _description = "Revoke Certificates"

    certificate_ids = fields.Many2many(
        "sajad.clearance.certificate", string="Certificates", required=True
    )
    count = fields.Integer(compute="_compute_count")
    reason = fields.Text(required=True)

    @api.depends("certificate_ids")
    def _compute_count(self):
        for wizard in self:
            wizard.count = len(
                wizard.certificate_ids.filtered(lambda c: c.state == "valid")
            )

    def action_revoke(self):
        """Revoke the valid ones; their public pages say so from now on. Row B8

        :raise AccessError: a certificate is of another university
        :raise UserError: no reason, or nothing to revoke
        """
        self.ensure_one()
        certificates = self.certificate_ids
        certificates.check_access("read")
        if not all(certificate._may_revoke() for certificate in certificates):
            raise AccessError(
                self.env._("Only the liaison of the university revokes certificates.")
            )
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(self.env._("Write the reason."))
        if not certificates._revoke(reason):
            raise UserError(self.env._("These certificates are revoked already."))
        return {"type": "ir.actions.act_window_close"}
