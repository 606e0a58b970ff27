import os
import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from odoo import api, models
from odoo.exceptions import UserError

from ..tools.pdf_binder import Binder, BindError
from .sajad_dossier_content import LeftOut

TEMPORARY = "sajad-dossier-"


class SajadDossierPdf(models.AbstractModel):
    """Makes one PDF of a dossier, and lays the watermark over papers (row C10).

    Files are opened in a process of their own, see `tools/binder`; what stands before
    and over them is laid out by `sajad.dossier.front`.
    """

    _name = "sajad.dossier.pdf"
    _description = "Dossier as PDF"

    @api.model
    def _make(self, content, prepare):
        """Return the PDF of a dossier.

        :param content: of `sajad.dossier.content`
        :param prepare: function of (bound papers, what was left out) that returns what
            the cover says of the export
        :return: (bytes, number of pages)
        :raise UserError: it took too much time or memory
        """
        try:
            with TemporaryDirectory(prefix=TEMPORARY) as folder, Binder(folder) as it:
                return self._bind(it, content, prepare)
        except BindError as error:
            raise UserError(
                self.env._(
                    "These files take too much time or memory to be bound into one "
                    "PDF. Take the dossier out as an archive."
                )
            ) from error

    @api.model
    def _bind(self, binder, content, prepare):
        papers, left_out = self._save_papers(content.documents, binder.folder)
        results = binder.examine(list(papers.values()))
        read = list(zip(papers, results, strict=True))
        left_out = content.left_out + left_out + self._get_left_out(read)
        bound = [(version, result["pages"]) for version, result in read]
        bound = [pair for pair in bound if pair[1]]
        values = {
            "doc": content.dossier,
            "references": content.references,
            "left_out": left_out,
            **prepare([version for version, _pages in bound], left_out),
        }
        Front = self.env["sajad.dossier.front"]
        front, rows = Front._make_front(bound, values)
        stamped = any(papers[version]["stamp"] for version, _pages in bound)
        path, pages = binder.bind(
            front=front,
            stamp=Front._make_stamp() if stamped else None,
            bookmarks=Front._get_bookmarks(rows),
            info={"/Title": content.dossier.display_name},
            lang=Front._get_lang(),
        )
        with open(path, "rb") as file:
            return file.read(), pages

    @api.model
    def _mark(self, version):
        """Return a file as PDF with the watermark of the user over its pages.

        :param version: with elevated rights
        :raise UserError: it cannot be read
        """
        content = self.env["sajad.dossier.content"]._read_file(version)
        if content is None:
            raise UserError(self.env["sajad.dossier.content"]._get_altered(version).why)
        with TemporaryDirectory(prefix=TEMPORARY) as folder, Binder(folder) as binder:
            paper = {**self._save_paper(version, content, folder), "stamp": True}
            try:
                fault = binder.examine([paper])[0]["fault"]
                if not fault:
                    Front = self.env["sajad.dossier.front"]
                    path, _pages = binder.bind(
                        stamp=Front._make_stamp(), lang=Front._get_lang()
                    )
                    with open(path, "rb") as file:
                        return file.read()
            except BindError:
                fault = "heavy"
        raise UserError(self._get_faults()[fault])

    # ------------------------------------------------------------
    # PAPERS
    # ------------------------------------------------------------

    @api.model
    def _save_papers(self, documents, folder):
        """Return {version: paper} of those whose bytes are what came, and the rest."""
        Content = self.env["sajad.dossier.content"]
        papers, altered = {}, []
        for version in (page for document in documents for page in document.page_ids):
            content = Content._read_file(version)
            if content is None:
                altered.append(Content._get_altered(version))
            else:
                papers[version] = self._save_paper(version, content, folder)
        return papers, altered

    @api.model
    def _save_paper(self, version, content, folder):
        path = os.path.join(folder, str(version.id))
        with open(path, "wb") as file:
            file.write(content)
        return {
            "path": path,
            "mimetype": version.mimetype,
            "stamp": version.document_id.type_id.is_watermarked,
        }

    @api.model
    def _get_left_out(self, read):
        """Return what could not be bound, and what was taken out of what was."""
        faults, dropped = self._get_faults(), self._get_dropped()
        found = []
        for version, result in read:
            name = version.document_id.name
            if result["fault"]:
                found.append(LeftOut(name, faults[result["fault"]]))
            found += [LeftOut(name, dropped[kind]) for kind in result["dropped"]]
        return found

    @api.model
    def _get_faults(self):
        return {
            "damaged": self.env._("Its file is damaged and cannot be read."),
            "password": self.env._("Its file is protected with a password."),
            "heavy": self.env._("Its file takes too much time or memory to be read."),
            "pages": self.env._("The PDF would have more than 5,000 pages."),
        }

    @api.model
    def _get_dropped(self):
        return {
            "attachments": self.env._("Only its pages are here, not the files in it."),
            "forms": self.env._("Fields of a form that show nothing by themselves."),
            "layers": self.env._("All of its layers are shown."),
            "links": self.env._("Its links do not work here."),
            "media": self.env._("Only its pages are here, not its sound or film."),
            "scripts": self.env._("What runs by itself was taken out of it."),
            "signatures": self.env._(
                "It is signed electronically: the signature holds for the original "
                "file alone."
            ),
        }

    @api.autovacuum
    def _gc_half_made(self):
        """Remove what a server that was killed left behind of files of dossiers."""
        yesterday = time.time() - 24 * 3600
        for path in Path(gettempdir()).glob(f"{TEMPORARY}*"):
            if path.is_dir() and path.stat().st_mtime < yesterday:
                shutil.rmtree(path, ignore_errors=True)
