import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from .ir_attachment import DOOR


class SajadDossierDraftPage(models.Model):
    """A file of a draft, which its student may still move, replace and remove (C4)."""

    _name = "sajad.dossier.draft.page"
    _description = "Page of a Draft"
    _inherit = ["sajad.client.guard"]
    _order = "draft_id.id, sequence, id"
    _rec_name = "file_name"

    draft_id = fields.Many2one(
        "sajad.dossier.draft",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    sequence = fields.Integer(readonly=True)
    file_name = fields.Char(required=True, readonly=True)
    mimetype = fields.Char(required=True, readonly=True)
    size = fields.Integer(string="Size (Bytes)", readonly=True)
    sha256 = fields.Char(string="Checksum", required=True, readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment", readonly=True, ondelete="restrict", index="btree_not_null"
    )

    @api.model
    def _keep(self, draft, files):
        """Keep checked files behind the pages of a draft.

        :param files: list of (clean name, MIME type, content)
        """
        last = max(draft.page_ids.mapped("sequence"), default=0)
        pages = self.create(
            [
                {
                    "draft_id": draft.id,
                    "sequence": last + number,
                    "file_name": name,
                    "mimetype": mimetype,
                    "size": len(content),
                    "sha256": hashlib.sha256(content).hexdigest(),
                }
                for number, (name, mimetype, content) in enumerate(files, 1)
            ]
        )
        for page, (_name, _mimetype, content) in zip(pages, files, strict=True):
            file = self.env["ir.attachment"]._hold_dossier_file(page, content)
            page.attachment_id = file
        return pages

    def _remove(self):
        """Remove pages with their files, which no office has seen."""
        self.with_context(**{DOOR.key: DOOR}).unlink()

    def _get_attachment(self):
        """Return the file; called with elevated rights, for the student."""
        self.ensure_one()
        return self.with_context(**{DOOR.key: DOOR}).attachment_id

    def _read_checked(self):
        """Return the bytes, as they came.

        :raise UserError: the store has lost or changed them
        """
        content = self._get_attachment().raw or b""
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise UserError(
                self.env._(
                    "%(name)s cannot be read any more. Remove it and send it again.",
                    name=self.file_name,
                )
            )
        return content

    # ------------------------------------------------------------
    # WHAT THE STUDENT DOES WITH THEM
    # ------------------------------------------------------------

    def _move(self, step):
        """Put a page before (-1) or behind (1) its neighbour."""
        self.draft_id.item_id._lock_for_student()
        pages = list(self.draft_id.page_ids.sorted())
        place = pages.index(self)
        other = place + step
        if 0 <= other < len(pages):
            pages[place], pages[other] = pages[other], pages[place]
            for sequence, page in enumerate(pages, 1):
                page.sequence = sequence

    def _drop(self):
        """Take a page out of its draft."""
        draft = self.draft_id
        draft.item_id._lock_for_student()
        self._remove()
        draft._close_up()

    def _replace(self, files):
        """Put another file in the place of a page.

        :param files: list of (name, content), of which one is taken
        :return: sentences on what was not taken; the page stays then
        """
        draft, sequence = self.draft_id, self.sequence
        draft.item_id._lock_for_student()
        before = draft.page_ids
        problems = draft._add_pages(files[:1], replaced=self)
        if new := draft.page_ids - before:
            new.sequence = sequence
            self._remove()
            draft._close_up()
        return problems
