from odoo import fields, models


class SajadRequest(models.Model):
    _inherit = "sajad.request"

    cohort_id = fields.Many2one(
        "sajad.cohort",
        string="Graduating Class",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        prefetch="clearance",
    )
