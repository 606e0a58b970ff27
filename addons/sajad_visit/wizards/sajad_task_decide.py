from odoo import api, fields, models


class SajadTaskDecide(models.TransientModel):
    """An appointment that the office gives together with the request to come."""

    _inherit = "sajad.task.decide"

    free_slot_ids = fields.Many2many(
        "sajad.visit.slot", string="Free Times", compute="_compute_free_slot_ids"
    )
    free_slot_count = fields.Integer(compute="_compute_free_slot_ids")
    slot_id = fields.Many2one(
        "sajad.visit.slot",
        string="Appointment",
        domain="[('id', 'in', free_slot_ids)]",
        help="Leave empty to let the student choose.",
    )

    @api.depends("task_ids")
    def _compute_free_slot_ids(self):
        Slot = self.env["sajad.visit.slot"]
        for wizard in self:
            cartables = wizard.task_ids.cartable_id._origin
            free = Slot._get_free(cartables)
            wizard.free_slot_ids = Slot.union(*free.values()).with_env(self.env)
            wizard.free_slot_count = len(wizard.free_slot_ids)

    def _apply_visit(self, tasks):
        problems = super()._apply_visit(tasks)
        if self.slot_id and len(tasks) == 1 and not problems:
            # visits are the engine's own; that the user decides here was checked
            visits_sudo = tasks.sudo().visit_ids
            visit_sudo = visits_sudo.filtered(lambda v: v.state == "planned")
            visit_sudo._book(self.slot_id)
        return problems
