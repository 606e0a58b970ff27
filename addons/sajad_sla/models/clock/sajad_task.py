from odoo import fields, models


class SajadTask(models.Model):
    """What was promised to the requester, beside the work (row D4)."""

    _inherit = "sajad.task"

    sla_state = fields.Selection(related="request_id.sla_state")
    sla_deadline = fields.Datetime(related="request_id.sla_deadline")
    sla_clock_ids = fields.One2many(related="request_id.sla_clock_ids")
