from odoo import models
from odoo.exceptions import AccessError


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        """Return a refusal that names no record to those who may not read it.

        In developer mode, which anybody can switch on, Odoo's own lists their names.
        """
        error = super()._make_access_error(operation, records)
        if self.env.user.has_group("base.group_system"):
            return error
        kind = self.env["ir.model"]._get(records._name).name
        return AccessError(
            self.env._("You have no access to this record: %(kind)s", kind=kind)
        )
