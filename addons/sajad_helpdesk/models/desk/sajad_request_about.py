from odoo import api, fields, models


class SajadRequest(models.Model):
    """What a question is about, beside the conversation (row D2)."""

    _inherit = "sajad.request"

    support_panel = fields.Html(
        string="What It Is About",
        compute="_compute_support_panel",
        sanitize=False,
        help="As the requester sees it in the portal.",
    )

    @api.depends_context("lang")
    @api.depends("support_about_key", "support_about_id")
    def _compute_support_panel(self):
        """Draw what the requester sees of what was asked about."""
        # the key was found to be the requester's own when it was asked
        Panel_sudo = self.env["sajad.about.panel"].sudo()
        for request in self:
            key = request.support_about_key
            if not key and request.support_about_id:
                key = f"request-{request.support_about_id.id}"
            sections = Panel_sudo._get_sections(key)
            request.support_panel = sections and self.env["ir.qweb"]._render(
                "sajad_helpdesk.support_about_panel", {"sections": sections}
            )
