from odoo import fields, models


class SajadCommissionAttendee(models.Model):
    _name = "sajad.commission.attendee"
    _description = "Member of a Commission Session"
    _inherit = ["sajad.spelling"]
    _order = "session_id, sequence, id"
    _spelling = {"name": "text", "post": "text"}

    session_id = fields.Many2one(
        "sajad.commission.session", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Full Name", required=True)
    post = fields.Char()
    is_present = fields.Boolean(string="Present", default=True)
