from odoo import api, models
from odoo.exceptions import UserError

# papers that one request lays out in a few seconds; beyond it they are made later
PRINT_MANY = 100


class SajadBatchPaper(models.AbstractModel):
    """Prints of many records, made in the background (rows A10, E4)."""

    _name = "sajad.batch.paper"
    _description = "Prints in the Background"
    _inherit = ["sajad.batch.result"]

    @api.model
    def print_many(self, report_id, record_ids):
        """Print records in the background. Rows A10, E4

        :param int report_id: an `ir.actions.report` whose papers we lay out
        :param list record_ids: what is printed, in its order
        :return: the action that shows how far it is, or False: they are few
        :raise AccessError: the user may not print this
        """
        # which report it is, is no secret; who may print it is asked below
        report = self.env["ir.actions.report"].sudo().browse(report_id).exists()
        if not report.pdf_engine or len(record_ids) <= PRINT_MANY:
            return False
        records = self.env[report.model].browse(map(int, record_ids))
        return self._start(report, records)

    @api.model
    def _start(self, report, records):
        """Queue papers; return the action that shows how far they are."""
        self.env["ir.actions.report"]._check_may_print(report, records.ids)
        return self.env["sajad.batch"]._start(
            report.name, records, "_batch_print", owner=self._name, report_id=report.id
        )

    @api.model
    def _batch_print(self, records, report_id):
        """Lay out a part of the papers."""
        Report = self.env["ir.actions.report"].with_context(sajad_in_batch=True)
        # the user was asked for when the work began, and is by the report itself
        report = Report.sudo().browse(report_id).sudo(False)
        content, _kind = Report._render_qweb_pdf(report, records.ids)
        self._add_part(f"{records._name}.pdf", content)

    @api.model
    def _check_few(self, res_ids):
        """Refuse more papers than one request lays out in its time.

        :raise UserError: with how they are printed
        """
        if len(res_ids) > PRINT_MANY:
            raise UserError(
                self.env._(
                    "More than %(count)s papers are made in the background: choose "
                    "the records in the list and print from its menu.",
                    count=PRINT_MANY,
                )
            )
