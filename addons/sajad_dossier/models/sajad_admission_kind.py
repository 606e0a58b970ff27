from odoo import fields, models


class SajadAdmissionKind(models.Model):
    """How a student came in: by exam, as exceptional talent, transferred, ..."""

    _name = "sajad.admission.kind"
    _description = "Kind of Admission"
    _inherit = ["sajad.spelling", "sajad.code"]
    _code_prefix = "admission"
    _order = "sequence, id"
    _spelling = {"name": "text", "code": "number"}

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("unique(code)", "This code is in use.")
