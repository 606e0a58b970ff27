from odoo import api, fields, models, tools


class SajadRole(models.Model):
    """An office that decides in sessions (row A7)."""

    _inherit = "sajad.role"

    is_commission = fields.Boolean(
        string="Decides in Sessions",
        help="A commission: its work is decided on in sessions, many at once.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        roles = super().create(vals_list)
        roles._open_sessions()
        return roles

    def write(self, vals):
        result = super().write(vals)
        if "is_commission" in vals:
            self._open_sessions()
        return result

    def _open_sessions(self):
        """Open the menus of sessions to the members of commissions, to nobody else."""
        self.env.registry.clear_cache("stable")
        group = self.env.ref("sajad_commission.group_sajad_commission")
        for role in self:
            add = fields.Command.link if role.is_commission else fields.Command.unlink
            if role.is_commission or group in role.group_id.implied_ids:
                # An administrator of roles need not be one of Odoo's settings.
                role.group_id.sudo().implied_ids = [add(group.id)]

    @api.model
    @tools.ormcache(cache="stable")
    def _get_commission_ids(self):
        """Return the ids of the roles that decide in sessions, for the engine."""
        # which offices are commissions is no secret
        return frozenset(self.sudo().search([("is_commission", "=", True)]).ids)
