from odoo import fields, models

from .sajad_document_type import PHASES


class SajadDossierPhase(models.Model):
    """How complete a dossier is in one phase (row C9)."""

    _name = "sajad.dossier.phase"
    _description = "Phase of a Dossier"
    _inherit = ["sajad.client.guard"]
    _order = "dossier_id.id, id"
    _rec_name = "phase"
    _log_access = False

    dossier_id = fields.Many2one(
        "sajad.dossier", required=True, readonly=True, index=True, ondelete="cascade"
    )
    faculty_id = fields.Many2one(related="dossier_id.faculty_id")
    phase = fields.Selection(PHASES, required=True, readonly=True)
    required_count = fields.Integer(string="Required", readonly=True)
    present_count = fields.Integer(string="Present", readonly=True)
    verified_count = fields.Integer(string="Verified", readonly=True)
    percent = fields.Integer(string="Complete (%)", readonly=True, aggregator="avg")

    _phase_uniq = models.Constraint(
        "unique(dossier_id, phase)", "A dossier has each phase once."
    )

    def _get_client_refusal(self):
        return self.env._("Completeness follows from the documents.")
