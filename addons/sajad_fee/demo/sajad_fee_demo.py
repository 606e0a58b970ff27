from odoo import api, models


class SajadFeeDemo(models.AbstractModel):
    """Replays the story of this folder; called by the demo data alone.

    It is read when it is told: a database without demo data never needs it.
    """

    _name = "sajad.fee.demo"
    _description = "Story of the Demo Data"

    @api.model
    def _tell(self):
        """Replay the requests that cost something."""
        from . import fee_story

        fee_story.run(self.env)
