from odoo import fields, models


class SajadStage(models.Model):
    """A stable kanban column of a process.

    It outlives the versions of the flow, so that a new version neither doubles the
    columns nor moves the work that lies in them.
    """

    _name = "sajad.stage"
    _description = "Stage"
    _inherit = ["sajad.spelling", "sajad.code"]
    _code_prefix = "stage"
    _code_scope = "process_id"
    _order = "process_id, sequence, id"
    _spelling = {"name": "text", "code": "number"}

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    process_id = fields.Many2one(
        "sajad.process", required=True, index=True, ondelete="restrict"
    )
    role_id = fields.Many2one(
        "sajad.role", required=True, index=True, ondelete="restrict"
    )
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint(
        "unique(process_id, code)", "This stage code is in use in the process."
    )
