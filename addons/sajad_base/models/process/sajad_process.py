from ast import literal_eval

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from ...engine.states import OPEN_REQUESTS


class SajadProcess(models.Model):
    """A published service with steps (row A5)."""

    _name = "sajad.process"
    _description = "Process"
    _inherit = ["sajad.search.key.mixin", "sajad.date.guard", "sajad.code"]
    _code_prefix = "process"
    _order = "sequence, name"
    _spelling = {"name": "text", "code": "number"}
    _search_key_fields = ("name", "code")

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Html(
        translate=True, help="What the service is, shown to those who may apply."
    )
    matter = fields.Selection(
        [("general", "General")],
        string="About",
        required=True,
        default="general",
        help="What its requests are about: some matters bring forms, rules and papers "
        "of their own. It stays as it is once there are requests.",
    )
    is_used = fields.Boolean(compute="_compute_is_used")
    # who may apply in the portal, by `sajad.request.requester_kind`
    for_student = fields.Boolean(string="Students", default=True)
    for_graduate = fields.Boolean(
        string="Graduates", default=True, help="Whose study ended with a degree."
    )
    for_institution = fields.Boolean(
        string="Institutions",
        help="Universities and outside bodies, through the persons whom they named.",
    )
    for_staff = fields.Boolean(
        string="University Staff", help="Whoever works at a university, for oneself."
    )
    university_ids = fields.Many2many(
        "sajad.university",
        string="Offered at",
        help="Leave empty to offer it at every university.",
    )
    student_condition = fields.Char(
        string="Offered to",
        help="Which students may apply, as a domain. Empty: all of them.",
    )
    exclusive_group = fields.Char(
        help="A requester has at most one open request among the processes that share "
        "this key. Leave empty to allow several.",
    )
    call_start = fields.Date(
        string="Call Opens", help="No request before this day. Empty: always open."
    )
    call_end = fields.Date(string="Call Closes", help="No new request after this day.")
    stage_ids = fields.One2many("sajad.stage", "process_id", string="Stages")
    flow_ids = fields.One2many("sajad.flow", "process_id", string="Versions")
    published_flow_id = fields.Many2one(
        "sajad.flow", compute="_compute_published_flow_id", string="Published Version"
    )
    open_request_count = fields.Integer(compute="_compute_open_request_count")
    is_open = fields.Boolean(compute="_compute_is_open", string="Takes Requests")

    _code_uniq = models.Constraint("unique(code)", "This process code is in use.")

    @api.depends("flow_ids.state")
    def _compute_published_flow_id(self):
        for process in self:
            process.published_flow_id = self._get_published_flow_id(process._origin.id)

    @api.model
    @tools.ormcache("process_id", cache="stable")
    def _get_published_flow_id(self, process_id):
        """Return the id of the published version, read once: publishing is rare."""
        # which version is published is no secret of one user
        flows = self.env["sajad.flow"].sudo()
        domain = [("process_id", "=", process_id), ("state", "=", "published")]
        return flows.search(domain, limit=1).id

    def _compute_open_request_count(self):
        groups = self.env["sajad.request"]._read_group(
            [
                ("process_id", "in", self.ids),
                ("state", "in", OPEN_REQUESTS),
            ],
            ["process_id"],
            ["__count"],
        )
        counts = {process.id: count for process, count in groups}
        for process in self:
            process.open_request_count = counts.get(process.id, 0)

    def _compute_is_used(self):
        # whether there are requests is no secret of those who may read them
        Request_sudo = self.env["sajad.request"].sudo()
        for process in self:
            domain = [("process_id", "=", process._origin.id)]
            process.is_used = bool(Request_sudo.search_count(domain, limit=1))

    def write(self, vals):
        """Keep what a process is about: its requests were made for that.

        :raise UserError: another matter, and there are requests
        """
        if "matter" in vals:
            self._check_matter(vals["matter"])
        return super().write(vals)

    def _check_matter(self, matter):
        for process in self:
            if process.matter != matter and process.is_used:
                raise UserError(
                    self.env._(
                        "%(name)s has requests already; what it is about stays as it "
                        "is. Copy the process for another matter.",
                        name=process.name,
                    )
                )

    @api.depends("call_start", "call_end", "published_flow_id", "active")
    def _compute_is_open(self):
        for process in self:
            process.is_open = bool(
                process.active
                and process.published_flow_id
                and process._get_call_state() == "open"
            )

    def action_open_guide(self):
        """Open the guides of the process for the own audience (row A8)."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_base.sajad_process_guide_action"
        )
        guides = self.guide_ids._filter_readable()
        own = guides.filtered(lambda guide: guide.audience == guides[:1].audience)
        action["domain"] = [("id", "in", guides.ids)]
        action["display_name"] = self.env._("Guide: %(process)s", process=self.name)
        if len(own) == 1:
            view = self.env.ref("sajad_base.sajad_process_guide_view_form_read")
            action.update(res_id=own.id, views=[(view.id, "form")], target="new")
        return action

    def action_open_board(self):
        """Open the kanban of this process, one column per stage (row A10)."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_base.sajad_task_action_board"
        )
        action["domain"] = [("process_id", "=", self.id), ("current", "=", True)]
        action["display_name"] = self.name
        # stands in the address, which is opened again or kept as a bookmark
        action["context"] = {**literal_eval(action["context"]), "active_id": self.id}
        return action

    def _check_takes_requests(self):
        """Raise when the process takes no request now, saying why (row D7)."""
        self._check_offered()
        for process in self:
            state = process._get_call_state()
            if state == "soon":
                raise UserError(
                    self.env._(
                        "The call of %(name)s has not opened. %(call)s",
                        name=process.name,
                        call=process._get_call_text(),
                    )
                )
            if state == "closed":
                raise UserError(
                    self.env._(
                        "The call of %(name)s has closed. %(call)s",
                        name=process.name,
                        call=process._get_call_text(),
                    )
                )

    def _check_offered(self):
        """Raise when the process is not offered at all, be its call open or not."""
        for process in self:
            if not process.active or not process.published_flow_id:
                raise UserError(
                    self.env._("%(name)s is not offered now.", name=process.name)
                )
