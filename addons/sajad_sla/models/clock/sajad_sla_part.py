from odoo import api, models


class SajadSlaPart(models.AbstractModel):
    """A row of a promise that is frozen with its versions (row D4)."""

    _name = "sajad.sla.part"
    _description = "Part of a Promise"

    @api.model_create_multi
    def create(self, vals_list):
        """Make rows; their promises are another version from now on."""
        rows = super().create(vals_list)
        rows.policy_id._note_part()
        return rows

    def write(self, vals):
        """Edit rows; their promises are another version from now on."""
        policies = self.policy_id
        result = super().write(vals)
        (policies | self.policy_id)._note_part()
        return result

    def unlink(self):
        """Take rows away; their promises are another version from now on."""
        policies = self.policy_id
        result = super().unlink()
        policies.exists()._note_part()
        return result
