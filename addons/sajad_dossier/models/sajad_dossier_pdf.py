import os
import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sajad_report.tools import pdf_pages

from ..tools.pdf_binder import Binder, BindError
from .sajad_dossier_content import LeftOut

TEMPORARY = "sajad-dossier-"


class SajadDossierPdf(models.AbstractModel):
    """Makes one PDF of a dossier, and lays the watermark over papers (row C10).

    Files are opened in a process of their own, see `tools/binder`; what stands before
    them is laid out here.
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
        results = binder.read(list(papers.values()))
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
        front, rows = self._make_front(bound, values)
        stamped = any(papers[version]["stamp"] for version, _pages in bound)
        path, pages = binder.write(
            front=front,
            stamp=self._make_stamp() if stamped else None,
            bookmarks=self._get_bookmarks(rows),
            info={"/Title": content.dossier.display_name},
            lang=self._get_lang(),
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
                fault = binder.read([paper])[0]["fault"]
                if not fault:
                    path, _pages = binder.write(
                        stamp=self._make_stamp(), lang=self._get_lang()
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

    # ------------------------------------------------------------
    # WHAT STANDS BEFORE AND OVER THEM
    # ------------------------------------------------------------

    @api.model
    def _get_lang(self):
        return (self.env.lang or "en_US").replace("_", "-")

    @api.model
    def _make_front(self, bound, values):
        """Return cover, contents and what is missing as PDF, and the rows of contents.

        How many pages they are is known when they are laid out; mostly as many as
        was guessed.
        """
        count = 3 if values["left_out"] else 2
        while True:
            rows = self._get_rows(bound, count)
            template = "sajad_dossier.dossier_front"
            document = self._lay_out(template, {**values, "rows": rows})
            if len(document.pages) == count:
                return document.write_pdf(), rows
            count = len(document.pages)

    @api.model
    def _get_rows(self, bound, count):
        """Return [(document, its first page)]; pages are counted from 1."""
        rows, page = {}, count + 1
        for version, pages in bound:
            rows.setdefault(version.document_id, page)
            page += pages
        return list(rows.items())

    @api.model
    def _get_bookmarks(self, rows):
        bookmarks = [
            {"title": self.env._("Cover"), "page": 0, "level": 0},
            {"title": self.env._("Contents"), "page": 1, "level": 0},
        ]
        phases = self.env["sajad.document.type"]._fields["phase"]
        names = dict(phases._description_selection(self.env))
        phase = None
        for document, page in rows:
            if document.phase != phase:
                phase = document.phase
                title = {"title": names[phase], "page": page - 1, "level": 0}
                bookmarks.append(title)
            title = {"title": document.name, "page": page - 1, "level": 1}
            bookmarks.append(title)
        return bookmarks

    @api.model
    def _make_stamp(self):
        """Return the watermark: who looks, and when, as a PDF of one page."""
        return self._lay_out("sajad_dossier.dossier_stamp", {}).write_pdf()

    @api.model
    def _lay_out(self, template, values):
        Report = self.env["ir.actions.report"]
        values = {
            **Report._prepare_pdf_values(),
            "user": self.env.user,
            "now": fields.Datetime.now(),
            **values,
        }
        html = self.env["ir.qweb"]._render(template, values)
        parts = pdf_pages.split(str(html), "sajad.dossier")
        renderer = Report._get_renderer(parts.stylesheets, None)
        return renderer.lay_out(parts.pages[0].content)

    @api.autovacuum
    def _gc_half_made(self):
        """Remove what a server that was killed left behind of files of dossiers."""
        yesterday = time.time() - 24 * 3600
        for path in Path(gettempdir()).glob(f"{TEMPORARY}*"):
            if path.is_dir() and path.stat().st_mtime < yesterday:
                shutil.rmtree(path, ignore_errors=True)
