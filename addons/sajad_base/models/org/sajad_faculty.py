from odoo import fields, models


class SajadFaculty(models.Model):
    _name = "sajad.faculty"
    _description = "Faculty"
    _inherit = ["sajad.search.key.mixin"]
    _order = "university_id, name"
    _spelling = {"name": "text", "code": "number"}
    _search_key_fields = ("name", "code")

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    university_id = fields.Many2one(
        "sajad.university", required=True, index=True, ondelete="restrict"
    )
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint(
        "unique(university_id, code)",
        "This faculty code is in use at the university.",
    )
