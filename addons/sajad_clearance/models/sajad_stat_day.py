from odoo import api, models


class SajadStatDay(models.Model):
    _inherit = "sajad.stat.day"

    @api.model
    def _load_demo_statistics(self):
        """Count what the demo stories left behind; called by the demo data alone."""
        # read at that moment only: a database without demo data never needs it
        from ..demo import statistics

        statistics.run(self.env)
