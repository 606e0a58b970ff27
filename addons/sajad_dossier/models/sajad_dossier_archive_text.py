from odoo import api, models


class SajadDossierArchiveText(models.AbstractModel):
    """What a person reads in the sealed archive of a dossier (row C10)."""

    _name = "sajad.dossier.archive.text"
    _description = "Text in the Archive of a Dossier"

    @api.model
    def _get_lines(self, content, entries, left_out):
        """Return the lines of the text.

        :param content: of `sajad.dossier.content`
        :param entries: list of (version, path)
        """
        return [
            *self._get_head_lines(content.dossier),
            *(f"{path}\t{version.sha256}" for version, path in entries),
            "",
            *self._get_rest_lines(content.references, left_out),
        ]

    @api.model
    def _get_head_lines(self, dossier):
        return [
            self.env._(
                "Dossier of %(name)s, student number %(number)s",
                name=dossier.student_id.name,
                number=dossier.student_number,
            ),
            f"{dossier.university_id.name} / {dossier.faculty_id.name}",
            self.env._("Taken out by %(name)s", name=self.env.user.name),
            "",
            self.env._(
                "Run verify.py with Python: it says whether these files are as they "
                "were sealed."
            ),
            self.env._(
                "Whether the seal is the university's is said here: %(address)s",
                address=self.env["sajad.dossier.seal"]._get_verify_url(),
            ),
            "",
            self.env._("Documents, and the SHA-256 of each:"),
        ]

    @api.model
    def _get_rest_lines(self, references, left_out):
        lines = []
        if references:
            lines.append(self.env._("Kept in other systems:"))
            lines += [f"{d.name}: {d.system} {d.number or ''}" for d in references]
            lines.append("")
        if left_out:
            lines.append(self.env._("What is not in this copy:"))
            lines += [f"{item.what}: {item.why}" for item in left_out]
        return lines
