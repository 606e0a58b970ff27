from odoo import api, fields, models
from odoo.fields import Command


class SajadFlowCompare(models.TransientModel):
    """Two versions of a process side by side (row A5)."""

    _name = "sajad.flow.compare"
    _description = "Compare Two Versions"

    flow_id = fields.Many2one(
        "sajad.flow", string="Version", required=True, ondelete="cascade"
    )
    process_id = fields.Many2one(related="flow_id.process_id")
    former_id = fields.Many2one(
        "sajad.flow",
        string="Compared with",
        compute="_compute_former_id",
        store=True,
        readonly=False,
        ondelete="cascade",
        domain="[('process_id', '=', process_id), ('id', '!=', flow_id)]",
    )
    line_ids = fields.One2many(
        "sajad.flow.compare.line",
        "wizard_id",
        string="Changes",
        compute="_compute_line_ids",
        store=True,
    )

    @api.depends("flow_id")
    def _compute_former_id(self):
        """Propose the published version, for that one the one before it."""
        for wizard in self:
            flow = wizard.flow_id._origin
            others = flow.process_id.flow_ids - flow
            published = others.filtered(lambda f: f.state == "published")
            before = others.filtered(lambda f, v=flow.version: f.version < v)
            before = before.sorted("version", reverse=True)
            wizard.former_id = (published or before or others)[:1]

    @api.depends("flow_id", "former_id")
    def _compute_line_ids(self):
        for wizard in self:
            changes = []
            if wizard.flow_id and wizard.former_id:
                former = wizard.former_id._origin
                changes = wizard.flow_id._origin._compare_with(former)
            wizard.line_ids = [Command.clear()] + [
                Command.create({**values, "sequence": number})
                for number, values in enumerate(changes)
            ]
