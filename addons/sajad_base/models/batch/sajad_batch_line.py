from odoo import api, fields, models


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
    can_open = fields.Boolean(compute="_compute_can_open")

    @api.depends("batch_id.res_model")
    def _compute_can_open(self):
        """Rows of a dialog have no page of their own, and are forgotten."""
        for line in self:
            line.can_open = not self.env[line.batch_id.res_model].is_transient()

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
