from odoo import api, models
from odoo.exceptions import ValidationError

from ...tools.conditions import parse_condition, read_condition


class IrFilters(models.Model):
    """Filters that people keep of our lists: a bad one would fail at each opening."""

    _inherit = "ir.filters"

    @api.constrains("domain", "model_id")
    def _check_sajad_domain(self):
        for kept in self.filtered(lambda f: (f.model_id or "").startswith("sajad.")):
            try:
                read_condition(self.env, kept.domain)
            except ValidationError:
                continue  # counted from today, or of the user: the client's own
            parse_condition(self.env, kept.domain, kept.model_id)
