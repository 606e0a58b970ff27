from odoo import api, fields, models


class SajadCommissionAttendee(models.Model):
    """Who is asked to a session, and whether the person came (row A7)."""

    _name = "sajad.commission.attendee"
    _description = "Member of a Commission Session"
    _inherit = ["sajad.spelling"]
    _order = "session_id, sequence, id"
    _spelling = {"name": "text", "post": "text"}

    session_id = fields.Many2one(
        "sajad.commission.session", required=True, index=True, ondelete="cascade"
    )
    session_state = fields.Selection(
        related="session_id.state", string="Session Status"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Full Name", required=True)
    post = fields.Char()
    # nobody was there before the session: it is ticked while it is held
    is_present = fields.Boolean(string="Present", copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        """Add members to a session that is not over.

        :raise UserError: its minutes are final, or nobody can be present yet
        """
        attendees = super().create(vals_list)
        attendees.session_id._check_minutes_open()
        attendees.filtered("is_present").session_id._check_begun()
        return attendees

    def write(self, vals):
        """Write who came, as long as the minutes are not final.

        :raise UserError: they are, or the session has not begun
        """
        self.session_id._check_minutes_open()
        if vals.get("is_present"):
            self.session_id._check_begun()
        result = super().write(vals)
        # those who were moved to another session
        self.session_id._check_minutes_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_final(self):
        self.session_id._check_minutes_open()
