from odoo import fields, models


class SajadNotice(models.Model):
    """Who may approve a list of destruction is told of it (row C2)."""

    _inherit = "sajad.notice"

    kind = fields.Selection(
        selection_add=[("destruction", "A List of Destruction Waits")],
        ondelete={"destruction": "cascade"},
    )

    def _get_text_template(self):
        if self.kind == "destruction":
            return "sajad_dossier.sajad_notice_text_destruction"
        return super()._get_text_template()
