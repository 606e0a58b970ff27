from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.text_key import find_snippet, get_spellings, get_words

# what the client asks for, beside the domain: the place is shown
ASKED = "sajad_found"
# an index of three letters each finds no shorter word
SHORTEST = 3


class SajadDossierDocument(models.Model):
    """Documents are found by what describes them and by what they say (row C7)."""

    _inherit = "sajad.dossier.document"

    found_text = fields.Html(
        string="Found in the Text",
        compute="_compute_found_text",
        search="_search_found_text",
        exportable=False,
        help="As a machine read it: look at the file before you rely on it.",
    )

    @api.depends("version_id")
    @api.depends_context(ASKED)
    def _compute_found_text(self):
        words = get_words(" ".join(self._get_asked_texts()))
        texts = self._get_texts() if words else {}
        for document in self:
            text = texts.get(document.version_id.id)
            document.found_text = find_snippet(text, words)

    @api.model
    def _get_asked_texts(self):
        """Return what the client has in its search box; it may send anything."""
        asked = self.env.context.get(ASKED)
        asked = asked if isinstance(asked, list) else []
        return [text for text in asked if isinstance(text, str) and get_words(text)]

    def _get_texts(self):
        """Return {id of a version: its text} of documents that the user reads."""
        # nobody has rights on texts; these are of documents that were just read
        Text_sudo = self.env["sajad.dossier.text"].sudo()
        domain = [("version_id", "in", self.version_id.ids)]
        found_sudo = Text_sudo.search_fetch(domain, ["version_id", "text"])
        return {text.version_id.id: text.text for text in found_sudo}

    # ------------------------------------------------------------
    # SEARCH
    # ------------------------------------------------------------

    @api.model
    def _search_found_text(self, operator, value):
        if operator not in ("like", "ilike") or not isinstance(value, str):
            return NotImplemented
        words = get_words(value)
        if not words:
            return Domain.FALSE if value.strip() else Domain.TRUE
        kinds = {word: self._find_kinds(word) for word in words}
        # whose documents they are, the rules of the search around it ask
        Document_sudo = self.sudo().with_context(active_test=False)
        found = [
            Document_sudo._search(domain).select("id")
            for domain in (
                self._get_described_domain(kinds),
                self._get_said_domain(kinds),
            )
        ]
        # two searches with an index each; a condition with "or" would use neither
        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                "%s IN (%s)", SQL.identifier(alias, "id"), SQL(" UNION ").join(found)
            )
        )

    @api.model
    def _find_kinds(self, word):
        """Return the types that a word names."""
        # what papers are called is known to everybody who searches
        Kind_sudo = self.env["sajad.document.type"].sudo()
        domain = [("search_key", "ilike", word)]
        return Kind_sudo.with_context(active_test=False).search(domain).ids

    @api.model
    def _get_described_domain(self, kinds):
        """Return the domain of the documents that all words describe.

        :param kinds: {word: ids of the types that it names}
        """
        return Domain.AND(
            Domain("type_id", "in", types)
            | Domain.OR(
                Domain("search_key", "ilike", spelling)
                for spelling in get_spellings(word)
            )
            for word, types in kinds.items()
        )

    @api.model
    def _get_said_domain(self, kinds):
        """Return the domain of the documents in which all words stand.

        Their description is part of what they say; a word that names their type need
        not stand there, as long as another one does.
        """
        if all(len(word) < SHORTEST for word in kinds):
            return Domain.FALSE
        is_said = not all(kinds.values())
        # found without rights on texts; documents are asked for around it
        Text_sudo = self.env["sajad.dossier.text"].sudo()
        said = Text_sudo._search(
            Domain.AND(
                Domain("key", "ilike", word)
                | (
                    Domain("version_id.document_id.type_id", "in", types)
                    if is_said
                    else Domain.FALSE
                )
                for word, types in kinds.items()
            )
        )
        column = SQL.identifier(said.table, "version_id")
        return Domain("version_id", "any!", said.subselect(column))
