from odoo import models

from .sajad_batch_paper import PRINT_MANY


class IrActionsReport(models.Model):
    """Papers of many records go into the background, whichever button asks for them
    (row A10)."""

    _inherit = "ir.actions.report"

    def report_action(self, docids, data=None, config=True):
        """Print at once, or in the background when they are many."""
        ids = docids.ids if isinstance(docids, models.Model) else docids
        many = isinstance(ids, (list, tuple)) and len(ids) > PRINT_MANY
        if many and self.pdf_engine and not data:
            records = self.env[self.model].browse(ids)
            return self.env["sajad.batch.paper"]._start(self, records)
        return super().report_action(docids, data=data, config=config)

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        # jobs have no time limit, and what the system prints is one paper
        in_job = self.env.su or self.env.context.get("sajad_batch_id")
        if not in_job and self._get_report(report_ref).pdf_engine:
            ids = res_ids if isinstance(res_ids, (list, tuple)) else []
            self.env["sajad.batch.paper"]._check_few(ids)
        return super()._render_qweb_pdf(report_ref, res_ids=res_ids, data=data)
