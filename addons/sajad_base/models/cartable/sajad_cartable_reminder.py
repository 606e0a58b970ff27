from odoo import fields, models


class SajadCartableReminder(models.Model):
    """When the Organization reminded a university of an office without anyone."""

    _name = "sajad.cartable.reminder"
    _description = "Reminder of a Missing Cartable"
    _order = "id desc"
    _rec_name = "role_id"

    role_id = fields.Many2one("sajad.role", required=True, ondelete="cascade")
    process_id = fields.Many2one("sajad.process", required=True, ondelete="cascade")
    university_id = fields.Many2one(
        "sajad.university", required=True, index=True, ondelete="cascade"
    )
    faculty_id = fields.Many2one("sajad.faculty", ondelete="cascade")
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users",
        required=True,
        default=lambda self: self.env.uid,
        ondelete="restrict",
    )
