import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

# of one student in one dossier, submitted or not
QUOTA_FILES = 300
QUOTA_SIZE = 300 * 1024**2


class SajadDossierDraft(models.Model):
    """What a student has put together for the checklist and not submitted (row C4).

    Nobody has rights on it: the portal shows it to the student, and no office sees its
    pages. They may come and go; from the submission on nothing is lost any more.
    """

    _name = "sajad.dossier.draft"
    _description = "Draft of a Document"
    _inherit = ["sajad.client.guard"]
    _rec_name = "item_id"

    item_id = fields.Many2one(
        "sajad.dossier.item",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    dossier_id = fields.Many2one(related="item_id.dossier_id", store=True, index=True)
    type_id = fields.Many2one(
        "sajad.document.type", required=True, readonly=True, ondelete="restrict"
    )
    page_ids = fields.One2many("sajad.dossier.draft.page", "draft_id", string="Pages")

    _item_uniq = models.Constraint("unique(item_id)", "There is a draft already.")

    # ------------------------------------------------------------
    # PAGES
    # ------------------------------------------------------------

    @api.model
    def _take(self, item, document_type, files):
        """Add files as pages to the draft of an entry of the checklist.

        Called with elevated rights; the caller has checked whose entry it is.

        :param files: list of (name, content) as they came
        :return: sentences on the files that were not taken
        :raise UserError: the entry takes no files now
        """
        item._lock_for_student()
        item._check_can_bring()
        if document_type not in item._get_portal_types():
            raise UserError(self.env._("Choose which document you bring."))
        draft = item.draft_ids
        if not draft:
            draft = self.create({"item_id": item.id, "type_id": document_type.id})
        elif draft.type_id != document_type:
            # its pages were checked for the other kind
            draft._change_type(document_type)
        problems = draft._add_pages(files)
        draft._close_up()
        return problems

    def _add_pages(self, files, replaced=None):
        """Add files, behind the pages or for one that goes; return what is wrong."""
        kept = self.page_ids - replaced if replaced else self.page_ids
        there = set(kept.mapped("sha256"))
        new, problems = [], []
        for name, content in files:
            digest = hashlib.sha256(content).hexdigest()
            if digest in there:
                # sent twice, by a second click or by mistake
                problems.append(
                    self.env._("%(name)s is among the pages already.", name=name)
                )
            else:
                new.append((name, content))
                there.add(digest)
        Version = self.env["sajad.dossier.version"]
        pages, faults = Version._check_files(self.type_id, new, len(kept))
        if problem := self._get_quota_problem(pages):
            return [*problems, *faults, problem]
        self.env["sajad.dossier.draft.page"]._keep(self, pages)
        return [*problems, *faults]

    def _change_type(self, document_type):
        if self.page_ids:
            raise UserError(
                self.env._(
                    "The pages below are of %(name)s. Remove them first to bring "
                    "another document.",
                    name=self.type_id.name,
                )
            )
        self.type_id = document_type

    def _get_quota_problem(self, pages):
        """Return a sentence when the student has sent too much for one dossier."""
        kept = self.env["sajad.dossier.draft.page"]._read_group(
            [("draft_id.dossier_id", "=", self.dossier_id.id)],
            aggregates=["__count", "size:sum"],
        )
        sent = self.env["sajad.dossier.version"]._read_group(
            [
                ("document_id.dossier_id", "=", self.dossier_id.id),
                ("create_uid", "=", self.env.uid),
            ],
            aggregates=["__count", "size:sum"],
        )
        count = len(pages) + sum(number for number, _size in kept + sent)
        size = sum(len(content) for *_file, content in pages)
        size += sum(size or 0 for _number, size in kept + sent)
        if count <= QUOTA_FILES and size <= QUOTA_SIZE:
            return ""
        return self.env._(
            "You have sent very many files for this dossier: at most %(count)s and "
            "%(size)s MB in all. Ask the office that keeps your dossier.",
            count=QUOTA_FILES,
            size=QUOTA_SIZE // 1024**2,
        )

    def _get_shown(self):
        """Return what a form says of the pages that it shows, in their order."""
        return "-".join(str(page.id) for page in self.page_ids.sorted())

    def _close_up(self):
        """Number the pages, forget drafts without any, and count the dossiers."""
        dossiers = self.dossier_id
        for draft in self:
            for sequence, page in enumerate(draft.page_ids.sorted(), 1):
                page.sequence = sequence
        self.filtered(lambda draft: not draft.page_ids).unlink()
        dossiers._count_up()

    def _discard(self):
        """Throw drafts away, with their pages."""
        self.item_id._lock_for_student()
        self.page_ids._remove()
        self._close_up()

    # ------------------------------------------------------------
    # SUBMIT
    # ------------------------------------------------------------

    def _submit(self):
        """Submit drafts for good: offices see them from now on.

        Called with elevated rights; the caller has checked whose they are. Drafts that
        are gone were submitted by another window, and nothing is done twice.

        :return: the documents
        """
        drafts = self.exists()
        drafts.item_id._lock_for_student()
        drafts.item_id._check_can_bring()
        documents = self.env["sajad.dossier.document"]
        for draft in drafts:
            documents |= draft._make_document()
        dossiers = drafts.dossier_id
        drafts.page_ids._remove()
        drafts.unlink()
        dossiers._count_up()
        return documents

    def _make_document(self):
        """Return the document with the pages as its new version.

        What was rejected gets a better version, anything else is a document of its own.
        """
        pages = [
            (page.file_name, page.mimetype, page._read_checked())
            for page in self.page_ids.sorted()
        ]
        document = self.item_id._get_live_documents().filtered(
            lambda d: d.state == "rejected" and d.type_id == self.type_id
        )[:1]
        if not document:
            vals = {"item_id": self.item_id.id}
            Document = self.env["sajad.dossier.document"]
            document = Document._open(self.dossier_id, self.type_id, vals)
        Version = self.env["sajad.dossier.version"]
        document._take_version(Version._keep_pages(document, pages))
        return document
