from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sajad_base.tools.searches import asked_for_true


class SajadCartable(models.Model):
    """Desks whose answered questions the user puts right and publishes (row D1)."""

    _inherit = "sajad.cartable"

    is_supervised = fields.Boolean(
        string="You Supervise It",
        compute="_compute_is_supervised",
        search="_search_is_supervised",
        help="You are a supervisor today.",
    )

    @api.depends_context("uid")
    @api.depends("is_member", "member_ids.kind")
    def _compute_is_supervised(self):
        own = set(self._get_supervised_ids())
        for cartable in self:
            cartable.is_supervised = cartable.id in own

    @asked_for_true
    def _search_is_supervised(self):
        return Domain("id", "in", self._get_supervised_ids())

    @api.model
    def _get_supervised_ids(self):
        supervises = Domain("kind", "=", "supervisor")
        return self.env["sajad.cartable.member"]._get_own_cartable_ids(supervises)
