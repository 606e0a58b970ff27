from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...engine.states import ASSIGN, BLOCKING, INFORMATION
from ...tools.conditions import spell_condition


class SajadFlowStep(models.Model):
    """A stage in one version of a process: who comes before, and on what terms."""

    _name = "sajad.flow.step"
    _description = "Flow Step"
    _order = "flow_id, sequence, id"
    _rec_name = "name"

    flow_id = fields.Many2one(
        "sajad.flow", required=True, index=True, ondelete="cascade"
    )
    process_id = fields.Many2one(related="flow_id.process_id")
    flow_state = fields.Selection(related="flow_id.state", string="Version Status")
    stage_id = fields.Many2one(
        "sajad.stage",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('process_id', '=', process_id)]",
    )
    name = fields.Char(related="stage_id.name")
    role_id = fields.Many2one(related="stage_id.role_id")
    sequence = fields.Integer(default=10)
    predecessor_ids = fields.Many2many(
        "sajad.flow.step",
        "sajad_flow_step_order_rel",
        "step_id",
        "predecessor_id",
        string="Follows",
        copy=False,
        domain="[('flow_id', '=', flow_id), ('id', '!=', id)]",
        help="The steps that come before. Empty: the flow starts here. Steps that "
        "follow the same step run in parallel.",
    )
    successor_ids = fields.Many2many(
        "sajad.flow.step",
        "sajad_flow_step_order_rel",
        "predecessor_id",
        "step_id",
        string="Followed by",
        copy=False,
    )
    join = fields.Selection(
        [("all", "All of them"), ("any", "Any of them")],
        string="Waits for",
        required=True,
        default="all",
    )
    condition = fields.Char(
        help="The step is skipped for requests that do not match. Empty: never."
    )
    mode = fields.Selection(
        [
            (BLOCKING, "Decision"),
            (ASSIGN, "Assignment"),
            (INFORMATION, "For information"),
        ],
        required=True,
        default=BLOCKING,
        help="Who assigns picks a member of the next step's cartable, and that is the "
        "decision. A step for information never holds the request up.",
    )
    allow_visit = fields.Boolean(
        string="May Require a Visit",
        help="The office may ask the student to come in person before it clears.",
    )
    allow_return = fields.Boolean(string="May Return", default=True)
    allow_refuse = fields.Boolean(string="May Refuse")
    allow_refer = fields.Boolean(
        string="May Refer",
        help="The office may give the work to one beside it, which decides instead.",
    )
    numbering = fields.Boolean(
        string="Gives a Registration Number",
        help="With the approval the request is entered in the register of the "
        "university: numbers follow each other without a gap in a Jalali year.",
    )
    time_limit = fields.Float(
        string="Time Limit (Hours)",
        help="Working hours from the moment the work is ready. Zero: no limit.",
    )
    recheck_of_id = fields.Many2one(
        "sajad.flow.step",
        string="Second Round of",
        index="btree_not_null",
        ondelete="set null",
        domain="[('flow_id', '=', flow_id), ('id', '!=', id)]",
        help="The same office looks again at what it cleared before.",
    )
    task_properties_definition = fields.PropertiesDefinition("Step Form")
    guide = fields.Text(
        translate=True, help="What the office has to look at, shown beside the work."
    )
    check_ids = fields.One2many("sajad.flow.step.check", "step_id", string="Checks")

    _stage_uniq = models.Constraint(
        "unique(flow_id, stage_id)", "The stage is in this version already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps._check_flow_draft()
        steps._spell_condition()
        return steps

    def write(self, vals):
        self._check_flow_draft()
        result = super().write(vals)
        if "condition" in vals:
            self._spell_condition()
        return result

    def copy(self, default=None):
        copies = super().copy(default)
        for old, new in zip(self, copies, strict=True):
            for check in old.check_ids:
                check.copy({"step_id": new.id})
        return copies

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._check_flow_draft()

    def _check_flow_draft(self):
        # Not even the superuser: work in flight reads its rules from here.
        if any(step.flow_id.state != "draft" for step in self):
            raise UserError(
                self.env._(
                    "A published version is frozen. Make a new version to change it."
                )
            )

    @api.constrains("stage_id", "flow_id")
    def _check_stage_process(self):
        for step in self:
            if step.stage_id.process_id != step.flow_id.process_id:
                raise ValidationError(
                    self.env._(
                        "%(stage)s is a stage of another process.",
                        stage=step.stage_id.name,
                    )
                )

    def _spell_condition(self):
        """Keep the values of the condition in the types of their fields.

        :raise ValidationError: with what cannot be read
        """
        for step in self:
            form = step.flow_id.request_properties_definition
            text = spell_condition(self.env, step.condition, "sajad.request", form)
            if text != step.condition:
                step.condition = text

    def _spell_rules(self):
        """Read what was typed before the form had its present fields."""
        self._spell_condition()
        self.check_ids._spell_domain()

    def _get_problems(self):
        """Return what prevents publishing this step, as readable sentences."""
        self.ensure_one()
        problems = []
        try:
            self.flow_id._parse_condition(self.condition)
        except ValidationError as error:
            problems.append(f"{self.name}: {error}")
        for check in self.check_ids:
            try:
                check._parse_domain()
            except ValidationError as error:
                problems.append(f"{self.name}: {error}")
        problems += self._get_assign_problems()
        if self.recheck_of_id and self.recheck_of_id.role_id != self.role_id:
            problems.append(
                self.env._(
                    "%(step)s is the second round of another office.", step=self.name
                )
            )
        return problems

    def _get_assign_problems(self):
        """Return why nobody could be picked for the step after this one."""
        self.ensure_one()
        if self.mode != ASSIGN:
            return []
        following = self.successor_ids
        if len(following) != 1:
            return [
                self.env._(
                    "%(step)s assigns: exactly one step has to follow it.",
                    step=self.name,
                )
            ]
        if (
            following.mode != BLOCKING
            or following.condition
            or following.predecessor_ids != self
        ):
            return [
                self.env._(
                    "%(step)s assigns: %(following)s has to be a decision that has no "
                    "condition and follows nothing else.",
                    step=self.name,
                    following=following.name,
                )
            ]
        return []
