from odoo import api, fields, models


class SajadAgreementCompare(models.TransientModel):
    """Two versions of an agreement side by side, section by section (row D3)."""

    _name = "sajad.agreement.compare"
    _description = "Two Versions of an Agreement"

    agreement_id = fields.Many2one(related="new_id.agreement_id")
    old_id = fields.Many2one(
        "sajad.agreement.version",
        string="Earlier Version",
        required=True,
        ondelete="cascade",
        domain="[('agreement_id', '=', agreement_id)]",
    )
    new_id = fields.Many2one(
        "sajad.agreement.version",
        string="Later Version",
        required=True,
        ondelete="cascade",
        domain="[('agreement_id', '=', agreement_id)]",
    )
    changes = fields.Html(compute="_compute_changes", sanitize=False)

    @api.depends_context("lang")
    @api.depends("old_id", "new_id")
    def _compute_changes(self):
        for wizard in self:
            sections = wizard.new_id._compare(wizard.old_id)
            wizard.changes = self.env["ir.qweb"]._render(
                "sajad_sla.agreement_changes", {"sections": sections}
            )
