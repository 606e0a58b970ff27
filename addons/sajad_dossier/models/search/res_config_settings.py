from odoo import api, fields, models

from ...tools.text_reader import find_languages
from .sajad_dossier_text import SCANS


class ResConfigSettings(models.TransientModel):
    """Whether scans are read for the search, and whether they can be (row C7)."""

    _inherit = "res.config.settings"

    sajad_dossier_read_scans = fields.Boolean(
        string="Search in Scans", config_parameter=SCANS
    )
    sajad_dossier_scans_state = fields.Char(
        string="Reader of Scans", default=lambda self: self._get_scans_state()
    )

    @api.model
    def _get_scans_state(self):
        """Return whether the server reads scans, and how many wait for it."""
        if not find_languages():
            return self.env._(
                "Switched off: this server has no Tesseract that knows Persian. "
                "Install Debian's tesseract-ocr and tesseract-ocr-fas; scans that "
                "came meanwhile are read then."
            )
        # only counted, for the administrator
        Text_sudo = self.env["sajad.dossier.text"].sudo()
        return self.env._(
            "Tesseract reads Persian. Documents whose scans still wait: %(count)s.",
            count=Text_sudo.search_count([("state", "=", "waiting")]),
        )
