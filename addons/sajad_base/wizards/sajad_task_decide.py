from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..models.request.sajad_task_actions import MANY


class SajadTaskDecide(models.TransientModel):
    """The dialog of decisions, for one work item or many (row A10)."""

    _name = "sajad.task.decide"
    _description = "Decide"

    task_ids = fields.Many2many("sajad.task", string="Work")
    task_count = fields.Integer(compute="_compute_task_count")
    decision = fields.Selection(
        [
            ("approve", "Approve"),
            ("visit", "Require an In-Person Visit"),
            ("return_student", "Return to the Student"),
            ("send_back", "Send Back to an Earlier Step"),
            ("refer", "Refer to Another Office"),
            ("refuse", "Refuse"),
            ("hand_over", "Hand Over to a Colleague"),
            ("give_back", "Give Back to the Head"),
            ("claim", "Claim"),
            ("release", "Release"),
        ],
        required=True,
        default="approve",
    )
    available_decisions = fields.Char(
        compute="_compute_available_decisions",
        help="The decisions that at least one of the steps allows.",
    )
    reason = fields.Text()
    visit_place = fields.Char(
        string="Where", compute="_compute_visit", store=True, readonly=False
    )
    visit_time = fields.Char(
        string="When", compute="_compute_visit", store=True, readonly=False
    )
    visit_reason = fields.Text(string="Why")
    return_step_ids = fields.Many2many(
        "sajad.flow.step", compute="_compute_return_step_ids"
    )
    target_step_id = fields.Many2one(
        "sajad.flow.step",
        string="Send Back to",
        domain="[('id', 'in', return_step_ids)]",
    )
    refer_stage_ids = fields.Many2many(
        "sajad.stage", compute="_compute_refer_stage_ids"
    )
    target_stage_id = fields.Many2one(
        "sajad.stage", string="Refer to", domain="[('id', 'in', refer_stage_ids)]"
    )
    colleague_ids = fields.Many2many(
        "res.users", string="Colleagues", compute="_compute_colleague_ids"
    )
    user_id = fields.Many2one(
        "res.users", string="Colleague", domain="[('id', 'in', colleague_ids)]"
    )
    line_ids = fields.One2many("sajad.task.decide.line", "wizard_id", string="Result")
    done_count = fields.Integer(compute="_compute_done_count")
    problem_count = fields.Integer(compute="_compute_done_count")

    @api.depends("task_ids")
    def _compute_task_count(self):
        for wizard in self:
            wizard.task_count = len(wizard.task_ids)

    @api.depends("line_ids.is_done")
    def _compute_done_count(self):
        for wizard in self:
            wizard.done_count = len(wizard.line_ids.filtered("is_done"))
            wizard.problem_count = len(wizard.line_ids) - wizard.done_count

    @api.depends("task_ids")
    def _compute_available_decisions(self):
        for wizard in self:
            tasks = wizard.task_ids._origin
            decisions = ["approve", "hand_over"]
            if any(tasks.mapped("allow_visit")):
                decisions.append("visit")
            if any(tasks.mapped("allow_return")):
                decisions.append("return_student")
            if len(tasks) == 1 and tasks.can_send_back:
                decisions.append("send_back")
            if wizard.refer_stage_ids:
                decisions.append("refer")
            if any(tasks.mapped("allow_refuse")):
                decisions.append("refuse")
            if any(tasks.mapped("can_give_back")):
                decisions.append("give_back")
            if any(not task.user_id for task in tasks):
                decisions.append("claim")
            if self.env.user in tasks.user_id:
                decisions.append("release")
            wizard.available_decisions = ",".join(decisions)

    @api.depends("task_ids")
    def _compute_visit(self):
        for wizard in self:
            cartable = wizard.task_ids.cartable_id[:1]
            wizard.visit_place = cartable.visit_place
            wizard.visit_time = cartable.visit_hours

    @api.depends("task_ids")
    def _compute_return_step_ids(self):
        for wizard in self:
            steps = self.env["sajad.flow.step"]
            if len(wizard.task_ids) == 1:
                task = wizard.task_ids._origin
                steps = self.env["sajad.engine"]._get_return_steps(task)
            wizard.return_step_ids = steps

    @api.depends("task_ids")
    def _compute_refer_stage_ids(self):
        engine = self.env["sajad.engine"]
        for wizard in self:
            # where one can go, the engine asks for each; many are of one board
            steps = engine._get_refer_steps(wizard.task_ids._origin[:1])
            wizard.refer_stage_ids = steps.stage_id

    @api.depends("task_ids")
    def _compute_colleague_ids(self):
        Member = self.env["sajad.cartable.member"]
        for wizard in self:
            cartables = wizard.task_ids.cartable_id
            members = Member.search(
                Domain("cartable_id", "in", cartables.ids)
                & Domain("user_id", "!=", self.env.uid)
                & Member._get_decider_domain()
            )
            # only those who decide in every one of the cartables
            wizard.colleague_ids = members.user_id.filtered(
                lambda user, members=members, cartables=cartables: (
                    not (
                        cartables._origin
                        - members.filtered(lambda m: m.user_id == user).cartable_id
                    )
                )
            )

    def action_apply(self):
        """Decide; of many records show what happened to each (row A10).

        :raise UserError: with the reason, when nothing was decided on one record
        """
        self.ensure_one()
        tasks = self.task_ids
        if not tasks:
            raise UserError(self.env._("There is nothing to decide on."))
        if len(tasks) > MANY:
            return tasks._start_decisions(self.decision, **self._get_given())
        problems = self._get_appliers()[self.decision](tasks)
        if len(tasks) == 1:
            self.env["sajad.engine"]._raise_problems(problems)
            return {"type": "ir.actions.act_window_close"}
        return self._show_result(tasks, problems)

    def _get_given(self):
        """Return what the person entered, for the same dialog in the background.

        :raise UserError: a text is missing that the student would read
        """
        needed = {"refuse": "reason", "visit": "visit_reason"}
        needed |= {"return_student": "reason", "give_back": "reason"}
        if self.decision in needed:
            self._require_text(needed[self.decision])
        if self.decision == "refer" and not self.target_stage_id:
            raise UserError(self.env._("Choose the office that takes over."))
        if self.decision == "hand_over" and not self.user_id:
            raise UserError(self.env._("Choose the colleague."))
        names = ("reason", "visit_place", "visit_time", "visit_reason")
        given = {name: self[name] for name in names}
        given["target_stage_id"] = self.target_stage_id.id
        return {**given, "user_id": self.user_id.id}

    @api.model
    def _get_decision_label(self, decision):
        selection = self._fields["decision"]._description_selection(self.env)
        return dict(selection)[decision]

    def action_apply_next(self):
        """Decide and open the next work, late first (row A10).

        :raise UserError: with the reason, when nothing was decided on one record
        """
        result = self.action_apply()
        return self.task_ids._open_next() if len(self.task_ids) == 1 else result

    def _get_appliers(self):
        """Hook: {decision: the method that carries it out}.

        Each takes the tasks and returns {task: sentence} of those not decided.
        """
        return {
            "approve": self._apply_approve,
            "visit": self._apply_visit,
            "return_student": self._apply_return_student,
            "send_back": self._apply_send_back,
            "refer": self._apply_refer,
            "refuse": self._apply_refuse,
            "hand_over": self._apply_hand_over,
            "give_back": self._apply_give_back,
            "claim": self._apply_claim,
            "release": self._apply_release,
        }

    def _apply_approve(self, tasks):
        return self.env["sajad.engine"]._decide(tasks, "approved", self.reason or "")

    def _apply_refuse(self, tasks):
        reason = self._require_text("reason")
        return self.env["sajad.engine"]._decide(tasks, "refused", reason)

    def _apply_visit(self, tasks):
        return self.env["sajad.engine"]._require_visit(
            tasks,
            self._require_text("visit_place"),
            self.visit_time or "",
            self._require_text("visit_reason"),
        )

    def _apply_return_student(self, tasks):
        reason = self._require_text("reason")
        return self.env["sajad.engine"]._return_to_student(tasks, reason)

    def _apply_send_back(self, tasks):
        reason = self._require_text("reason")
        if len(tasks) > 1:
            raise UserError(self.env._("Send back one request at a time."))
        if not self.target_step_id:
            raise UserError(self.env._("Choose the step that has to look again."))
        self.env["sajad.engine"]._send_back(tasks, self.target_step_id, reason)
        return {}

    def _apply_refer(self, tasks):
        if not self.target_stage_id:
            raise UserError(self.env._("Choose the office that takes over."))
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why: the other office reads it."))
        return self.env["sajad.engine"]._refer(tasks, self.target_stage_id, reason)

    def _apply_hand_over(self, tasks):
        if not self.user_id:
            raise UserError(self.env._("Choose the colleague."))
        return self.env["sajad.engine"]._hand_over(tasks, self.user_id)

    def _apply_give_back(self, tasks):
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why: the head reads it."))
        return self.env["sajad.engine"]._give_back(tasks, reason)

    def _apply_claim(self, tasks):
        return self.env["sajad.engine"]._claim(tasks)

    def _apply_release(self, tasks):
        return self.env["sajad.engine"]._release(tasks)

    def _require_text(self, name):
        """Return a text that the student will read, or ask for it."""
        text = (self[name] or "").strip()
        if not text:
            label = self._fields[name]._description_string(self.env)
            raise UserError(
                self.env._("Fill in “%(field)s”: the student reads it.", field=label)
            )
        return text

    def _show_result(self, tasks, problems):
        """Return the action that shows one line per record, problems first."""
        self.line_ids = [
            Command.create(
                {
                    "task_id": task.id,
                    "is_done": task not in problems,
                    "message": problems.get(task) or self.env._("Done"),
                }
            )
            for task in tasks.sorted(lambda task: task not in problems)
        ]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Result"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
