from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.sajad_base.engine.states import IN_CARTABLE, OPEN_REQUESTS

# what may still be changed by hand until the requests are started
SETUP_FIELDS = {
    "university_id",
    "process_id",
    "clearance_reason",
    "source",
    "numbers",
    "file",
    "file_name",
    "faculty_ids",
    "degree_level_ids",
    "entry_year",
}


class SajadCohort(models.Model):
    """A graduating class that an officer clears as one (row B11).

    Checked first, a sentence for each row, then started in the background.
    """

    _name = "sajad.cohort"
    _description = "Graduating Class"
    _inherit = ["sajad.client.guard", "sajad.search.key.mixin"]
    # the state is written by the checks and jobs alone
    _client_fields = {"name", *SETUP_FIELDS}
    _client_create_fields = _client_fields
    _order = "id desc"
    _spelling = {"name": "text"}
    _search_key_fields = ("name",)

    name = fields.Char(required=True)
    university_id = fields.Many2one(
        "sajad.university",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._get_default_university(),
    )
    process_id = fields.Many2one(
        "sajad.process",
        required=True,
        ondelete="restrict",
        domain=[("matter", "=", "clearance")],
        default=lambda self: self._get_default_process(),
    )
    clearance_reason = fields.Selection(
        lambda self: self.env["sajad.request"]._get_clearance_reasons(),
        string="Reason for Clearance",
        required=True,
        default="graduation",
    )
    source = fields.Selection(
        [
            ("filter", "Students of Faculties"),
            ("list", "List of Student Numbers"),
            ("file", "File"),
        ],
        string="Students from",
        required=True,
        default="list",
    )
    faculty_ids = fields.Many2many(
        "sajad.faculty",
        string="Faculties",
        domain="[('university_id', '=', university_id)]",
        help="Empty: all faculties. Whoever is of another one is left out.",
    )
    degree_level_ids = fields.Many2many(
        "sajad.degree.level", string="Degree Levels", help="Empty: all levels."
    )
    entry_year = fields.Integer(
        help="Jalali year of admission, four digits. Empty: all.", aggregator=None
    )
    numbers = fields.Text(
        string="Student Numbers",
        help="One in a line, in any digits, as they are copied from a sheet.",
    )
    file = fields.Binary(string="List File", attachment=True)
    file_name = fields.Char()
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("checked", "Checked"),
            ("running", "Starting"),
            ("done", "Started"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    problem = fields.Text(readonly=True, copy=False)
    started_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_start = fields.Datetime(string="Started on", readonly=True, copy=False)
    date_done = fields.Datetime(string="All Started on", readonly=True, copy=False)
    line_ids = fields.One2many("sajad.cohort.line", "cohort_id", string="Students")
    request_ids = fields.One2many("sajad.request", "cohort_id", string="Requests")
    # counts
    line_count = fields.Integer(string="Rows", compute="_compute_line_counts")
    ok_count = fields.Integer(string="To Start", compute="_compute_line_counts")
    problem_count = fields.Integer(string="Left Out", compute="_compute_line_counts")
    started_count = fields.Integer(string="Started", compute="_compute_line_counts")
    payment_count = fields.Integer(
        string="Waits for Payment",
        compute="_compute_request_counts",
        help="Asked for, and not started before the fee is paid.",
    )
    start_progress = fields.Integer(compute="_compute_line_counts")
    open_count = fields.Integer(
        string="Not Cleared Yet", compute="_compute_request_counts"
    )
    cleared_count = fields.Integer(string="Cleared", compute="_compute_request_counts")
    cleared_progress = fields.Integer(compute="_compute_request_counts")
    my_task_count = fields.Integer(
        string="In My Cartables", compute="_compute_my_task_count"
    )

    # ------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------

    @api.model
    def _get_default_university(self):
        """Return the university of the user, if there is only one."""
        user = self.env.user
        # own memberships, whatever the user may read of colleagues
        members = self.env["sajad.cartable.member"].sudo()
        found = self.env["sajad.university"].search(
            [("liaison_ids", "in", user.ids)]
        ) or (
            members.search(
                Domain("user_id", "=", user.id) & members._get_active_domain()
            ).university_id
        )
        return (
            found.filtered(lambda u: not u.is_organization)
            if len(found) == 1
            else False
        )

    @api.model
    def _get_default_process(self):
        domain = [("matter", "=", "clearance")]
        return self.env["sajad.process"].search(domain, limit=1)

    def _compute_line_counts(self):
        groups = self.env["sajad.cohort.line"]._read_group(
            [("cohort_id", "in", self.ids)], ["cohort_id", "result"], ["__count"]
        )
        counts = {(cohort.id, result): count for cohort, result, count in groups}
        for cohort in self:
            mine = {r: n for (id_, r), n in counts.items() if id_ == cohort._origin.id}
            cohort.line_count = sum(mine.values())
            cohort.ok_count = mine.get("ok", 0)
            asked = mine.get("started", 0)
            cohort.started_count = asked - cohort.payment_count
            cohort.problem_count = cohort.line_count - cohort.ok_count - asked
            wanted = cohort.ok_count + asked
            cohort.start_progress = 100 * asked // wanted if wanted else 0

    def _compute_request_counts(self):
        groups = (
            self.env["sajad.request"]
            # how far the class is may be known to whoever may read it
            .sudo()
            ._read_group(
                [("cohort_id", "in", self.ids)], ["cohort_id", "state"], ["__count"]
            )
        )
        counts = {(cohort.id, state): count for cohort, state, count in groups}
        for cohort in self:
            mine = {s: n for (id_, s), n in counts.items() if id_ == cohort._origin.id}
            cohort.cleared_count = mine.get("done", 0)
            # what was submitted is a draft as long as its fee is not paid
            cohort.payment_count = mine.get("draft", 0)
            cohort.open_count = sum(mine.get(state, 0) for state in OPEN_REQUESTS)
            total = sum(mine.values())
            cohort.cleared_progress = (
                100 * cohort.cleared_count // total if total else 0
            )

    def _compute_my_task_count(self):
        for cohort in self:
            cohort.my_task_count = self.env["sajad.task"].search_count(
                cohort._get_my_task_domain()
            )

    def _get_my_task_domain(self):
        self.ensure_one()
        return [
            ("request_id.cohort_id", "=", self._origin.id),
            ("state", "in", IN_CARTABLE),
        ]

    @api.constrains("process_id", "university_id")
    def _check_process(self):
        for cohort in self:
            process = cohort.process_id
            offered = process.university_ids
            if process.matter != "clearance" or (
                offered and cohort.university_id not in offered
            ):
                raise ValidationError(
                    self.env._(
                        "%(process)s is no clearance that %(university)s offers.",
                        process=process.name,
                        university=cohort.university_id.name,
                    )
                )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def write(self, vals):
        """Let the set-up change until requests are started.

        :raise UserError: the class is started already
        :raise AccessError: a client writes what only the job writes
        """
        is_setup = not SETUP_FIELDS.isdisjoint(vals)
        if is_setup:
            self._check_not_started()
        result = super().write(vals)
        if is_setup:
            # what was checked is not what would be started
            checked = self.filtered(lambda cohort: cohort.state == "checked")
            # states are written by this model alone
            checked.sudo()._reset()
        return result

    def _get_client_refusal(self):
        return self.env._("The state of a class changes only by its buttons.")

    def _check_not_started(self):
        for cohort in self:
            if cohort.started_by_id:
                raise UserError(
                    self.env._(
                        "%(name)s was started already; make another class for the "
                        "students who are missing.",
                        name=cohort.name,
                    )
                )

    def _reset(self):
        self.line_ids.unlink()
        self.write({"state": "draft", "problem": False})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        self._check_not_started()
