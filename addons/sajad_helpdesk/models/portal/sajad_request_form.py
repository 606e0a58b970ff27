from odoo import api, fields, models

from odoo.addons.sajad_base.tools.form_properties import get_told

ASKED = {
    "support_category_id",
    "support_subject",
    "support_service_id",
    "support_about_id",
    "support_about_key",
    "support_about_text",
    "support_former_id",
}


class SajadRequest(models.Model):
    """What a requester says in the form of a support request (row D1)."""

    _inherit = "sajad.request"

    support_subject = fields.Char(string="Subject", readonly=True)
    support_about_key = fields.Char(
        string="Concerns",
        readonly=True,
        copy=False,
        help="A kind and an id, as the page said it from which was asked.",
    )
    support_about_text = fields.Char(string="About", readonly=True, copy=False)

    @api.model
    def _get_portal_fields(self):
        return super()._get_portal_fields() | ASKED

    @api.model
    def _prepare_portal_vals(self, process, requester, values, token):
        vals = super()._prepare_portal_vals(process, requester, values, token)
        if process.matter != "support":
            return {name: value for name, value in vals.items() if name not in ASKED}
        Category = self.env["sajad.support.category"]
        # what a category asks is no secret of those who answer
        category_sudo = Category.sudo().browse(vals.get("support_category_id"))
        asked = [line["name"] for line in category_sudo.form_definition or ()]
        answers = vals.get("properties") or {}
        of_category = {name: answers[name] for name in asked if name in answers}
        return {
            **vals,
            "properties": {n: v for n, v in answers.items() if n not in of_category},
            "support_properties": of_category,
        }

    def _correct_answers(self, values, field="properties"):
        lines = super()._correct_answers(values, field)
        if field == "properties" and self.support_category_id:
            lines += super()._correct_answers(values, "support_properties")
        return lines

    def _correct_form(self, values, files):
        lines = super()._correct_form(values, files)
        subject = values.get("support_subject", self.support_subject)
        if self.support_state and subject != self.support_subject:
            lines.append(
                self._tell_change("support_subject", self.support_subject, subject)
            )
            self.support_subject = subject
        return lines

    def _get_answers(self):
        answers = super()._get_answers()
        asked = self.filtered("support_state")
        for request, row in zip(asked, asked.read(["support_properties"]), strict=True):
            # names of categories and services are no secret of who reads the request
            request_sudo = request.sudo()
            told = [
                ("support_category_id", request_sudo.support_category_id.name),
                ("support_subject", request_sudo.support_subject),
                ("support_service_id", request_sudo.support_service_id.name),
                ("support_about_text", request_sudo.support_about_text),
                ("support_former_id", request_sudo.support_former_id.name),
            ]
            lines = [
                {
                    "label": self._fields[name]._description_string(self.env),
                    "kind": "char",
                    "text": text,
                }
                for name, text in told
                if text
            ]
            lines += get_told(self.env, row["support_properties"])
            answers[request.id] = lines + answers[request.id]
        return answers
