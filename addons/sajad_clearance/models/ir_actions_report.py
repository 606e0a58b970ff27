from odoo import fields, models


class IrActionsReport(models.Model):
    """Papers in a language of their own, whatever that of the reader is (row B8)."""

    _inherit = "ir.actions.report"

    paper_lang = fields.Char(
        string="Language of the Paper",
        help="Code of a language, such as fa_IR. Empty, or not installed: the language "
        "of whoever prints.",
    )

    def _get_readable_fields(self):
        return super()._get_readable_fields() | {"paper_lang"}

    def _with_paper_lang(self, report_ref):
        """Return self in the language of the report."""
        code = self._get_report(report_ref).paper_lang
        # the source language is there even where no user has it
        if code and (code == "en_US" or self.env["res.lang"]._get_data(code=code)):
            return self.with_context(lang=code)
        return self

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        printer = self._with_paper_lang(report_ref)
        return super(IrActionsReport, printer)._render_qweb_pdf(
            report_ref, res_ids=res_ids, data=data
        )

    def _render_qweb_html(self, report_ref, docids, data=None):
        printer = self._with_paper_lang(report_ref)
        return super(IrActionsReport, printer)._render_qweb_html(
            report_ref, docids, data=data
        )
