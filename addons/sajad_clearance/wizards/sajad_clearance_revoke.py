from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# beyond it they are revoked in the background
MANY = 300


class SajadClearanceRevoke(models.TransientModel):
    """Asks why certificates are revoked (row B8)."""

    _name = "sajad.clearance.revoke"
    _description = "Revoke Certificates"
    _inherit = ["sajad.batch.result"]

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
        self._check_may_revoke(certificates)
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(self.env._("Write the reason."))
        if len(certificates) > MANY:
            return self.env["sajad.batch"]._start(
                self.env._("Revoke Certificates"),
                certificates,
                "_batch_revoke",
                owner=self._name,
                reason=reason,
            )
        if not certificates._revoke(reason):
            raise UserError(self.env._("These certificates are revoked already."))
        return {"type": "ir.actions.act_window_close"}

    def _check_may_revoke(self, certificates):
        certificates.check_access("read")
        if not all(certificate._may_revoke() for certificate in certificates):
            raise AccessError(
                self.env._("Only the liaison of the university revokes certificates.")
            )

    @api.model
    def _batch_revoke(self, certificates, reason):
        """Revoke some; return {certificate: sentence} of those revoked before."""
        self._check_may_revoke(certificates)
        left = certificates - certificates._revoke(reason)
        return dict.fromkeys(left, self.env._("This certificate is revoked already."))
