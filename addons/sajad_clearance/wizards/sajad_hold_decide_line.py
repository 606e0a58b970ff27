from odoo import fields, models


class SajadHoldDecideLine(models.TransientModel):
    _name = "sajad.hold.decide.line"
    _description = "Planned Instalment"
    _inherit = ["sajad.date.guard"]
    _order = "date_due, id"

    wizard_id = fields.Many2one("sajad.hold.decide", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    date_due = fields.Date(string="Due", required=True)
    amount = fields.Monetary(required=True)
