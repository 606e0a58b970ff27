from odoo import api, models
from odoo.tools import SQL
from odoo.tools.osutil import clean_filename

from odoo.addons.sajad_base.tools.student_bulk import insert, take_ids
from odoo.addons.sajad_persian.tools.normalize import make_search_key
from odoo.addons.sajad_persian.tools.spelling import get_key_texts

from .ir_attachment import DOOR

ITEMS = """
SELECT DISTINCT ON (i.dossier_id, r.type_id) i.dossier_id, r.type_id, i.id
  FROM sajad_dossier_item i
  JOIN sajad_requirement_type_rel r ON r.requirement_id = i.requirement_id
 WHERE i.dossier_id IN %(dossiers)s AND r.type_id IN %(types)s
 ORDER BY i.dossier_id, r.type_id, i.phase, i.sequence, i.id
"""
# what follows from the dossier, the kind and the name, and is written here
DONE = {"faculty_id", "phase", "is_sensitive", "search_key"}


class SajadDossierImportKeep(models.AbstractModel):
    """Keeps the documents of a bulk upload, each kind of row in one statement (C8).

    What `sajad.dossier.document._add` does for one file; the files go into the store
    by the way of Odoo's attachments, after their rows.
    """

    _name = "sajad.dossier.import.keep"
    _description = "Keeping of the Files of a Bulk Upload"

    @api.model
    def _keep(self, heads, source):
        """Keep documents that were judged good just now.

        :param heads: lines of first pages, with elevated rights
        :param source: what the files are read from
        """
        contents = {}
        for pages in heads._get_pages().grouped("head_id").values():
            contents |= self._read_pages(pages, source)
        heads = heads.filtered(lambda head: head in contents)
        if heads:
            pages = heads._get_pages()
            self._open_dossiers(heads)
            self._insert_documents(heads)
            self._insert_versions(pages, contents)
            pages.is_kept = True
            for page in pages - heads:
                page.document_id = page.head_id.document_id
            heads.document_id.dossier_id._count_up()
            self._send(heads)

    def _read_pages(self, pages, source):
        """Return {page: content} of a document, or nothing: all of it or none."""
        contents = {page: page._read_again(source) for page in pages}
        if None not in contents.values():
            return contents
        sentence = self.env._("A page of it cannot be read any more.")
        pages.filtered(lambda page: page.result != "refused")._refuse(sentence)
        return {}

    def _send(self, heads):
        """Send on dossiers that have all they need; note which were not sent."""
        dossiers = heads.document_id.dossier_id
        problems = dossiers._send_complete(dossier_import_id=heads.import_id.id)
        for head in heads:
            if problem := problems.get(head.document_id.dossier_id):
                head.message = self.env._(
                    "Kept, but not sent for verification: %(reason)s", reason=problem
                )

    # ------------------------------------------------------------
    # ROWS
    # ------------------------------------------------------------

    def _open_dossiers(self, heads):
        """Open dossiers of students who have none; who may is asked there."""
        students = heads.student_id.filtered(lambda student: not student.dossier_ids)
        Dossier = self.env["sajad.dossier"]
        Dossier.create([{"student_id": student.id} for student in students])
        students.invalidate_recordset(["dossier_ids"])

    def _insert_documents(self, heads):
        new = heads.filtered(lambda head: head.result == "new")
        items = self._get_items(new)
        # names in the language of the person, as when files are added by hand
        kinds = {kind.id: kind for kind in heads.type_id.with_env(self.env)}
        keys = {
            kind.id: make_search_key(get_key_texts("text", kind.name))
            for kind in kinds.values()
        }
        rows = []
        for head in new:
            kind, dossier = kinds[head.type_id.id], head.student_id.dossier_ids
            rows.append(
                {
                    "dossier_id": dossier.id,
                    "type_id": kind.id,
                    "item_id": items.get((dossier.id, kind.id)),
                    "name": kind.name,
                    "state": "draft",
                    "faculty_id": dossier.faculty_id.id,
                    "phase": kind.phase,
                    "is_sensitive": kind.is_sensitive,
                    "search_key": keys[kind.id],
                }
            )
        # nobody writes documents by hand; who may was asked by the verdict
        Document_sudo = self.env["sajad.dossier.document"].sudo()
        for head, document in zip(new, insert(Document_sudo, rows, DONE), strict=True):
            head.document_id = document

    def _get_items(self, heads):
        """Return {(dossier, kind): the entry of the checklist}, the first of each."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                ITEMS,
                dossiers=tuple(heads.student_id.dossier_ids.ids) or (0,),
                types=tuple(heads.type_id.ids) or (0,),
            )
        )
        return {(dossier, kind): item for dossier, kind, item in rows}

    def _insert_versions(self, pages, contents):
        # versions, attachments and looks are the system's own
        Version_sudo = self.env["sajad.dossier.version"].sudo()
        ids = take_ids(Version_sudo, len(pages))
        attachments = self._insert_attachments(ids, pages, contents)
        numbers = {
            document: max(document.version_ids.mapped("number"), default=0) + 1
            for document in pages.head_id.document_id
        }
        rows = []
        for page, version_id, attachment in zip(pages, ids, attachments, strict=True):
            document = page.head_id.document_id
            rows.append(
                {
                    "id": version_id,
                    "document_id": document.id,
                    "number": numbers[document],
                    "page": page.page or 1,
                    "file_name": attachment["name"],
                    "mimetype": page.mimetype,
                    "size": len(contents[page]),
                    "sha256": page.sha256,
                    "attachment_id": attachment["id"],
                }
            )
        versions = insert(Version_sudo, rows)
        for page, version in zip(pages, versions, strict=True):
            page.version_id = version
            if page.head_id == page:
                page.document_id._take_version(version)
        self.env["sajad.dossier.access"]._note(versions, "import")

    def _insert_attachments(self, ids, pages, contents):
        """Return the rows of the files; their bytes are in the store."""
        # the door of dossiers is open to the model of versions alone; who may was asked
        Attachment_sudo = (
            self.env["ir.attachment"].sudo().with_context(**{DOOR.key: DOOR})
        )
        rows, stored = [], {}
        for version_id, page in zip(ids, pages, strict=True):
            content = contents[page]
            values = Attachment_sudo._get_datas_related_values(content, page.mimetype)
            stored[values["checksum"]] = content
            rows.append(
                {
                    **{key: value or None for key, value in values.items()},
                    "name": clean_filename(page.path.rpartition("/")[2])[-100:],
                    "mimetype": page.mimetype,
                    "res_model": "sajad.dossier.version",
                    "res_id": version_id,
                }
            )
        insert(Attachment_sudo, rows)
        if Attachment_sudo._storage() != "db":
            # after the rows: they keep the store's cleaning from running now
            for checksum, content in stored.items():
                Attachment_sudo._file_write(content, checksum)
        return rows
