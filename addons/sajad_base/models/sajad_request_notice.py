from odoo import fields, models


class SajadRequest(models.Model):
    """Whom a request was told to, so that offices know whom no mail reached."""

    _inherit = "sajad.request"

    notice_ids = fields.One2many(
        "sajad.notice",
        "request_id",
        string="Notices",
        groups="sajad_base.group_sajad_officer",
    )
