from odoo import api, fields, models

AUDIENCES = [
    ("expert", "The expert"),
    ("head", "The responsible and supervisors"),
    ("second", "Another office"),
]


class SajadSlaStep(models.Model):
    """A step of the ladder: who is told before or after the promised time (row D4)."""

    _name = "sajad.sla.step"
    _description = "Step of Escalation"
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

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def _get_terms(self):
        """Return (seconds after the promised time, audience, role id)."""
        self.ensure_one()
        return round(self.offset * 3600), self.audience, self.role_id.id

    @api.onchange("audience")
    def _onchange_audience(self):
        if self.audience != "second":
            self.role_id = False
