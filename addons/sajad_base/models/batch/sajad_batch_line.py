from odoo import fields, models


class SajadBatchLine(models.Model):
    """A record that work in the background left out, and why."""

    _name = "sajad.batch.line"
    _description = "Problem of Work in the Background"
    _rec_name = "record_name"

    batch_id = fields.Many2one(
        "sajad.batch", required=True, index=True, ondelete="cascade"
    )
    res_id = fields.Integer(string="Record", aggregator=None)
    record_name = fields.Char(string="Name")
    message = fields.Char(string="Why")

    def action_open_record(self):
        """Open the record, if the user may read it. Row A10"""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.batch_id.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
