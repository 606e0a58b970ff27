from odoo import fields, models


class SajadProcess(models.Model):
    """Every way of clearing a student, whatever its offices, is a clearance."""

    _inherit = "sajad.process"

    matter = fields.Selection(
        selection_add=[("clearance", "Clearance")],
        ondelete={"clearance": "set default"},
    )
