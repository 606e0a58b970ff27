from odoo import api, fields, models
from odoo.tools.i18n import format_list

AUDIENCES = [
    ("expert", "The expert"),
    ("head", "The responsible and supervisors"),
    ("second", "Another office"),
]


class SajadSlaStep(models.Model):
    """A step of the ladder: who is told before or after the promised time (row D4)."""

    _name = "sajad.sla.step"
    _description = "Step of Escalation"
    _inherit = ["sajad.sla.part"]
    _order = "offset, id"

    policy_id = fields.Many2one(
        "sajad.sla.policy", required=True, index=True, ondelete="cascade"
    )
    offset = fields.Float(
        string="Working Hours After",
        help="After the promised time; less than zero: before it.",
    )
    audience = fields.Selection(
        AUDIENCES,
        string="Who Is Told",
        required=True,
        default="expert",
        help="The expert: who has claimed the work, else all who decide in its "
        "cartable. Of work that nobody is in charge of the liaisons are told.",
    )
    role_id = fields.Many2one("sajad.role", string="Office", ondelete="restrict")

    _role_check = models.Constraint(
        "CHECK ((audience = 'second') = (role_id IS NOT NULL))",
        "Say which office is told, and only where another office is.",
    )

    def _get_terms(self):
        """Return (seconds after the promised time, audience, role id)."""
        self.ensure_one()
        return round(self.offset * 3600), self.audience, self.role_id.id

    @api.onchange("audience")
    def _onchange_audience(self):
        if self.audience != "second":
            self.role_id = False

    @api.model
    def _tell(self, rows):
        """Return what frozen rows say, in one line."""
        audiences = dict(self._fields["audience"]._description_selection(self.env))
        told = [
            self.env._(
                "%(hours)s h: %(audience)s",
                hours=f"{offset / 3600:+g}",
                audience=audiences.get(audience, audience),
            )
            for offset, audience, _role in rows
        ]
        return format_list(self.env, told)
