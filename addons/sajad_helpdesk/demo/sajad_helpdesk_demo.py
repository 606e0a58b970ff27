from odoo import api, models


class SajadHelpdeskDemo(models.AbstractModel):
    """Replays the story of this folder; called by the demo data alone.

    Data files call methods of models, so the story has one. It is read when it is
    told: a database without demo data never needs it.
    """

    _name = "sajad.helpdesk.demo"
    _description = "Story of the Demo Data"

    @api.model
    def _tell(self):
        """Replay some weeks of the support desk."""
        from . import support_story

        support_story.run(self.env)
