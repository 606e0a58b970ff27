from odoo import fields, models

from odoo.addons.sajad_fee.tools.rials import get_currency_id


class SajadHoldImportLine(models.TransientModel):
    """What became, or would become, of one row of a list."""

    _name = "sajad.hold.import.line"
    _description = "Row of a List of Holds"
    _order = "row, id"
    _rec_name = "row"

    wizard_id = fields.Many2one(
        "sajad.hold.import", required=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: get_currency_id(self.env)
    )
    row = fields.Integer()
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
