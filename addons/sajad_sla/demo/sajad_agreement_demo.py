from odoo import api, models


class SajadAgreementDemo(models.AbstractModel):
    """Tells the demo story of agreements and disputes; called by demo data alone.

    Data files call methods of models, so the story has one. It is read when it is
    told: a database without demo data never needs it.
    """

    _name = "sajad.agreement.demo"
    _description = "Story of the Demo Data"

    @api.model
    def _tell(self):
        """Publish two versions of an agreement, and let disputes be in every state."""
        from . import agreement_story

        # before the story: agreements begin with texts in every language
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        self.env["ir.module.module"]._load_module_terms(["sajad_sla"], langs)
        self.env.invalidate_all()
        # what is noted by itself is in the language of the offices
        agreement_story.run(self.with_context(lang="fa_IR").env)
