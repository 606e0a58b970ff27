import hashlib
from contextlib import contextmanager

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.sajad_base.tools.file_check import guess_type
from odoo.addons.sajad_base.tools.sentences import translate

from ..tools.file_source import SourceError

RESULTS = [
    ("waiting", "Being Examined"),
    ("new", "New Document"),
    ("version", "Newer Version"),
    ("same", "There Already"),
    ("refused", "Refused"),
]
GOOD = ("new", "version")
# bytes that are held in memory at once
WINDOW = 32 * 1024**2


class SajadDossierImportLine(models.Model):
    """A file of a bulk upload, and what became of it (row C8).

    Pages of one document have the first one as their head, and one verdict.
    """

    _name = "sajad.dossier.import.line"
    _description = "File of a Bulk Upload"
    _order = "import_id, path, id"
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

    # ------------------------------------------------------------
    # WORK IN THE BACKGROUND
    # ------------------------------------------------------------

    def _batch_examine(self):
        """Read documents and say what would become of them; see `sajad.batch`."""
        Judge = self.env["sajad.dossier.import.judge"]
        with self._open_parts() as (source, parts):
            for heads_sudo in parts:
                heads_sudo._get_pages()._examine(source)
                Judge._judge(heads_sudo, is_new=True)
        self.import_id._settle()

    def _batch_keep(self):
        """Keep documents, with the pages of each; see `sajad.batch`."""
        Judge = self.env["sajad.dossier.import.judge"]
        with self._open_parts() as (source, parts):
            for heads_sudo in parts:
                todo_sudo = heads_sudo.filtered(lambda head: not head.is_kept)
                # the dossiers may have changed since the files were examined
                Judge._judge(todo_sudo)
                good_sudo = todo_sudo.filtered(lambda head: head.result in GOOD)
                self.env["sajad.dossier.import.keep"]._keep(good_sudo, source)
        self.import_id._settle()

    @contextmanager
    def _open_parts(self):
        """Open the source, and divide heads so that their files fit into memory."""
        # lines are written by this model alone; whoever asked made the upload
        heads_sudo = self.sudo()
        with heads_sudo.import_id._open_source() as source:
            yield source, heads_sudo._divide()

    def _divide(self):
        part, size = self.browse(), 0
        pages = self._get_pages().grouped("head_id")
        for head in self:
            own = sum(pages[head].mapped("size"))
            if part and size + own > WINDOW:
                yield part
                part, size = self.browse(), 0
            part |= head
            size += own
        if part:
            yield part

    def _get_pages(self):
        """Return the lines of the documents of these heads, in order."""
        return self.search([("head_id", "in", self.ids)], order="head_id, page, id")

    # ------------------------------------------------------------
    # EXAMINE
    # ------------------------------------------------------------

    def _examine(self, source):
        """Read files to their ends; what is wrong with one is wrong with its pages."""
        files = []
        for line in self:
            content = line._read(source)
            if content is not None:
                name = line.path.rpartition("/")[2]
                files.append((line, name, content, line.type_id._get_accepted()))
        problems = self.env["sajad.upload"]._get_problems([file[1:] for file in files])
        for (line, _name, content, _accepted), problem in zip(
            files, problems, strict=True
        ):
            if problem:
                line._refuse(problem)
            else:
                digest = hashlib.sha256(content).hexdigest()
                line.write({"mimetype": guess_type(content), "sha256": digest})

    def _read(self, source):
        """Return the bytes of a file; refuse it when it cannot be read."""
        try:
            return source.get_bytes(self.key)
        except SourceError as error:
            self._refuse(translate(self.env, error.sentence))
            return None

    def _read_again(self, source):
        """Return the bytes of a file when they are those that were examined."""
        content = self._read(source)
        if content is not None and hashlib.sha256(content).hexdigest() != self.sha256:
            self._refuse(self.env._("It was changed after it was examined."))
            return None
        return content

    def _refuse(self, sentence):
        self.write({"result": "refused", "message": sentence})

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
            head.document_id.write(
                {"version_id": head.former_version_id.id, "state": head.former_state}
            )
        # counts follow, whoever caused them
        dossiers.sudo()._count_up()
        requests = heads_sudo.import_id.request_ids
        self.env["sajad.engine"]._end_empty(requests, reason)

    def _is_touched(self):
        """Whether somebody has verified or replaced the document since."""
        document = self.document_id
        checks = document.check_ids.filtered(lambda c: c.version_id == self.version_id)
        return bool(checks) or document.version_id != self.version_id
