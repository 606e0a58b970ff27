from datetime import datetime

from odoo import api, fields, models

from odoo.addons.sajad_base.tools.clock import COUNTRY_TZ
from odoo.addons.sajad_jalali.tools import jalali

FORMAT = "sajad-dossier-1"


class SajadDossierManifest(models.AbstractModel):
    """The list of what was taken out of a dossier, which is sealed (row C10).

    Machines read it: its keys are English and its digits ASCII, whoever takes it out.
    """

    _name = "sajad.dossier.manifest"
    _description = "List of What Was Taken Out"

    @api.model
    def _get_facts(self, content, vals, files, left_out, **more):
        """Return all that the seal covers, as JSON.

        :param content: of `sajad.dossier.content`
        :param vals: of the export
        :param files: list of dicts, each with "sha256"
        :param left_out: list of `LeftOut`
        """
        return {
            "format": FORMAT,
            "address": self.env["sajad.dossier.seal"]._get_verify_url(),
            "kind": vals["kind"],
            "number": vals["number"],
            "previous_seal": vals["previous"] or None,
            "exported_by": self.env.user.name,
            "exported_at": self._get_moment(vals["date"]),
            "exported_at_jalali": self._get_jalali(vals["date"]),
            "dossier": self._get_dossier(content.dossier),
            "files": files,
            "references": [self._get_document(d) for d in content.references],
            "left_out": [item._asdict() for item in left_out],
            **more,
        }

    @api.model
    def _get_dossier(self, dossier):
        student = dossier.student_id
        return {
            "university": dossier.university_id.name,
            "faculty": dossier.faculty_id.name,
            "student": student.name,
            "student_number": student.student_number,
            "national_id": student.national_id or student.foreign_id or None,
            "father": student.father_name or None,
            "birth_date": self._get_jalali(student.birth_date),
            "degree": student.degree_level_id.name or None,
            "field": student.field_id.name or None,
            "entry_year": student.entry_year or None,
            "opened": self._get_jalali(dossier.date_open),
            "ended": self._get_jalali(dossier.date_end),
            "end": dossier.end_kind or None,
            "percent": dossier.percent,
        }

    @api.model
    def _get_document(self, document):
        return {
            "document": document.name,
            "type": document.type_id.code,
            "phase": document.phase,
            "number": document.number or None,
            "date": self._get_jalali(document.date),
            "kept_in": document.system or None,
            "state": document.state,
        }

    @api.model
    def _get_file(self, version, path=None):
        """Return what the list says of a file.

        :param path: where it lies in an archive
        """
        return {
            **({"path": path} if path else {}),
            **self._get_document(version.document_id),
            "version": version.number,
            "page": version.page,
            "brought_by": version.create_uid.name,
            "brought_at": self._get_moment(version.create_date),
            "size": version.size,
            "sha256": version.sha256,
        }

    @api.model
    def _get_moment(self, moment):
        return fields.Datetime.to_string(moment).replace(" ", "T") + "Z"

    @api.model
    def _get_jalali(self, value):
        """Return a day, or the minute of a moment on the clock of the country."""
        if not value:
            return None
        if not isinstance(value, datetime):
            return jalali.format_jalali(value)
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=COUNTRY_TZ), value
        )
        return jalali.format_jalali(local)[:16]
