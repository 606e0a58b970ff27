from odoo import api, models


class MailRenderMixin(models.AbstractModel):
    """Layouts of mails name the university of the person or record (row A11)."""

    _inherit = "mail.render.mixin"

    @api.model
    def _render_encapsulate(
        self, layout_xmlid, html, add_context=None, context_record=None
    ):
        values = dict(add_context or {})
        if context_record and "company" not in values:
            if context_record._name == "res.users":
                university = context_record._get_mail_universities()[context_record]
            else:
                Thread = self.env["mail.thread"]
                university = getattr(
                    context_record,
                    "_get_mail_university",
                    Thread._get_mail_university,
                )()
            if university:
                values["company"] = university._get_letterhead()
        return super()._render_encapsulate(layout_xmlid, html, values, context_record)
