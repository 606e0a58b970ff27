from odoo import api, fields, models

from odoo.addons.sajad_fee.tools.rials import get_currency_id

from ..tools.hold_rows import HoldRow


class SajadHoldImportLine(models.TransientModel):
    """What became, or would become, of one row of a list."""

    _name = "sajad.hold.import.line"
    _description = "Row of a List of Holds"
    _order = "row, id"
    _rec_name = "row"
    # as long as its list
    _transient_max_hours = 48.0

    wizard_id = fields.Many2one(
        "sajad.hold.import", required=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: get_currency_id(self.env)
    )
    row = fields.Integer()
    source = fields.Json(help="The texts of the row, as they are recorded.")
    student_number = fields.Char()
    student_name = fields.Char(string="Student")
    description = fields.Char()
    amount = fields.Monetary()
    result = fields.Selection(
        [
            ("created", "New"),
            ("updated", "Changed"),
            ("closed", "Closed"),
            ("unchanged", "As It Was"),
            ("refused", "Refused"),
        ]
    )
    message = fields.Char()

    @api.depends_context("lang")
    @api.depends("row", "student_number")
    def _compute_display_name(self):
        for line in self:
            line.display_name = self.env._(
                "Row %(row)s: %(student)s",
                row=line.row,
                student=line.student_name or line.student_number or "",
            )

    @api.model
    def _prepare_result(self, entry):
        """Return what a row shows of what it says and of what becomes of it."""
        return {
            "student_number": entry.number,
            "student_name": entry.student.name if entry.student else False,
            "description": entry.values.get("description"),
            "amount": entry.values.get("amount", 0),
            "result": entry.result or False,
            "message": entry.message,
        }

    def _batch_check(self):
        """Say of some rows of a long list what would become of them."""
        self.wizard_id._check_office()
        entries = [HoldRow(self.env, line.row, line.source) for line in self]
        self.wizard_id._sync(entries, dry_run=True)
        # results are written by the model alone
        for line, entry in zip(self.sudo(), entries, strict=True):
            line.write(self._prepare_result(entry))
        self.wizard_id._settle()

    def _batch_import(self):
        """Record some rows of a long list; return {row: sentence} of those refused."""
        self.wizard_id._check_office()
        entries = [HoldRow(self.env, line.row, line.source) for line in self]
        # what was good when it was examined may have changed meanwhile
        self.wizard_id._sync(entries)
        return {
            line: entry.message
            for line, entry in zip(self, entries, strict=True)
            if entry.result == "refused"
        }
