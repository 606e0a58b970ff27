from odoo import api, models

# {model: what clearance adds}
OFFERED = {
    "sajad.request": ("clearance_reason", "card_delivered"),
    "sajad.task": ("clearance_reason", "card_delivered"),
    "sajad.student": ("open_hold_amount", "open_hold_count"),
}


class SajadCondition(models.AbstractModel):
    _inherit = "sajad.condition"

    @api.model
    def _get_offered_fields(self):
        offered = super()._get_offered_fields()
        for model, names in OFFERED.items():
            offered[model] += names
        return offered
