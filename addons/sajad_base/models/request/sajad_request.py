from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL
from odoo.tools.i18n import format_list

from ...engine.states import FINAL_WORK
from ...tools.answers import Answers, find_questions


class SajadRequest(models.Model):
    """What a student submits; it travels through the stages of a process.

    The chatter is for conversation only: there is no tracked field, history is kept
    in `sajad.event`. Only the engine writes the fields of the flow.
    """

    _name = "sajad.request"
    _description = "Request"
    _inherit = [
        "sajad.client.guard",
        "portal.mixin",
        "mail.thread",
        "sajad.spelling",
    ]
    _order = "id desc"
    _mail_post_access = "read"
    _rec_names_search = ("name", "registration_number", "student_id")
    _spelling = {"name": "number", "registration_number": "number"}

    name = fields.Char(string="Number", required=True, readonly=True, copy=False)
    process_id = fields.Many2one(
        "sajad.process", required=True, readonly=True, index=True, ondelete="restrict"
    )
    flow_id = fields.Many2one(
        "sajad.flow",
        string="Version",
        readonly=True,
        copy=False,
        index=True,
        ondelete="restrict",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("running", "In Progress"),
            ("returned", "Returned to the Student"),
            ("suspended", "Suspended"),
            ("done", "Done"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    # who and where, stored: record rules and lists read them
    requester_kind = fields.Selection(
        [
            ("student", "Student"),
            ("graduate", "Graduate"),
            ("institution", "Institution"),
            ("staff", "Staff"),
        ],
        string="Kind of Requester",
        required=True,
        compute="_compute_requester_kind",
        store=True,
        precompute=True,
        help="As what the request was made; it stays when a student graduates.",
    )
    student_id = fields.Many2one(
        "sajad.student", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    institution_id = fields.Many2one(
        "sajad.institution", readonly=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Asked by",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    university_id = fields.Many2one(
        "sajad.university",
        required=True,
        readonly=True,
        help="Whose offices the request reaches.",
    )
    faculty_id = fields.Many2one(
        "sajad.faculty", readonly=True, help="Of a student. Others have none."
    )
    requester_name = fields.Char(
        string="Requester", compute="_compute_requester_name", compute_sudo=True
    )
    scope_id = fields.Many2one("sajad.scope", readonly=True, ondelete="restrict")
    student_number = fields.Char(related="student_id.student_number")
    has_dormitory = fields.Boolean(related="student_id.has_dormitory")
    is_international = fields.Boolean(related="student_id.is_international")
    # content
    note = fields.Text(string="Explanation", readonly=True)
    properties = Answers(definition="flow_id.request_properties_definition", copy=False)
    # flow
    date_submit = fields.Datetime(string="Submitted on", readonly=True, copy=False)
    date_done = fields.Datetime(string="Finished on", readonly=True, copy=False)
    return_reason = fields.Text(readonly=True, copy=False)
    registration_number = fields.Char(
        readonly=True,
        copy=False,
        index="trigram",
        help="What the secretariat of the university gave: Jalali year and number.",
    )
    registration_date = fields.Datetime(
        string="Registered on", readonly=True, copy=False
    )
    revision = fields.Integer(
        readonly=True,
        copy=False,
        help="Counts transitions. Each one writes it, so that two offices that finish "
        "the last two parallel steps at one moment cannot both miss the join.",
    )
    open_key = fields.Char(
        readonly=True,
        copy=False,
        help="Unique while the request is open, where a process allows only one.",
    )
    submit_token = fields.Char(
        readonly=True,
        copy=False,
        help="The token of the form: a form that is sent twice gives one request.",
    )
    task_ids = fields.One2many("sajad.task", "request_id", string="Work")
    current_task_ids = fields.One2many(
        "sajad.task",
        "request_id",
        string="Steps",
        domain=[("current", "=", True)],
    )
    event_ids = fields.One2many("sajad.event", "request_id", string="History")
    notice_ids = fields.One2many(
        "sajad.notice",
        "request_id",
        string="Notices",
        groups="sajad_base.group_sajad_officer",
    )
    waiting_for = fields.Char(
        compute="_compute_progress", help="The offices that have the request now."
    )
    progress = fields.Integer(
        compute="_compute_progress", help="Percentage of steps that are behind."
    )

    _name_uniq = models.Constraint("unique(name)", "This request number is in use.")
    _open_key_uniq = models.UniqueIndex(
        "(open_key) WHERE open_key IS NOT NULL",
        "There is an open request of this kind already.",
    )
    _token_uniq = models.UniqueIndex(
        "(submit_token) WHERE submit_token IS NOT NULL",
        "This form was sent already.",
    )
    _registration_uniq = models.UniqueIndex(
        "(university_id, registration_number) WHERE registration_number IS NOT NULL",
        "The university has given this registration number already.",
    )
    # the pages of a person: newest first, their number, and of which services, however
    # many there are
    _partner_idx = models.Index(
        "(partner_id, id) INCLUDE (institution_id, process_id, state)"
    )
    _institution_idx = models.Index(
        "(institution_id, id) WHERE institution_id IS NOT NULL"
    )
    _requester_check = models.Constraint(
        """CHECK (
            (requester_kind IN ('student', 'graduate')) = (student_id IS NOT NULL)
            AND (requester_kind = 'institution') = (institution_id IS NOT NULL)
            AND (student_id IS NULL) = (faculty_id IS NULL))""",
        "A request belongs to one requester: a study, an institution or staff.",
    )
    _scope_idx = models.Index("(scope_id, id)")
    # a liaison's, newest first
    _university_idx = models.Index("(university_id, id)")
    _open_idx = models.Index(
        "(scope_id, id) WHERE state IN ('running', 'returned', 'suspended')"
    )

    @api.depends("student_id", "institution_id")
    def _compute_requester_kind(self):
        for request in self:
            request.requester_kind = request._get_requester()._get_requester_kind()

    @api.depends("student_id", "institution_id", "partner_id")
    def _compute_requester_name(self):
        # of a page of requests two columns of each student, not all of them
        self.student_id.fetch(["name", "student_number"])
        for request in self:
            request.requester_name = request._get_requester()._get_requester_label()

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for request in self:
            request.access_url = f"/my/requests/{request.id}"
        return result

    def _compute_progress(self):
        # how far a request is may be known to whoever may read it
        Task_sudo = self.env["sajad.task"].sudo()
        groups = Task_sudo._read_group(
            [("request_id", "in", self.ids), ("current", "=", True)],
            ["request_id", "stage_id", "state"],
            ["__count"],
        )
        waiting, done, total = {}, {}, {}
        for request, stage, state, count in groups:
            total[request.id] = total.get(request.id, 0) + count
            if state in FINAL_WORK:
                done[request.id] = done.get(request.id, 0) + count
            elif state != "waiting":
                waiting.setdefault(request.id, []).append(stage.name)
        for request in self:
            offices = waiting.get(request.id, [])
            request.waiting_for = format_list(self.env, offices) if offices else ""
            request.progress = (
                100 * done.get(request.id, 0) // (total.get(request.id) or 1)
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Number the requests. Only the engine creates them.

        :raise AccessError: called by a client
        """
        # first, so that a refused client draws no number
        self._check_client_create(vals_list)
        for vals in vals_list:
            # whose form its answers are; a draft is submitted on the one of that day
            vals.setdefault("flow_id", self._get_form_flow_id(vals.get("process_id")))
        unnamed = [vals for vals in vals_list if not vals.get("name")]
        numbers = self._next_numbers(len(unnamed))
        for vals, number in zip(unnamed, numbers, strict=True):
            vals["name"] = number
        return super().create(vals_list)

    @api.model
    def _get_form_flow_id(self, process_id):
        return self.env["sajad.process"]._get_published_flow_id(process_id)

    def _get_former_questions(self, name, answered):
        # what was asked is no secret of those who see the answers
        process_sudo = self.sudo().process_id
        flows = process_sudo.flow_ids.sorted("version", reverse=True)
        return find_questions(flows, "request_properties_definition", answered)

    @api.model
    def _next_numbers(self, count):
        """Return `count` new request numbers, drawn at once for a whole cohort."""
        # numbering is the same for everybody
        sequence = self.env["ir.sequence"].sudo()
        sequence = sequence.search([("code", "=", "sajad.request")], limit=1)
        if sequence.implementation != "standard" or sequence.use_date_range:
            return [sequence.next_by_id() for _number in range(count)]
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{sequence.id:03d}",
                count,
            )
        )
        return [sequence.get_next_char(number) for (number,) in rows]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if any(request.state != "draft" for request in self):
            raise AccessError(
                self.env._("A submitted request is never deleted, only cancelled.")
            )

    def _get_client_refusal(self):
        return self.env._("Requests change only through the decisions of offices.")

    def action_open_tasks(self):
        """Open the steps of the request."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_base.sajad_task_action"
        )
        action["domain"] = [("request_id", "=", self.id)]
        action["context"] = {}
        return action
