from odoo import models


class SajadEvent(models.Model):
    _inherit = "sajad.event"

    # History is appended in the order of time: a few pages find the events of a day.
    _date_idx = models.Index("USING brin (date)")
    _suspended_idx = models.Index("(task_id) WHERE kind = 'suspended'")
