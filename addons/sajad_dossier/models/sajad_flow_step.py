from odoo import api, fields, models, tools

from .sajad_document_type import PHASES


class SajadFlowStep(models.Model):
    """A step of any process can ask whether the student's dossier is complete (C9)."""

    _inherit = "sajad.flow.step"

    dossier_check = fields.Selection(
        [*PHASES, ("all", "All Phases")],
        string="Complete Dossier",
        help="The step is not approved while the dossier of the student lacks a "
        "required document of this phase. Empty: it does not matter.",
    )

    @api.model
    @tools.ormcache("step_id", cache="stable")
    def _get_dossier_check(self, step_id):
        """Return the phase that a step asks for: read once, published steps stay."""
        # what a step asks for is no secret of one user
        return self.sudo().browse(step_id).dossier_check
