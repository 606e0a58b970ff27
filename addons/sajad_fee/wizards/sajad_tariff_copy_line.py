from odoo import fields, models


class SajadTariffCopyLine(models.TransientModel):
    """A row that the copy of a year would make."""

    _name = "sajad.tariff.copy.line"
    _description = "Row of a Copied Year"

    wizard_id = fields.Many2one(
        "sajad.tariff.copy", required=True, index=True, ondelete="cascade"
    )
    tariff_id = fields.Many2one("sajad.tariff", required=True, ondelete="cascade")
    process_id = fields.Many2one(related="tariff_id.process_id")
    name = fields.Char(related="tariff_id.name")
    currency_id = fields.Many2one(related="tariff_id.currency_id")
    amount = fields.Monetary(related="tariff_id.amount", string="Was")
    new_amount = fields.Monetary()
    is_taken = fields.Boolean(
        string="There Already", help="The other year has this row; it stays as it is."
    )
