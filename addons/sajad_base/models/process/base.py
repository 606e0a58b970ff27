from odoo import models


class Base(models.AbstractModel):
    _inherit = "base"

    def _additional_allowed_keys_properties_definition(self):
        """Let a question have a help text, and be written as a number of a kind."""
        keys = super()._additional_allowed_keys_properties_definition()
        return (*keys, "help", "written_as")
