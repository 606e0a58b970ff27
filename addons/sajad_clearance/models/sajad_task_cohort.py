from odoo import fields, models


class SajadTask(models.Model):
    _inherit = "sajad.task"

    cohort_id = fields.Many2one(related="request_id.cohort_id")
