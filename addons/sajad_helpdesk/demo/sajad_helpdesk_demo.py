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
        from . import support_end_story, support_story

        # before the story: agreements begin with texts in every language,
        # and keep what the service is called in each
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        modules = ["sajad_sla", "sajad_helpdesk"]
        self.env["ir.module.module"]._load_module_terms(modules, langs)
        self.env.invalidate_all()
        support_story.run(self.env)
        # what is noted by itself is in the language of the offices
        support_end_story.run(self.with_context(lang="fa_IR").env)
