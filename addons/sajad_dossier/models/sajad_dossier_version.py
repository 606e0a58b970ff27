import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError

from odoo.addons.sajad_base.tools.file_check import guess_type
from odoo.addons.sajad_base.tools.sentences import list_quoted

from .ir_attachment import DOOR, SHREDDER


class SajadDossierVersion(models.Model):
    """A file as it came, with its checksum; none is ever changed (row C2).

    A paper that came in several files has them as pages of one number.

    The bytes that were sent are the bytes that are kept: pictures are not made
    smaller. Nobody reaches the attachment but through `_get_attachment`, and who looks
    is written down.
    """

    _name = "sajad.dossier.version"
    _description = "Version of a Document"
    _inherit = ["sajad.client.guard"]
    _order = "document_id.id, number desc, page"
    _rec_name = "file_name"

    document_id = fields.Many2one(
        "sajad.dossier.document",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    page = fields.Integer(required=True, readonly=True, default=1, aggregator=None)
    file_name = fields.Char(required=True, readonly=True)
    mimetype = fields.Char(required=True, readonly=True)
    size = fields.Integer(string="Size (Bytes)", readonly=True, aggregator=None)
    sha256 = fields.Char(
        string="Checksum",
        required=True,
        readonly=True,
        index=True,
        help="SHA-256 of the bytes as they came.",
    )
    attachment_id = fields.Many2one(
        "ir.attachment",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        groups="base.group_no_one",
    )
    date_destroyed = fields.Datetime(string="Destroyed on", readonly=True)

    _number_uniq = models.Constraint(
        "unique(document_id, number, page)", "This version is there already."
    )

    def write(self, vals):
        """Refuse: a version is as it came.

        :raise AccessError: it has its file already
        """
        is_shredding = self.env.context.get(DOOR.key) is SHREDDER
        if not is_shredding and self.filtered(
            lambda version: version.attachment_id or version.date_destroyed
        ):
            raise AccessError(self.env._("A version is never changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("A version is never deleted."))

    # ------------------------------------------------------------
    # KEEP
    # ------------------------------------------------------------

    @api.model
    def _keep(self, document, name, content):
        """Keep a file as the next version of a document.

        Called with elevated rights; the caller has checked who may.

        :raise UserError: the file is not acceptable, or is there already
        """
        name, mimetype = self._check_content(document.type_id, name, content)
        return self._keep_pages(document, [(name, mimetype, content)])

    @api.model
    def _keep_pages(self, document, pages):
        """Keep files that were checked as the pages of the next version.

        Called with elevated rights; the caller has checked who may.

        :param pages: list of (clean name, MIME type, content), in their order
        :return: the first page
        :raise UserError: the newest version has the same files
        """
        sums = [hashlib.sha256(content).hexdigest() for *_file, content in pages]
        if sums == document.version_id._get_pages().mapped("sha256"):
            names = list_quoted(self.env, [name for name, *_file in pages])
            raise UserError(
                self.env._("%(name)s is the file that is there already.", name=names)
            )
        # two that send at once get two numbers: Odoo repeats the later one
        if not document.try_lock_for_update():
            raise ConcurrencyError(self.env._("The document is being sent already."))
        number = max(document.version_ids.mapped("number"), default=0) + 1
        versions = self.create(
            [
                {
                    "document_id": document.id,
                    "number": number,
                    "page": page,
                    "file_name": name,
                    "mimetype": mimetype,
                    "size": len(content),
                    "sha256": digest,
                }
                for page, ((name, mimetype, content), digest) in enumerate(
                    zip(pages, sums, strict=True), 1
                )
            ]
        )
        for version, (_name, _mimetype, content) in zip(versions, pages, strict=True):
            file = self.env["ir.attachment"]._hold_dossier_file(version, content)
            version.attachment_id = file
        return versions[0]

    @api.model
    def _check_content(self, document_type, name, content):
        """Return the clean name and the type of a file that the document may be.

        :raise UserError: the file is not acceptable
        """
        taken, problems = self._check_files(document_type, [(name, content)])
        if problems:
            raise UserError("\n".join(problems))
        return taken[0][:2]

    @api.model
    def _check_files(self, document_type, files, kept_count=0):
        """Return the files that pages of a document may be, and what is wrong.

        :param files: list of (name, content)
        :param kept_count: how many pages there are already
        :return: (list of (clean name, MIME type, content), list of sentences)
        """
        accepted = document_type._get_accepted()
        taken, problems = self.env["sajad.upload"]._check(files, accepted, kept_count)
        pages = [
            (name, accepted.find_type(name, guess_type(content)).mimetype, content)
            for name, content in taken
        ]
        return pages, problems

    # ------------------------------------------------------------
    # READ
    # ------------------------------------------------------------

    def _get_pages(self):
        """Return all pages of the same number, in their order."""
        pages = self.document_id.version_ids.filtered(
            lambda version: version.number == self.number
        )
        return pages.sorted("page")

    def _is_own(self):
        """Whether it is a paper of the user's dossier, and not one between offices."""
        self.ensure_one()
        # whose it is, is asked before anything of it is told
        document_sudo = self.sudo().document_id
        own = document_sudo.dossier_id.partner_id == self.env.user.partner_id
        shown = document_sudo._filter_for_student()
        return own and bool(shown) and not document_sudo.date_deleted

    def _destroy(self):
        """Remove the files for good; name, size and checksum stay (row C2).

        Called with elevated rights for a list of destruction that two approved.
        """
        versions = self.with_context(**{DOOR.key: SHREDDER})
        attachments = versions.attachment_id
        now = fields.Datetime.now()
        versions.write({"attachment_id": False, "date_destroyed": now})
        attachments.unlink()
        self.env["sajad.dossier.text"]._forget(self)

    def _get_attachment(self):
        """Return the file with elevated rights, for who may read the version.

        Those are the offices that keep the dossier, and its student.

        :raise AccessError: the user may not
        """
        self.ensure_one()
        if not self._is_own():
            self.check_access("read")
        # the attachment has no reader of its own; who may was asked above
        return self.sudo().with_context(**{DOOR.key: DOOR}).attachment_id

    def _find_store_fault(self):
        """Return what became of the file in the store, and how many bytes are there.

        Called with elevated rights.

        :return: ("" or a kind of `sajad.dossier.store.fault`, bytes)
        """
        self.ensure_one()
        attachment = self.with_context(**{DOOR.key: DOOR}).attachment_id
        attachment.invalidate_recordset(["raw"])
        content = attachment.raw or b""
        # files of a whole check would not go into memory
        attachment.invalidate_recordset(["raw"])
        if hashlib.sha256(content).hexdigest() == self.sha256:
            return "", len(content)
        if not content and not attachment._is_in_store():
            return "missing", 0
        return ("cut" if len(content) < self.size else "altered"), len(content)

    def _get_shown_type(self):
        """Return the type in which its address serves the file (row C10).

        With a watermark everything is a page of a PDF: its letters are as sharp as
        those below, and the picture is not made anew.
        """
        self.ensure_one()
        is_marked = self.document_id.type_id.is_watermarked
        return "application/pdf" if is_marked else self.mimetype

    def _get_url(self):
        self.ensure_one()
        return f"/sajad/dossier/file/{self.id}"
