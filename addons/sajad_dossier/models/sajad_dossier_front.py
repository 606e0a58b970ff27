from odoo import api, fields, models

from odoo.addons.sajad_report.tools import pdf_pages


class SajadDossierFront(models.AbstractModel):
    """What stands before the papers of a dossier in its PDF, and over them (row C10).

    Cover, contents, what is missing, and the watermark.
    """

    _name = "sajad.dossier.front"
    _description = "Cover and Contents of a Dossier"

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
            "now": fields.Datetime.now(),
            **values,
        }
        # as reports do, whose rule on the clock of papers holds here, too
        html = Report._render_template(template, values).decode()
        parts = pdf_pages.split(html, "sajad.dossier")
        # of no report: a plain PDF
        renderer = Report._get_renderer(Report, parts.stylesheets)
        return renderer.lay_out(parts.pages[0].content)
