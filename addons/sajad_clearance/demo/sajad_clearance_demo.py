from odoo import api, models


class SajadClearanceDemo(models.AbstractModel):
    """Replays the stories of this folder; called by the demo data alone.

    Data files call methods of models, so the stories have a model. They are read when
    they are told: a database without demo data never needs them.
    """

    _name = "sajad.clearance.demo"
    _description = "Stories of the Demo Data"

    @api.model
    def _tell_requests(self):
        """Replay weeks of clearance."""
        from . import scenario

        # before the stories: certificates freeze names in all languages
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        self.env["ir.module.module"]._load_module_terms(["sajad_clearance"], langs)
        self.env.invalidate_all()
        scenario.run(self.env)

    @api.model
    def _tell_cohort(self):
        """Replay a graduating class."""
        from . import cohort_scenario

        cohort_scenario.run(self.env)

    @api.model
    def _count_statistics(self):
        """Count what the stories left behind."""
        from . import statistics

        statistics.run(self.env)
