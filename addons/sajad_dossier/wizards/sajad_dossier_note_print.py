from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.sajad_document_type import PHASES


class SajadDossierNotePrint(models.TransientModel):
    """Asks of which students notes are printed: a sheet for each faculty (row C6)."""

    _name = "sajad.dossier.note.print"
    _description = "Report of Notes on Students"

    faculty_id = fields.Many2one("sajad.faculty", ondelete="cascade")
    entry_year = fields.Integer()
    phase = fields.Selection(PHASES)

    def action_print(self):
        """Print a sheet for each faculty that has such notes (row C6).

        :raise UserError: there is no such note
        """
        self.ensure_one()
        faculties = self._get_notes().faculty_id
        if not faculties:
            raise UserError(self.env._("There is no such note."))
        sheets = self.create(
            [
                {
                    "faculty_id": faculty.id,
                    "entry_year": self.entry_year,
                    "phase": self.phase,
                }
                for faculty in faculties
            ]
        )
        report = self.env.ref("sajad_dossier.sajad_dossier_note_report")
        return report.report_action(sheets)

    def _get_notes(self):
        """Return the notes that the user may read, by student."""
        self.ensure_one()
        domain = Domain.TRUE
        for name in ("faculty_id", "entry_year", "phase"):
            if value := self[name]:
                value = value.id if name == "faculty_id" else value
                domain &= Domain(name, "=", value)
        notes = self.env["sajad.dossier.note"].search(domain)
        return notes.sorted(lambda note: (note.dossier_id.student_number, note.id))
