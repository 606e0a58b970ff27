from odoo import api, models


class SajadHome(models.AbstractModel):
    """Who reads reports and decides nothing begins with them (row B12)."""

    _inherit = "sajad.home"

    @api.model
    def _open_for_reader(self):
        is_reporter = self.env.user.has_group("sajad_base.group_sajad_reporting")
        if is_reporter and not self._get_supervised():
            return self._get_action("sajad_statistics.sajad_bottleneck_action")
        return super()._open_for_reader()
