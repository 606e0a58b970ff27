from odoo import fields, models


class SajadAdmissionQuota(models.Model):
    """The quota in which a student was admitted."""

    _name = "sajad.admission.quota"
    _description = "Quota of Admission"
    _inherit = ["sajad.spelling", "sajad.code"]
    _code_prefix = "quota"
    _order = "sequence, id"
    _spelling = {"name": "text", "code": "number"}

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("unique(code)", "This code is in use.")
