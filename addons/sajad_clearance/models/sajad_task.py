from odoo import fields, models


class SajadTask(models.Model):
    _inherit = "sajad.task"

    clearance_reason = fields.Selection(related="request_id.clearance_reason")
    card_delivered = fields.Boolean(related="request_id.card_delivered")
<<<<<<< HEAD
    declared_html = fields.Html(related="request_id.declared_html")
=======
>>>>>>> 318fe037070dcd1f9ef21b13ea0c36f35d5586bf
