from odoo import api, fields, models


class SajadProcess(models.Model):
    """The process by which documents of dossiers are verified (row C5)."""

    _inherit = "sajad.process"

    matter = fields.Selection(
        selection_add=[("dossier", "Electronic Dossier")],
        ondelete={"dossier": "set default"},
    )
    starts_final_check = fields.Boolean(
        string="Begins the Final Check of the Dossier",
        help="When a request is done, the student's dossier goes to its final check.",
    )

    @api.model
    def _get_catalogue_domain(self):
        # what is asked for lies in the dossier, not in a form
        return [("matter", "!=", "dossier"), *super()._get_catalogue_domain()]

    @api.model
    def _get_dossier_process(self, university):
        """Return the process that verifies the documents of a university."""
        processes = self.search([("matter", "=", "dossier")])
        return processes.filtered(
            lambda process: (
                process.published_flow_id and process._is_offered_at(university)
            )
        )[:1]
