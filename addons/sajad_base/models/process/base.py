from odoo import models


class Base(models.AbstractModel):
    _inherit = "base"

    def _additional_allowed_keys_properties_definition(self):
        """Let a question have a help text, a kind, and a rule when it is asked."""
        keys = super()._additional_allowed_keys_properties_definition()
        return (*keys, "help", "written_as", "show_if")
