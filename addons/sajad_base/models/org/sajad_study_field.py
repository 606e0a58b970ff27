from odoo import fields, models


class SajadStudyField(models.Model):
    _name = "sajad.study.field"
    _description = "Field of Study"
    _inherit = ["sajad.search.key.mixin"]
    _order = "name"
    _spelling = {"name": "text", "code": "number"}
    _search_key_fields = ("name", "code")

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("unique(code)", "This field code is in use.")
