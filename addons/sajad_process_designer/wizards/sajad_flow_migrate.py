from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.sajad_base.engine.states import OPEN_WORK
from odoo.addons.sajad_base.engine.transition import BATCH

# how many requests the dialog names one by one
SHOWN = 100


class SajadFlowMigrate(models.TransientModel):
    """Move running requests to the published version, after a dry run (row A5)."""

    _name = "sajad.flow.migrate"
    _description = "Move Running Requests"

    flow_id = fields.Many2one(
        "sajad.flow", string="From Version", required=True, ondelete="cascade"
    )
    target_id = fields.Many2one(
        "sajad.flow",
        string="To Version",
        related="flow_id.process_id.published_flow_id",
    )
    stage_ids = fields.One2many(
        "sajad.flow.migrate.stage",
        "wizard_id",
        string="Stages That Are Gone",
        compute="_compute_stage_ids",
        store=True,
        readonly=False,
    )
    line_ids = fields.One2many(
        "sajad.flow.migrate.line",
        "wizard_id",
        string="What Would Happen",
        compute="_compute_line_ids",
        store=True,
    )
    problem_ids = fields.One2many(
        "sajad.flow.migrate.problem",
        "wizard_id",
        string="Requests That Stay",
        compute="_compute_line_ids",
        store=True,
    )
    request_count = fields.Integer(
        string="Requests", compute="_compute_line_ids", store=True
    )
    move_count = fields.Integer(
        string="Will Move", compute="_compute_line_ids", store=True
    )
    finish_count = fields.Integer(
        string="Will Be Finished at Once", compute="_compute_line_ids", store=True
    )
    told_count = fields.Integer(
        string="Students Who Will Be Told", compute="_compute_line_ids", store=True
    )
    lost_text = fields.Text(
        string="Fields That the New Forms Lack", compute="_compute_lost_text"
    )
    result = fields.Text(readonly=True)

    @api.depends("flow_id")
    def _compute_stage_ids(self):
        """List the stages that the published version lacks and that hold work."""
        for wizard in self:
            flow = wizard.flow_id._origin
            gone = flow.step_ids.stage_id - wizard.target_id.step_ids.stage_id
            groups = self.env["sajad.task"]._read_group(
                [
                    ("stage_id", "in", gone.ids),
                    ("step_id", "in", flow.step_ids.ids),
                    ("state", "in", OPEN_WORK),
                ],
                ["stage_id"],
                ["__count"],
            )
            wizard.stage_ids = [Command.clear()] + [
                Command.create({"stage_id": stage.id, "count": count})
                for stage, count in groups
            ]

    @api.depends("flow_id", "stage_ids.target_id")
    def _compute_line_ids(self):
        for wizard in self:
            moves = wizard._try_moves() if wizard.flow_id and wizard.target_id else {}
            wizard._show_moves(moves)

    @api.depends("flow_id")
    def _compute_lost_text(self):
        """Name what the new forms no longer ask: given answers are not shown then."""
        for wizard in self:
            new = {s.stage_id: s for s in wizard.target_id.step_ids}
            lines = []
            for step in wizard.flow_id._origin.step_ids:
                if step.stage_id not in new:
                    continue
                asked = new[step.stage_id].task_properties_definition or []
                names = {d["name"] for d in asked}
                lines += [
                    f"{step.name}: {d.get('string') or d['name']}"
                    for d in step.task_properties_definition or []
                    if d["name"] not in names and d["type"] != "separator"
                ]
            wizard.lost_text = "\n".join(lines)

    def _try_moves(self):
        """Return {request: Move} of every running request, changing nothing."""
        flow = self.flow_id._origin
        flow._check_may_move()
        # as many as there are: what the dry run says is what will happen
        requests = flow.env["sajad.request"].search(
            flow._get_movable_domain(), order="id"
        )
        moves = {}
        for start in range(0, len(requests), BATCH):
            moves.update(
                flow.env["sajad.engine"]._migrate(
                    requests[start : start + BATCH],
                    self.target_id,
                    self._get_stage_map(),
                    dry_run=True,
                )
            )
        return moves

    def _get_stage_map(self):
        return {
            line.stage_id.id: line.target_id.id
            for line in self.stage_ids
            if line.target_id
        }

    def _show_moves(self, moves):
        good = [move for move in moves.values() if not move.problem]
        self.request_count = len(moves)
        self.move_count = len(good)
        self.finish_count = sum(move.finishes for move in good)
        self.told_count = sum(move.told for move in good)
        kept = Counter(stage for move in good for stage in move.kept)
        new = Counter(stage for move in good for stage in move.new)
        stages = self.env["sajad.stage"].browse(dict.fromkeys([*kept, *new]))
        self.line_ids = [Command.clear()] + [
            Command.create(
                {
                    "stage_id": stage.id,
                    "kept_count": kept[stage.id],
                    "new_count": new[stage.id],
                }
            )
            for stage in stages.sorted("sequence")
        ]
        stuck = [(r, move) for r, move in moves.items() if move.problem]
        self.problem_ids = [Command.clear()] + [
            Command.create({"request_id": request.id, "reason": move.problem})
            for request, move in stuck[:SHOWN]
        ]

    def action_apply(self):
        """Move what can be moved; of many, the rest in the background.

        :raise UserError: nothing can be moved
        """
        self.ensure_one()
        if not self.move_count:
            raise UserError(self.env._("No request can be moved."))
        moves = self.flow_id._move_requests(self.target_id, self._get_stage_map())
        stuck = sum(bool(move.problem) for move in moves.values())
        self.result = self.env._(
            "%(moved)s requests were moved, %(stuck)s stay on their version.",
            moved=len(moves) - stuck,
            stuck=stuck,
        )
        # whether the job is under way, only asked
        if self.flow_id.sudo().move_to_id:
            self.result += "\n" + self.env._("The rest follows in the background.")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Move Running Requests"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }
