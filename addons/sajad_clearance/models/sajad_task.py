from odoo import fields, models


class SajadTask(models.Model):
    _inherit = "sajad.task"

    clearance_reason = fields.Selection(related="request_id.clearance_reason")
    card_delivered = fields.Boolean(related="request_id.card_delivered")
    declared_html = fields.Html(related="request_id.declared_html")
