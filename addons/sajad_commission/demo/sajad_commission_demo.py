from odoo import api, models


class SajadCommissionDemo(models.AbstractModel):
    """Replays the story of this folder; called by the demo data alone.

    Data files call methods of models, so the story has one. It is read when it is
    told: a database without demo data never needs it.
    """

    _name = "sajad.commission.demo"
    _description = "Story of the Demo Data"

    @api.model
    def _tell(self):
        """Replay the cases of a session."""
        from . import commission_story

        commission_story.run(self.env)
