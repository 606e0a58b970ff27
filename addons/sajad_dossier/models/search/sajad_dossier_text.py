from odoo import api, fields, models
from odoo.tools import SQL, str2bool

from odoo.addons.sajad_persian.tools.normalize import normalize_text

from ...tools.text_key import make_key, turn_dates, turn_numbers
from ...tools.text_reader import find_languages, find_text

SCANS = "sajad_dossier.read_scans"
# files of one look for what waits: those that came meanwhile are read first
BATCH = 50
WAITING = """
SELECT d.version_id
  FROM sajad_dossier_document d
  LEFT JOIN sajad_dossier_text t ON t.version_id = d.version_id
 WHERE d.version_id IS NOT NULL AND d.date_destroyed IS NULL
   AND (t.id IS NULL OR %(reads_scans)s AND t.state = 'waiting')
 ORDER BY d.version_id DESC
 LIMIT %(limit)s
"""


class SajadDossierText(models.Model):
    """What stands in the newest files of a document, as a machine read it (row C7).

    It helps to find a document and is shown as the place where something was found,
    never as a fact. Nobody has rights on it: the search and its snippets belong to the
    document, and who may read that is told no more. Students have no such search.
    """

    _name = "sajad.dossier.text"
    _description = "Text of a Document"
    _inherit = ["sajad.client.guard"]
    _order = "id desc"
    _rec_name = "version_id"

    version_id = fields.Many2one(
        "sajad.dossier.version",
        required=True,
        readonly=True,
        ondelete="cascade",
        help="The first of the files, all of which were read.",
    )
    text = fields.Text(readonly=True, prefetch=False)
    turned = fields.Text(
        string="Numbers the Other Way Round",
        readonly=True,
        prefetch=False,
        help="Readers of PDFs give some Persian numbers back to front.",
    )
    key = fields.Text(
        compute="_compute_key",
        store=True,
        index="trigram",
        prefetch=False,
        exportable=False,
    )
    state = fields.Selection(
        [
            ("read", "Read"),
            ("part", "Read in Part"),
            ("waiting", "Waiting for a Reader of Scans"),
            ("failed", "Cannot Be Read"),
        ],
        required=True,
        readonly=True,
    )
    scan_count = fields.Integer(string="Pictures That Were Read", readonly=True)
    left_count = fields.Integer(string="Pages That Were Not", readonly=True)

    _version_uniq = models.Constraint(
        "unique(version_id)", "The text of this version is there already."
    )
    _waiting_idx = models.Index("(version_id) WHERE state = 'waiting'")

    @api.depends("text", "turned", "version_id.document_id.search_key")
    def _compute_key(self):
        for record in self:
            described = record.version_id.document_id.search_key
            record.key = make_key(described, record.text, record.turned)

    # ------------------------------------------------------------
    # READ
    # ------------------------------------------------------------

    @api.model
    def _cron_read(self):
        """Read the files that came, the newest first, each in its own transaction."""
        languages = self._get_languages()
        while versions := self._get_waiting(bool(languages)):
            for version in versions:
                self._read(version, languages)
                if not self.env["ir.cron"]._commit_progress(1, remaining=len(versions)):
                    return
        self.env["ir.cron"]._commit_progress(remaining=0)

    @api.model
    def _get_languages(self):
        """Return the languages in which scans are read; none: they are not."""
        # a switch of the administrator, and nothing secret
        value = self.env["ir.config_parameter"].sudo().get_param(SCANS)
        return find_languages() if str2bool(value or "", False) else []

    @api.model
    def _get_waiting(self, reads_scans):
        """Return the first files of documents that are to be read now."""
        self.env.flush_all()
        query = SQL(WAITING, reads_scans=reads_scans, limit=BATCH)
        found = [version_id for (version_id,) in self.env.execute_query(query)]
        return self.env["sajad.dossier.version"].browse(found)

    @api.model
    def _read(self, version, languages):
        """Find what stands in all files of a document, and forget the older ones'."""
        pages = version._get_pages()
        found = [self._read_page(page, languages) for page in pages]
        layer = "\n".join(page.layer for page in found)
        texts = [text for page in found for text in (turn_dates(page.layer), page.scan)]
        lines = "\n".join(texts).splitlines()
        text = "\n".join(filter(None, map(normalize_text, lines)))
        left = sum(page.left for page in found)
        self._forget(version.document_id.version_ids)
        return self.create(
            {
                "version_id": version.id,
                "text": text,
                "turned": turn_numbers(layer),
                "state": self._get_new_state(found, left, languages),
                "scan_count": sum(page.read for page in found),
                "left_count": left,
            }
        )

    def _read_page(self, version, languages):
        content = self.env["sajad.dossier.content"]._read_file(version)
        return find_text(content or b"", version.mimetype, languages)

    def _get_new_state(self, found, left, languages):
        if any(page.fault for page in found):
            return "failed"
        if left:
            return "part" if languages else "waiting"
        return "read"

    @api.model
    def _forget(self, versions):
        """Remove what was found in files; called when they are gone or replaced."""
        self.search([("version_id", "in", versions.ids)]).unlink()
