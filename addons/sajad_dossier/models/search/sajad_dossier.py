from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from .sajad_dossier_document import ASKED

# places that are shown of one dossier
PLACES = 3
KEPT = Domain("date_deleted", "=", False)


class SajadDossier(models.Model):
    """Dossiers are found by what their documents say (row C7)."""

    _inherit = "sajad.dossier"

    found_text = fields.Html(
        string="Found in the Documents",
        compute="_compute_found_text",
        search="_search_found_text",
        exportable=False,
        help="As a machine read it: look at the file before you rely on it.",
    )

    @api.depends("document_ids.version_id")
    @api.depends_context(ASKED)
    def _compute_found_text(self):
        found = self._find_asked().grouped("dossier_id")
        for dossier in self:
            documents = found.get(dossier, ())
            dossier.found_text = Markup("<br/>").join(
                Markup("%s: %s") % (document.name, document.found_text or "")
                for document in documents[:PLACES]
            )

    def _find_asked(self):
        """Return the documents of these dossiers that have what is asked for."""
        Document = self.env["sajad.dossier.document"]
        if not (texts := Document._get_asked_texts()):
            return Document
        found = Domain.OR(Domain("found_text", "ilike", text) for text in texts)
        return Document.search(Domain("dossier_id", "in", self.ids) & KEPT & found)

    @api.model
    def _search_found_text(self, operator, value):
        # by documents that the user reads, and no others
        return Domain(
            "document_ids", "any", KEPT & Domain("found_text", operator, value)
        )
