import io

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.safe_eval import safe_eval, time

import odoo.addons

from ..tools import pdf_pages, pdf_workers
from ..tools.pdf_code import get_qr_uri

ENGINE = "weasyprint"


class IrActionsReport(models.Model):
    """Reports that WeasyPrint turns into PDF (row E4).

    Buttons, routes, attachments and mails are Odoo's own: only the part between the
    HTML of a report and its PDF is replaced, and only where the report says so.
    """

    _inherit = "ir.actions.report"

    # Not required: modules that load before ours make reports without knowing it.
    pdf_engine = fields.Selection(
        [(ENGINE, "WeasyPrint")],
        string="PDF Engine",
        help="WeasyPrint shapes Persian, and needs templates made for it. Empty: "
        "Odoo's own engine, wkhtmltopdf.",
    )
    pdf_variant = fields.Selection(
        [
            ("pdf/a-3u", "PDF/A-3u (Archive)"),
            ("pdf/a-3a", "PDF/A-3a (Archive, Tagged)"),
            ("pdf/ua-1", "PDF/UA-1 (Accessible)"),
        ],
        string="PDF Standard",
        help="For the document of one record: several that are printed together are "
        "joined to a plain PDF.",
    )

    def _get_readable_fields(self):
        # the web client asks for wkhtmltopdf before it downloads, except for ours
        return super()._get_readable_fields() | {"pdf_engine"}

    def report_action(self, docids, data=None, config=True):
        """Tell the client the engine; ours has no layout to be chosen first."""
        config = config and self.pdf_engine != ENGINE
        action = super().report_action(docids, data=data, config=config)
        if self.pdf_engine == ENGINE:
            action["pdf_engine"] = ENGINE
        return action

    @api.model
    def _get_file_name(self, report_ref, record, kind="pdf"):
        """Return what the file of a record is called in the reader's language.

        As Odoo calls it when a button prints it; for pages that hand it out themselves.
        """
        report = self._get_report(report_ref)
        name = safe_eval(report.print_report_name, {"object": record, "time": time})
        return f"{name}.{kind}"

    # ------------------------------------------------------------
    # RENDERING
    # ------------------------------------------------------------

    def _get_rendering_context(self, report, docids, data):
        if report.pdf_engine == ENGINE:
            self._check_may_print(report, docids)
        values = super()._get_rendering_context(report, docids, data)
        if report.pdf_engine == ENGINE:
            values.update(self._prepare_pdf_values())
        return values

    @api.model
    def _check_may_print(self, report, res_ids):
        """Check the groups of the report, and that the user may read the records.

        The routes of reports ask for neither: they rely on the template, and a PDF
        that is kept needs no template.
        """
        if self.env.su:
            return
        groups = report.group_ids
        if groups and not groups & self.env.user.all_group_ids:
            raise AccessError(self.env._("You may not print this report."))
        if res_ids:
            self.env[report.model].browse(res_ids).check_access("read")

    def _prepare_pdf_values(self):
        """Return what templates of ours use beside the records."""
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return {
            "report_lang": (lang.code or "en_US").replace("_", "-"),
            "report_dir": lang.direction or "ltr",
            "get_qr_uri": get_qr_uri,
        }

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report_sudo = self._get_report(report_ref)
        if report_sudo.pdf_engine != ENGINE:
            return super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=res_ids
            )
        self._check_may_print(report_sudo, res_ids)
        if not res_ids or len(res_ids) != len(set(res_ids)):
            return self._render_pdf_joined(report_sudo, res_ids, data)
        streams = self._get_kept_streams(report_sudo, res_ids)
        missing = [i for i, found in streams.items() if not found["stream"]]
        for res_id, content in self._render_pdf_each(report_sudo, missing, data):
            streams[res_id]["stream"] = io.BytesIO(content)
        return streams

    def _render_pdf_each(self, report, res_ids, data):
        """Yield (id, PDF) of each record.

        The templates are rendered for all at once, so that records are read together.
        Many are laid out by several processes: it is all of the time.
        """
        if not res_ids:
            return
        parts, sheets = self._prepare_pdf(report, res_ids, data)
        if sorted(page.res_id or 0 for page in parts.pages) != sorted(res_ids):
            raise UserError(
                self.env._(
                    "The template of %(report)s does not give one page to each record.",
                    report=report.name,
                )
            )
        contents = [page.content for page in parts.pages]
        if len(contents) >= pdf_workers.MANY:
            papers = self._render_in_workers(report, sheets, contents)
        else:
            papers = map(self._get_renderer(report, sheets).render, contents)
        yield from zip((page.res_id for page in parts.pages), papers, strict=True)

    @api.model
    def _render_in_workers(self, report, sheets, contents):
        """Return the PDF of each HTML document, in their order."""
        try:
            return pdf_workers.render_many(
                list(odoo.addons.__path__), sheets, report.pdf_variant or None, contents
            )
        except pdf_workers.WorkerError as error:
            raise UserError(
                self.env._("The papers could not be laid out. Print fewer at once.")
            ) from error

    def _render_pdf_joined(self, report, res_ids, data):
        """Return one PDF: of no record, or of records that are asked for twice."""
        parts, sheets = self._prepare_pdf(report, res_ids, data)
        renderer = self._get_renderer(report, sheets)
        documents = [renderer.lay_out(page.content) for page in parts.pages]
        stream = io.BytesIO(renderer.join(documents))
        return {False: {"stream": stream, "attachment": None}}

    def _prepare_pdf(self, report, res_ids, data):
        """Return the HTML of the records in parts, and its stylesheets."""
        data = {"report_type": "pdf", "debug": False, **(data or {})}
        without_debug = self.with_context(debug=False)
        content = without_debug._render_qweb_html(report, res_ids, data=data)[0]
        parts = pdf_pages.split(content, report.model)
        sheets = [*parts.stylesheets, ("text", report._get_page_css(parts.options))]
        return parts, sheets

    @api.model
    def _get_renderer(self, report, stylesheets):
        try:
            # loads libraries of the system: a server without them runs all the same
            from ..tools.pdf_render import Renderer  # noqa: PLC0415
        except OSError as error:
            raise UserError(
                self.env._(
                    "The server lacks the libraries that print PDF: %(error)s",
                    error=error,
                )
            ) from error
        folders = list(odoo.addons.__path__)
        return Renderer(folders, stylesheets, report.pdf_variant or None)

    def _get_page_css(self, options):
        """Return the paper as CSS, where the report or the caller names one.

        :param options: the data-report-* attributes of the template
        """
        self.ensure_one()
        paper = self.paperformat_id
        landscape = bool(
            self.env.context.get("landscape")
            or options.get("data-report-landscape")
            or paper.orientation == "Landscape"
        )
        rules = []
        if paper.format == "custom" and paper.page_width and paper.page_height:
            sides = sorted((paper.page_width, paper.page_height), reverse=landscape)
            rules.append(f"size: {sides[0]}mm {sides[1]}mm")
        elif paper or landscape:
            size = paper.format if paper.format in ("A3", "A5", "B4", "B5") else "A4"
            rules.append(f"size: {size} {'landscape' if landscape else 'portrait'}")
        for side in ("top", "bottom", "left", "right") if paper else ():
            rules.append(f"margin-{side}: {paper[f'margin_{side}']}mm")
        return f"@page {{ {'; '.join(rules)} }}" if rules else ""

    # ------------------------------------------------------------
    # KEPT DOCUMENTS
    # ------------------------------------------------------------

    def _get_kept_streams(self, report, res_ids):
        """Return {id: {"stream", "attachment"}}, with the PDF where it is kept."""
        streams = {}
        keeps = report.attachment and not self.env.context.get(
            "report_pdf_no_attachment"
        )
        for record in self.env[report.model].browse(res_ids):
            kept = report.retrieve_attachment(record) if keeps else None
            streams[record.id] = {
                "stream": io.BytesIO(kept.raw)
                if kept and report.attachment_use
                else None,
                "attachment": kept,
            }
        return streams

    def retrieve_attachment(self, record):
        """Return the kept PDF of a record.

        A file that somebody attached under the same name is not ours.
        """
        if self.pdf_engine != ENGINE:
            return super().retrieve_attachment(record)
        name = self.attachment and safe_eval(
            self.attachment, {"object": record, "time": time}
        )
        if not name:
            return None
        domain = [
            ("pdf_report_id", "=", self.id),
            ("name", "=", name),
            ("res_model", "=", record._name),
            ("res_id", "=", record.id),
        ]
        # who printed it is hidden from the user; access to the record was checked
        return self.env["ir.attachment"].sudo().search(domain, limit=1)

    def _prepare_pdf_report_attachment_vals_list(self, report, streams):
        vals_list = super()._prepare_pdf_report_attachment_vals_list(report, streams)
        if report.pdf_engine != ENGINE:
            return vals_list
        if self.env.cr.readonly:
            # a page that only reads: kept when it is downloaded
            return []
        # Officers print records that they may not write, so the system keeps the PDF;
        # Odoo would give up where the user may not.
        Attachment = self.env["ir.attachment"].with_user(api.SUPERUSER_ID)
        Attachment.create([{**vals, "pdf_report_id": report.id} for vals in vals_list])
        return []
