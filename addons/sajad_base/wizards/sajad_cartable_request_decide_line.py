from odoo import fields, models


class SajadCartableRequestDecideLine(models.TransientModel):
    _name = "sajad.cartable.request.decide.line"
    _description = "Result of a Decision on a Cartable Request"

    wizard_id = fields.Many2one(
        "sajad.cartable.request.decide", required=True, ondelete="cascade"
    )
    request_id = fields.Many2one("sajad.cartable.request", required=True, readonly=True)
    is_done = fields.Boolean(string="Done", readonly=True)
    message = fields.Char(string="Result", readonly=True)
