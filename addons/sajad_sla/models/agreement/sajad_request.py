from odoo import fields, models


class SajadRequest(models.Model):
    """The agreement under which a request was made (row D3)."""

    _inherit = "sajad.request"

    agreement_version_id = fields.Many2one(
        "sajad.agreement.version",
        string="Service Level Agreement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The version that was in force when the request was submitted.",
    )
