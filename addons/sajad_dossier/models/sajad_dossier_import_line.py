from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

RESULTS = [
    ("waiting", "Being Examined"),
    ("new", "New Document"),
    ("version", "Newer Version"),
    ("same", "There Already"),
    ("refused", "Refused"),
]
GOOD = ("new", "version")
PAGES = """
SELECT l.id, l.head_id, l.path, l.key, l.size, l.page, l.student_id, s.faculty_id,
       l.type_id, t.is_sensitive, l.mimetype, l.sha256, l.checksum, l.digest,
       l.result, l.message, l.is_kept, l.document_id, l.former_version_id,
       l.former_state, l.former_deadline
  FROM sajad_dossier_import_line l
  LEFT JOIN sajad_student s ON s.id = l.student_id
  LEFT JOIN sajad_document_type t ON t.id = l.type_id
 WHERE l.head_id = ANY(%s)
 ORDER BY l.head_id, l.page, l.id
"""
# what is found out of a line
VERDICT = (
    *("size", "mimetype", "sha256", "checksum", "digest", "result", "message"),
    *("document_id", "former_version_id", "former_state", "former_deadline"),
)
WRITE = """
UPDATE sajad_dossier_import_line l
   SET size = v.size, mimetype = v.mimetype, sha256 = v.sha256,
       checksum = v.checksum, digest = v.digest, result = v.result,
       message = v.message, document_id = v.document_id,
       former_version_id = v.former_version_id, former_state = v.former_state,
       former_deadline = v.former_deadline
  FROM unnest(%s::int[], %s::int[], %s::varchar[], %s::varchar[], %s::varchar[],
              %s::varchar[], %s::varchar[], %s::varchar[], %s::int[], %s::int[],
              %s::varchar[], %s::date[])
       AS v (id, size, mimetype, sha256, checksum, digest, result, message,
             document_id, former_version_id, former_state, former_deadline)
 WHERE l.id = v.id
"""


def set_page(page, **values):
    """Set what became of a line of `_fetch_pages`; it is written if it is new."""
    if any(page[name] != value for name, value in values.items()):
        page.update(values, is_changed=True)


class SajadDossierImportLine(models.Model):
    """A file of a bulk upload, and what became of it (row C8).

    Pages of one document have the first one as their head, and one verdict.
    """

    _name = "sajad.dossier.import.line"
    _description = "File of a Bulk Upload"
    _order = "import_id.id, path, id"
    _rec_name = "path"

    import_id = fields.Many2one(
        "sajad.dossier.import", required=True, index=True, ondelete="cascade"
    )
    path = fields.Char(string="File", readonly=True)
    key = fields.Char(readonly=True)
    size = fields.Integer(string="Size (Bytes)", readonly=True, aggregator=None)
    student_number = fields.Char(readonly=True)
    student_id = fields.Many2one("sajad.student", readonly=True, ondelete="set null")
    type_id = fields.Many2one(
        "sajad.document.type", string="Kind", readonly=True, ondelete="set null"
    )
    page = fields.Integer(readonly=True, aggregator=None)
    head_id = fields.Many2one(
        "sajad.dossier.import.line", readonly=True, index=True, ondelete="cascade"
    )
    item_name = fields.Char(string="In the Checklist", readonly=True)
    sha256 = fields.Char(string="Checksum", readonly=True)
    # what its bytes are called in the store, where they wait since they were examined
    checksum = fields.Char(string="In the Store", readonly=True)
    # of all pages together; of a single file its own
    digest = fields.Char(readonly=True, index="btree_not_null")
    mimetype = fields.Char(readonly=True)
    result = fields.Selection(RESULTS, readonly=True, required=True, default="waiting")
    message = fields.Char(string="Why", readonly=True)
    is_kept = fields.Boolean(string="Kept", readonly=True)
    # what there is since then, and what there was before
    document_id = fields.Many2one(
        "sajad.dossier.document",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    version_id = fields.Many2one(
        "sajad.dossier.version", readonly=True, ondelete="set null"
    )
    former_version_id = fields.Many2one(
        "sajad.dossier.version", readonly=True, ondelete="set null"
    )
    former_state = fields.Char(readonly=True)
    former_deadline = fields.Date(readonly=True)

    # ------------------------------------------------------------
    # WORK IN THE BACKGROUND
    # ------------------------------------------------------------

    def _batch_examine(self):
        """Read documents and say what would become of them; see `sajad.batch`."""
        record, pages = self._get_upload(), self._fetch_pages()
        # files of fields are Odoo's own; whoever asked made the upload
        with record.sudo()._open_source() as source:
            self.env["sajad.dossier.import.read"]._read(pages, source)
        self.env["sajad.dossier.import.judge"]._judge(record, pages, True)
        self._write_pages(pages)
        record._settle()

    def _batch_keep(self):
        """Keep documents, with the pages of each; see `sajad.batch`."""
        record = self._get_upload()
        pages = [page for page in self._fetch_pages() if not page["is_kept"]]
        # the dossiers may have changed since the files were examined
        self.env["sajad.dossier.import.judge"]._judge(record, pages)
        # files of fields are Odoo's own; whoever asked made the upload
        with record.sudo()._open_source() as source:
            self.env["sajad.dossier.import.keep"]._keep(pages, source)
        record._settle()

    def _get_upload(self):
        """Return the upload of all of these; the others need not be read for it."""
        return self.browse(self.ids[:1]).import_id

    # ------------------------------------------------------------
    # ROWS
    # ------------------------------------------------------------

    def _fetch_pages(self):
        """Return the lines of the documents of these heads as {column: value}.

        Many are dealt with at once, and a record of each takes longer than its file.

        :return: list in the order of documents and pages
        """
        self.env.flush_all()
        self.env.cr.execute(SQL(PAGES, self.ids))
        return self.env.cr.dictfetchall()

    def _write_pages(self, pages):
        """Write what became of lines that `_fetch_pages` returned, in one statement."""
        pages = [page for page in pages if page.pop("is_changed", False)]
        columns = ([page[name] for page in pages] for name in ("id", *VERDICT))
        self.env.cr.execute(SQL(WRITE, *columns))
        self.invalidate_model(flush=False)

    # ------------------------------------------------------------
    # TAKE BACK
    # ------------------------------------------------------------

    def _reverse(self):
        """Take kept documents out of their dossiers again.

        :raise AccessError: the user is not in charge of all of them
        :raise UserError: one was verified or replaced meanwhile
        """
        # whose dossiers they are is asked below, with the rights of the user
        heads_sudo = self.sudo().filtered(lambda line: line.head_id == line)
        dossiers = heads_sudo.document_id.dossier_id.with_env(self.env)
        dossiers._check_keeper()
        touched = heads_sudo.filtered(lambda head: head._is_touched())
        if touched:
            raise UserError(
                self.env._(
                    "%(count)s of the documents were verified or replaced meanwhile, "
                    "so that the whole cannot be taken back.",
                    count=len(touched),
                )
            )
        reason = self.env._("The bulk upload was taken back.")
        new = heads_sudo.filtered(lambda head: head.result == "new").document_id
        new.filtered(lambda document: not document.date_deleted).write(
            {
                "date_deleted": fields.Datetime.now(),
                "deleted_by_id": self.env.uid,
                "delete_reason": reason,
            }
        )
        for head in heads_sudo.filtered(lambda head: head.result == "version"):
            head.document_id.write(head._get_former())
        # counts follow, whoever caused them
        dossiers.sudo()._count_up()
        requests = heads_sudo.import_id.request_ids
        self.env["sajad.engine"]._end_empty(requests, reason)

    def _get_former(self):
        """Return what stood in the document before its newer version.

        Why it was rejected is told by the check.
        """
        vals = {"version_id": self.former_version_id.id, "state": self.former_state}
        if self.former_state == "rejected":
            check = self.document_id.check_ids.filtered(
                lambda check: check.outcome == "rejected"
            ).sorted("id")[-1:]
            vals["fault_id"] = check.fault_id.id
            vals["reject_note"] = check.reason
            vals["deadline"] = self.former_deadline
        return vals

    def _is_touched(self):
        """Whether somebody has verified or replaced the document since."""
        document = self.document_id
        checks = document.check_ids.filtered(lambda c: c.version_id == self.version_id)
        return bool(checks) or document.version_id != self.version_id
