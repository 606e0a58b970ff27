from odoo import models


class SajadEngine(models.AbstractModel):
    """Certifies clearances that every office has finished (row B8)."""

    _inherit = "sajad.engine"

    def _apply_done(self, requests):
        result = super()._apply_done(requests)
        cleared = requests.filtered(
            lambda request: request.process_id.matter == "clearance"
        )
        if cleared:
            # certificates are issued by the engine alone
            self.env["sajad.clearance.certificate"].sudo()._issue(cleared)
        return result
