import re

from odoo import api, models

# the row with which mails of Odoo close, in any language
SIGNATURE = re.compile(
    r"<tr>\s*<td[^>]*>[^<]*<a[^>]*//www\.odoo\.com\?utm_source[^>]*>"
    r".*?</a>[^<]*</td>\s*</tr>",
    re.DOTALL,
)


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

    @api.model
    def _render_template_postprocess(self, model, rendered):
        rendered = super()._render_template_postprocess(model, rendered)
        # mails of accounts close with the institution's own line, as layouts do
        return {
            res_id: text.__class__(SIGNATURE.sub("", text)) if text else text
            for res_id, text in rendered.items()
        }
