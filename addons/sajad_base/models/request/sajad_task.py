from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...engine.states import IN_CARTABLE
from ...tools.answers import Answers, find_questions


class SajadTask(models.Model):
    """One request at one step, lying in one cartable (row A10).

    A plain model: ten million rows carry no followers, messages or activities.
    """

    _name = "sajad.task"
    _description = "Work Item"
    _inherit = ["sajad.changed.meanwhile", "sajad.search.key.mixin"]
    # the step form; the engine writes everything else
    _client_fields = {"note", "properties", "changed_from"}
    _order = "date_ready, id"
    _rec_name = "student_name"
    _rec_names_search = ("student_name", "student_number", "request_id")
    _spelling = {"student_name": "text", "student_number": "number"}
    _search_key_fields = ("student_name", "student_number")

    request_id = fields.Many2one(
        "sajad.request", required=True, readonly=True, index=True, ondelete="restrict"
    )
    step_id = fields.Many2one(
        "sajad.flow.step", required=True, readonly=True, ondelete="restrict"
    )
    stage_id = fields.Many2one(
        "sajad.stage",
        required=True,
        readonly=True,
        ondelete="restrict",
        group_expand="_read_group_stage_ids",
    )
    process_id = fields.Many2one("sajad.process", required=True, readonly=True)
    university_id = fields.Many2one("sajad.university", required=True, readonly=True)
    faculty_id = fields.Many2one("sajad.faculty", readonly=True)
    cartable_id = fields.Many2one("sajad.cartable", readonly=True, ondelete="restrict")
    state = fields.Selection(
        [
            ("waiting", "Not Yet"),
            ("ready", "To Do"),
            ("student", "With the Student"),
            ("suspended", "Suspended"),
            ("done", "Done"),
            ("skipped", "Not Needed"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="waiting",
        group_expand="_read_group_states",
    )
    outcome = fields.Selection(
        [
            ("approved", "Approved"),
            ("assigned", "Assigned"),
            ("refused", "Refused"),
            ("returned", "Returned"),
            ("referred", "Referred"),
            ("seen", "Seen"),
        ],
        readonly=True,
    )
    round = fields.Integer(required=True, readonly=True, default=1)
    current = fields.Boolean(
        readonly=True,
        default=True,
        help="Unset when the step was opened again in a later round.",
    )
    pending_count = fields.Integer(
        readonly=True, help="How many steps before this one are still unfinished."
    )
    # the card, stored so that a board reads one table
    student_name = fields.Char(readonly=True)
    student_number = fields.Char(readonly=True, index="btree_not_null")
    # With the row, not by an update after it: work is made in thousands. Not read-only,
    # so that the engine may give all work of a request the one key.
    search_key = fields.Char(
        compute="_compute_search_key", store=True, precompute=True, readonly=False
    )
    request_name = fields.Char(related="request_id.name", string="Request Number")
    registration_number = fields.Char(related="request_id.registration_number")
    requester_kind = fields.Selection(related="request_id.requester_kind")
    student_id = fields.Many2one(related="request_id.student_id")
    institution_id = fields.Many2one(related="request_id.institution_id")
    request_state = fields.Selection(
        related="request_id.state", string="Request Status"
    )
    request_note = fields.Text(related="request_id.note", string="Explanation")
    # people and time
    user_id = fields.Many2one("res.users", string="Claimed by", readonly=True)
    done_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    on_behalf_of_id = fields.Many2one("res.users", readonly=True)
    date_ready = fields.Datetime(string="Since", readonly=True)
    date_due = fields.Datetime(string="Due", readonly=True)
    date_done = fields.Datetime(string="Decided on", readonly=True)
    # with the student
    date_student = fields.Datetime(string="With the Student since", readonly=True)
    student_wait = fields.Selection(
        [("visit", "In-Person Visit"), ("answer", "Answer")],
        string="Waits for",
        readonly=True,
    )
    visit_required = fields.Boolean(string="In-Person Visit Required", readonly=True)
    visit_place = fields.Char(readonly=True)
    visit_time = fields.Char(string="Visit Hours", readonly=True)
    visit_reason = fields.Text(readonly=True)
    return_reason = fields.Text(readonly=True)
    return_answer = fields.Text(
        string="Answer of the Requester", compute="_compute_return_answer"
    )
    # what the office fills in
    note = fields.Text(string="Office's Note")
    properties = Answers(definition="step_id.task_properties_definition", copy=False)
    guide = fields.Text(related="step_id.guide")
    mode = fields.Selection(related="step_id.mode")
    allow_visit = fields.Boolean(related="step_id.allow_visit")
    allow_return = fields.Boolean(related="step_id.allow_return")
    allow_refuse = fields.Boolean(related="step_id.allow_refuse")
    can_decide = fields.Boolean(compute="_compute_can_decide")
    can_undo = fields.Boolean(compute="_compute_can_undo")
    unmet_checks = fields.Json(compute="_compute_unmet_checks")
    answers_html = fields.Html(
        string="Form of the Request", compute="_compute_answers_html", sanitize=False
    )
    event_ids = fields.One2many(related="request_id.event_ids", string="History")

    _round_uniq = models.UniqueIndex(
        "(request_id, step_id, round)", "The step is in this round already."
    )
    # The indexes that the boards need; measured at ten million rows.
    _open_idx = models.Index(
        "(cartable_id, stage_id, date_ready, id) WHERE state IN ('ready', 'student')"
    )
    _board_idx = models.Index(
        "(stage_id, date_ready, id) INCLUDE (cartable_id) "
        "WHERE state IN ('ready', 'student')"
    )
    _history_idx = models.Index("(cartable_id, state)")
    _done_idx = models.Index("(cartable_id, date_done) WHERE state = 'done'")
    _suspended_idx = models.Index(
        "(process_id, university_id) WHERE state = 'suspended'"
    )
    _due_idx = models.Index(
        "(date_due) WHERE state IN ('ready', 'student') AND date_due IS NOT NULL"
    )

    @api.model
    def _get_open_domain(self):
        """Return the domain of the work that lies in a cartable now."""
        return [("state", "in", list(IN_CARTABLE))]

    @api.depends("student_name", "stage_id.name")
    def _compute_display_name(self):
        for task in self:
            task.display_name = f"{task.student_name} - {task.stage_id.name}"

    @api.depends_context("uid")
    @api.depends("state", "user_id", "cartable_id")
    def _compute_can_decide(self):
        allowed = self.env["sajad.engine"]._filter_decidable(self)
        for task in self:
            task.can_decide = task in allowed

    @api.depends_context("uid")
    @api.depends("state", "done_by_id", "date_done")
    def _compute_can_undo(self):
        for task in self:
            task.can_undo = not self.env["sajad.engine"]._get_undo_problem(task)

    @api.depends_context("uid", "lang")
    @api.depends("state", "properties", "note", "can_decide")
    def _compute_unmet_checks(self):
        """Say what keeps work from being approved: [{sentence, boxes of the form}]."""
        self.unmet_checks = False
        for step, tasks in self.filtered("can_decide").grouped("step_id").items():
            # checks are the process's: whoever decides need not open its versions
            for check_sudo in step.sudo().check_ids:
                failed = tasks - check_sudo._filter_passed(tasks)
                for task in failed:
                    found = task.unmet_checks or []
                    task.unmet_checks = [*found, check_sudo._describe()]

    @api.depends_context("uid", "lang")
    def _compute_answers_html(self):
        """Show what was said in the form of the service, if it has one."""
        answers = self.request_id._get_answers()
        for task in self:
            said = answers.get(task.request_id.id)
            task.answers_html = said and self.env["ir.qweb"]._render(
                "sajad_base.task_answers", {"form_values": said}
            )

    @api.depends("state")
    def _compute_return_answer(self):
        """Give what was answered last, and which lines of the form were corrected."""
        domain = [("task_id", "in", self.ids), ("kind", "=", "answered")]
        events = self.env["sajad.event"].search(domain)
        answers = {event.task_id.id: event.reason for event in events}
        for task in self:
            with_office = task.state != "student"
            task.return_answer = with_office and answers.get(task._origin.id)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def _check_client_write(self, vals):
        if self.env["sajad.engine"]._filter_decidable(self) != self:
            raise AccessError(
                self.env._("You cannot fill in the form of this work now.")
            )
        return super()._check_client_write(vals)

    def _get_former_questions(self, name, answered):
        # what an office was asked is no secret of those who see its answers
        Step_sudo = self.env["sajad.flow.step"].sudo()
        steps = Step_sudo.search([("stage_id", "=", self.stage_id.id)], order="id desc")
        return find_questions(steps, "task_properties_definition", answered)

    def _get_client_refusal(self):
        return self.env._("Work changes only through the decisions of offices.")
