import hashlib
import os

from odoo import api, models

from odoo.addons.sajad_base.tools.sentences import translate

from ..tools.file_source import SourceError
from .sajad_dossier_import_line import GOOD, set_page


class SajadDossierImportRead(models.AbstractModel):
    """Reads the files of a bulk upload, each once: parsed, summed up, stored (row C8).

    What was examined waits in the store of files, and is what is kept; of an upload
    that nobody keeps Odoo's cleaning removes it.
    """

    _name = "sajad.dossier.import.read"
    _description = "Reading of the Files of a Bulk Upload"

    @api.model
    def _read(self, pages, source):
        """Read files to their ends; what is wrong with one is wrong with its pages.

        :param pages: lines of `_fetch_pages`, which get what was found
        :param source: what the files are read from
        """
        read = []
        files = self._open_files(pages, source, read)
        with self._open_store() as store:
            found = self.env["sajad.upload"]._examine(files, self._make_taker(store))
            for number, (problem, mimetype, sums) in enumerate(found):
                if problem:
                    self._refuse(read[number], problem)
                else:
                    set_page(read[number], mimetype=mimetype, **sums)

    def _open_files(self, pages, source, read):
        """Yield (name, content, what is accepted) of what can be read; note which."""
        Kind = self.env["sajad.document.type"]
        accepted = {
            kind: Kind.browse(kind)._get_accepted()
            for kind in {page["type_id"] for page in pages}
        }
        for page in pages:
            content = self._get_bytes(page, source)
            if content is not None:
                read.append(page)
                yield (
                    page["path"].rpartition("/")[2],
                    content,
                    accepted[page["type_id"]],
                )

    def _open_store(self):
        return self.env["ir.attachment"]._open_durable_files()

    def _make_taker(self, store):
        """Return a function that sums a content up and stores it, in any thread.

        :param store: of `_open_store`, at whose end the files are there
        """
        # files have no rights before their rows; nothing of the database is asked
        Attachment_sudo = self.env["ir.attachment"].sudo()
        is_stored = Attachment_sudo._storage() != "db"

        def take(content):
            checksum = Attachment_sudo._compute_checksum(content)
            if is_stored:
                Attachment_sudo._add_durable_file(store, content, checksum)
            sha256 = hashlib.sha256(content).hexdigest()
            return {"sha256": sha256, "checksum": checksum, "size": len(content)}

        return take

    def _get_bytes(self, page, source):
        """Return the bytes of a file; refuse it when it cannot be read."""
        try:
            return source.get_bytes(page["key"])
        except SourceError as error:
            self._refuse(page, translate(self.env, error.sentence))
            return None

    def _refuse(self, page, sentence):
        set_page(page, result="refused", message=sentence)

    # ------------------------------------------------------------
    # READ AGAIN
    # ------------------------------------------------------------

    @api.model
    def _bring(self, documents, source):
        """Have the bytes of documents in the store; refuse what is gone or changed.

        The caller holds off the cleaning of the store.

        :param documents: lists of their pages
        """
        with self._open_store() as store:
            take = self._make_taker(store)
            for pages in documents:
                lost = [p for p in pages if not self._is_there(p, source, take)]
                for page in pages if lost else ():
                    if page["result"] in GOOD:
                        sentence = self.env._("A page of it cannot be read any more.")
                        self._refuse(page, sentence)

    def _is_there(self, page, source, take):
        # files have no rights before their rows
        Attachment_sudo = self.env["ir.attachment"].sudo()
        checksum = page["checksum"]
        path = Attachment_sudo._full_path(f"{checksum[:2]}/{checksum}")
        if os.path.isfile(path) and os.path.getsize(path) == page["size"]:
            return True
        content = self._get_bytes(page, source)
        if content is None:
            return False
        if take(content)["sha256"] != page["sha256"]:
            self._refuse(page, self.env._("It was changed after it was examined."))
            return False
        return True
