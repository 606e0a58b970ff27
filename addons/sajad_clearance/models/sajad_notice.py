from odoo import fields, models


class SajadNotice(models.Model):
    _inherit = "sajad.notice"

    kind = fields.Selection(
        selection_add=[("certificate_revoked", "Certificate Revoked")],
        ondelete={"certificate_revoked": "cascade"},
    )
