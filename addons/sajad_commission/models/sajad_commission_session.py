from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.i18n import format_list

from odoo.addons.sajad_base.tools.clock import get_country_day, get_country_today


class SajadCommissionSession(models.Model):
    """A sitting in which a commission decides on many requests (row A7)."""

    _name = "sajad.commission.session"
    _description = "Commission Session"
    _inherit = ["sajad.client.guard", "sajad.date.guard", "sajad.spelling"]
    # what the members fill in; state and number come with the buttons
    _client_fields = {
        "cartable_id",
        "date",
        "place",
        "chair",
        "note",
        "attendee_ids",
        "item_ids",
    }
    _client_create_fields = _client_fields
    _order = "date desc, id desc"
    _spelling = {"chair": "text"}

    name = fields.Char(string="Number", readonly=True, copy=False)
    cartable_id = fields.Many2one(
        "sajad.cartable",
        string="Commission",
        required=True,
        ondelete="restrict",
        domain="[('role_id.is_commission', '=', True)]",
        default=lambda self: self._get_default_cartable(),
    )
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("open", "In Session"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="planned",
        copy=False,
    )
    date = fields.Datetime(string="Held on", required=True)
    place = fields.Char()
    chair = fields.Char(string="Chairperson")
    note = fields.Text(string="Minutes", help="What was said besides the decisions.")
    attendee_ids = fields.One2many(
        "sajad.commission.attendee", "session_id", string="Members", copy=True
    )
    item_ids = fields.One2many("sajad.commission.item", "session_id", string="Agenda")
    item_count = fields.Integer(compute="_compute_item_count", string="Requests")
    undecided_count = fields.Integer(
        compute="_compute_item_count", string="Without Decision"
    )

    can_hold = fields.Boolean(compute="_compute_can_hold")
    is_early = fields.Boolean(
        compute="_compute_is_early", help="It is planned for a day to come."
    )

    def _get_default_cartable(self):
        return self.env["sajad.cartable"].search(
            [("role_id.is_commission", "=", True)], limit=1
        )

    @api.depends("name", "date")
    def _compute_display_name(self):
        for session in self:
            session.display_name = (
                self.env._("Session %(number)s", number=session.name)
                if session.name
                else self.env._("Planned Session")
            )

    @api.depends_context("uid")
    @api.depends("cartable_id")
    def _compute_can_hold(self):
        for session in self:
            session.can_hold = session._is_held_by_user()

    @api.depends("date")
    def _compute_is_early(self):
        today = get_country_today()
        for session in self:
            session.is_early = bool(session.date) and session._get_day() > today

    def _get_day(self):
        """Return the day of the session in the country."""
        return get_country_day(self.date)

    @api.depends("item_ids.decision")
    def _compute_item_count(self):
        for session in self:
            session.item_count = len(session.item_ids)
            session.undecided_count = len(
                session.item_ids.filtered(lambda item: not item.decision)
            )

    def _check_client_write(self, vals):
        self._check_minutes_open()
        return super()._check_client_write(vals)

    def _check_minutes_open(self):
        # a closed session is a document, with its agenda and its members
        if any(session.state in ("closed", "cancelled") for session in self):
            raise UserError(self.env._("The minutes of a closed session are final."))

    def _check_begun(self):
        # nobody was there before the session
        if any(session.state == "planned" for session in self):
            raise UserError(
                self.env._("Begin the session first: then tick who is present.")
            )

    def _get_client_refusal(self):
        return self.env._("Decisions come into force with the session.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        if any(session.state != "planned" for session in self):
            raise UserError(self.env._("Only planned sessions are deleted."))

    # ------------------------------------------------------------
    # BUTTONS
    # ------------------------------------------------------------

    def action_fill(self):
        """Put the work that lies in the commission's cartable on the agenda.

        :raise UserError: there is none, or the session is over
        """
        self.ensure_one()
        self._check_running("planned", "open")
        Task = self.env["sajad.task"]
        tasks = Task.search(
            Domain("cartable_id", "=", self.cartable_id.id)
            & Domain(Task._get_open_domain())
            & Domain("stage_id.role_id.is_commission", "=", True)
        )
        planned = self.env["sajad.commission.item"].search(
            [("task_id", "in", tasks.ids), ("is_applied", "=", False)]
        )
        tasks -= planned.filtered(
            lambda item: item.session_id.state in ("planned", "open")
        ).task_id
        if not tasks:
            raise UserError(self.env._("No further request waits for the commission."))
        start = len(self.item_ids)
        self.env["sajad.commission.item"].create(
            [
                {"session_id": self.id, "task_id": task.id, "sequence": start + number}
                for number, task in enumerate(tasks, 1)
            ]
        )

    def action_open(self):
        """Begin the session: it gets its number.

        One that was planned for a later day is held now: the client asks first.

        :raise UserError: the agenda is empty
        """
        self.ensure_one()
        self._check_running("planned")
        if not self.item_ids:
            raise UserError(self.env._("Put requests on the agenda first."))
        year, numbers = (
            self.env["sajad.register"]
            # numbers are drawn for whoever may hold the session
            .sudo()
            ._draw(self.cartable_id.university_id, "commission_session")
        )
        # state and number are the model's own; who holds the session was checked
        self.sudo().write({"state": "open", "name": f"{year}/{numbers[0]}"})
        if self.is_early:
            # letters and minutes are not dated before their session
            self.date = fields.Datetime.now()

    def action_cancel(self):
        """Cancel a session that does not take place; its requests wait for another."""
        self.ensure_one()
        self._check_running("planned", "open")
        if self.item_ids.filtered("is_applied"):
            raise UserError(self.env._("Decisions of this session are in force."))
        self.item_ids.unlink()
        self.sudo().state = "cancelled"  # the model's own, as above

    def action_close(self):
        """Carry the decisions out and close the session (row A7).

        Every request moves on through the engine; those that cannot be decided keep
        the session open and say why.

        :raise UserError: a request has no decision yet, nobody is ticked as present, or
            the day is still to come
        """
        self.ensure_one()
        self._check_running("open")
        if self.is_early:
            raise UserError(
                self.env._(
                    "The session is dated on a day to come: correct its date first."
                )
            )
        self.lock_for_update()
        missing = self.item_ids.filtered(lambda item: not item.decision)
        if missing:
            raise UserError(
                self.env._(
                    "Enter the decision on: %(names)s",
                    names=format_list(self.env, missing.mapped("student_name")),
                )
            )
        if not self.attendee_ids.filtered("is_present"):
            raise UserError(
                self.env._("Tick under Members who is present: the minutes name them.")
            )
        problems = self.item_ids.filtered(lambda item: not item.is_applied)._apply()
        if problems:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {
                    "type": "warning",
                    "sticky": True,
                    "message": "\n".join(problems),
                    "next": {"type": "ir.actions.client", "tag": "soft_reload"},
                },
            }
        self.sudo().state = "closed"  # the model's own, as above
        return None

    def _is_held_by_user(self):
        task = self.env["sajad.task"].new({"cartable_id": self.cartable_id.id})
        return self.cartable_id.id in self.env["sajad.engine"]._get_memberships(task)

    def _check_running(self, *states):
        # supervisors look, members hold the session
        self.check_access("write")
        if not self._is_held_by_user():
            raise AccessError(self.env._("You are not in charge of this cartable."))
        if self.state not in states:
            raise UserError(
                self.env._("This is not possible in this session any more.")
            )
