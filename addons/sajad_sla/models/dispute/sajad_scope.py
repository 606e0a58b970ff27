from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sajad_base.tools.searches import asked_for_true


class SajadScope(models.Model):
    """Who settles the disputes of a process at a place (row D6)."""

    _inherit = "sajad.scope"

    is_settler = fields.Boolean(
        string="You Settle Its Disputes",
        compute="_compute_is_settler",
        search="_search_is_settler",
        help="You are a member today of the office that speaks for the provider.",
    )

    @api.depends_context("uid")
    @api.depends("is_member", "cartable_ids.role_id.settles_disputes")
    def _compute_is_settler(self):
        own = self._get_settled_ids(self.ids)
        for scope in self:
            scope.is_settler = scope.id in own

    @asked_for_true
    def _search_is_settler(self):
        return Domain("id", "in", self._get_settled_ids())

    @api.model
    def _get_settled_ids(self, among=None):
        settles = Domain("cartable_id.role_id.settles_disputes", "=", True)
        own = self.env["sajad.cartable.member"]._get_own_cartable_ids(settles)
        return self._get_reached_ids(own, among)
