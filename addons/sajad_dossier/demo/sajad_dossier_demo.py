from odoo import api, models


class SajadDossierDemo(models.AbstractModel):
    """Fills the dossiers of the demo data; called by them alone.

    Data files call methods of models, so the story has one. It is read when it is
    told: a database without demo data never needs it.
    """

    _name = "sajad.dossier.demo"
    _description = "Story of the Demo Data"

    @api.model
    def _tell(self):
        """Open dossiers and bring their documents, in every state."""
        from . import dossier_story

        # before the story: descriptions are written in Persian, as people would
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        self.env["ir.module.module"]._load_module_terms(["sajad_dossier"], langs)
        self.env.invalidate_all()
        # what is noted by itself is in the language of the offices
        dossier_story.run(self.with_context(lang="fa_IR").env)
