from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.sajad_base.tools.sentences import list_quoted

from .sajad_document_type import PHASES


class SajadDossierNote(models.Model):
    """What offices note of a student: complete, incomplete, anything (row C6)."""

    _name = "sajad.dossier.note"
    _description = "Note in a Dossier"
    _inherit = ["sajad.client.guard"]
    _client_create_fields = frozenset(
        {"dossier_id", "kind", "phase", "text", "is_for_student"}
    )
    _order = "id desc"
    _rec_name = "text"

    dossier_id = fields.Many2one(
        "sajad.dossier", required=True, index=True, ondelete="restrict"
    )
    faculty_id = fields.Many2one(
        related="dossier_id.faculty_id", store=True, index=True
    )
    university_id = fields.Many2one(related="dossier_id.university_id", store=True)
    entry_year = fields.Integer(
        related="dossier_id.entry_year", store=True, aggregator=None
    )
    phase = fields.Selection(PHASES, help="Empty: it is about the whole dossier.")
    kind = fields.Selection(
        [
            ("complete", "Registration Documents Complete"),
            ("incomplete", "Something Is Missing"),
            ("place", "Where a Document Lies"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    text = fields.Text(required=True)
    is_for_student = fields.Boolean(
        string="The Student Reads It", help="In the portal, beside the checklist."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Note something, for good.

        :raise AccessError: the user is not in charge of the dossier
        :raise UserError: it says nothing
        """
        notes = super().create(vals_list)
        if not all(note.text.strip() for note in notes):
            raise UserError(self.env._("Write what is to be noted."))
        if not self.env.su:
            notes.dossier_id._check_keeper()
        return notes

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("Notes stay; add another one."))

    def _get_client_refusal(self):
        return self.env._("Notes stay; add another one.")

    # ------------------------------------------------------------
    # THE NOTE OF COMPLETENESS
    # ------------------------------------------------------------

    @api.model
    def _note_completeness(self, dossiers, phase):
        """Note of dossiers whether a phase is complete, and what is missing (C6).

        Called with elevated rights; the caller has checked who may.

        :param phase: of `PHASES`
        """
        label = dict(self._fields["phase"]._description_selection(self.env))[phase]
        vals_list = []
        for dossier in dossiers:
            missing = dossier._get_missing_items(phase)
            vals_list.append(
                {
                    "dossier_id": dossier.id,
                    "phase": phase,
                    "kind": "incomplete" if missing else "complete",
                    "text": self._get_completeness_text(dossier, label, missing),
                }
            )
        return self.create(vals_list)

    def _get_completeness_text(self, dossier, label, missing):
        if missing:
            names = list_quoted(self.env, missing.requirement_id.mapped("name"))
            return self.env._(
                "%(phase)s: these documents are missing: %(names)s.",
                phase=label,
                names=names,
            )
        return self.env._(
            "%(phase)s: the documents of the student are complete and verified.",
            phase=label,
        )
