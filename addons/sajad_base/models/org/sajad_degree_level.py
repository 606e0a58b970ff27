from odoo import fields, models


class SajadDegreeLevel(models.Model):
    _name = "sajad.degree.level"
    _description = "Degree Level"
    _inherit = ["sajad.spelling"]
    _order = "sequence, id"
    _spelling = {"name": "text", "code": "number"}

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("unique(code)", "This degree level code is in use.")
