from odoo import fields, models


class SajadNotice(models.Model):
    """Notices about files that are not in the store as they came (row C2)."""

    _inherit = "sajad.notice"

    kind = fields.Selection(
        selection_add=[("store_fault", "A File of a Dossier Is Faulty")],
        ondelete={"store_fault": "cascade"},
    )
