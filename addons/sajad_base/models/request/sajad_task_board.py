from datetime import UTC

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine.states import IN_CARTABLE
from ...tools.durations import format_hours
from ...tools.searches import asked_for_true


class SajadTask(models.Model):
    """What boards show: how long work waits, what is late, the day of an office."""

    _inherit = "sajad.task"

    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")
    is_of_today = fields.Boolean(
        string="Open or Done Today",
        compute="_compute_is_of_today",
        search="_search_is_of_today",
        help="The day of an office: what is open and what was done today.",
    )
    is_in_own_cartable = fields.Boolean(
        string="In a Cartable of Mine",
        compute="_compute_is_in_own_cartable",
        search="_search_is_in_own_cartable",
    )
    waiting_days = fields.Integer(compute="_compute_waiting_days", string="Waiting")
    waiting_text = fields.Char(
        string="Waiting Time",
        compute="_compute_waiting_text",
        help="Calendar time since the work reached the office, as people say it.",
    )

    has_question = fields.Boolean(
        string="Message without an Answer",
        compute="_compute_has_question",
        help="The requester wrote last, and no office has answered yet.",
    )

    @api.depends("date_due", "state")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for task in self:
            task.is_late = bool(
                task.state == "ready" and task.date_due and task.date_due < now
            )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        # while the student has the work, the office's clock stands still
        late = Domain("state", "=", "ready") & Domain("date_due", "<", "now")
        return late if True in value else ~late

    @api.depends("state", "date_done")
    def _compute_is_of_today(self):
        start = self._get_start_of_today()
        for task in self:
            done_today = task.state == "done" and (task.date_done or start) >= start
            task.is_of_today = task.state in IN_CARTABLE or done_today

    @asked_for_true
    def _search_is_of_today(self):
        """Look for open work and for work done today in the user's cartables.

        Two index scans, because the cartables are known when the query is planned.
        """
        done_today = Domain("state", "=", "done") & Domain(
            "date_done", ">=", self._get_start_of_today()
        )
        return Domain("is_in_own_cartable", "=", True) & (
            Domain(self._get_open_domain()) | done_today
        )

    @api.depends_context("uid")
    @api.depends("cartable_id")
    def _compute_is_in_own_cartable(self):
        for task in self:
            task.is_in_own_cartable = task.cartable_id.is_member

    @asked_for_true
    def _search_is_in_own_cartable(self):
        if not self.env["ir.rule"]._compute_domain(self._name).is_true():
            # The record rule says so already, and PostgreSQL compares each cartable of
            # a list with each of a second one.
            return Domain.TRUE
        own = self.env["sajad.cartable.member"]._get_own_cartable_ids()
        return Domain("cartable_id", "in", own)

    def _get_start_of_today(self):
        """Return when the day of the user began, naive UTC."""
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight.astimezone(UTC).replace(tzinfo=None)

    @api.depends("date_ready", "date_done")
    def _compute_waiting_days(self):
        now = fields.Datetime.now()
        for task in self:
            end = task.date_done or now
            task.waiting_days = (end - task.date_ready).days if task.date_ready else 0

    @api.depends_context("lang")
    @api.depends("date_ready", "date_done")
    def _compute_waiting_text(self):
        now = fields.Datetime.now()
        for task in self:
            waited = (task.date_done or now) - (task.date_ready or now)
            hours = max(waited.total_seconds(), 0) / 3600
            task.waiting_text = format_hours(self.env, hours)

    def _compute_has_question(self):
        """Ask once for a page who wrote last on each request that is open."""
        opened = self.filtered(lambda task: task.state in IN_CARTABLE)
        asked = set()
        if opened:
            rows = self.env.execute_query(self._get_question_sql(opened.request_id))
            asked = {request_id for (request_id,) in rows}
        for task in self:
            task.has_question = task in opened and task.request_id.id in asked

    def _get_question_sql(self, requests):
        """Return a query of the requests on which a person who is no staff wrote last.

        Staff who ask for themselves are the requesters of their own requests.
        """
        self.env["mail.message"].flush_model()
        return SQL(
            """
            SELECT last.res_id
              FROM (SELECT DISTINCT ON (message.res_id)
                           message.res_id, message.author_id
                      FROM mail_message message
                 LEFT JOIN mail_message_subtype subtype
                        ON subtype.id = message.subtype_id
                     WHERE message.model = 'sajad.request'
                       AND message.res_id IN %(requests)s
                       AND message.message_type IN ('comment', 'email')
                       AND message.is_internal IS NOT TRUE
                       AND subtype.internal IS NOT TRUE
                  ORDER BY message.res_id, message.id DESC) last
              JOIN sajad_request request ON request.id = last.res_id
             WHERE last.author_id = request.partner_id
                OR NOT EXISTS (SELECT FROM res_users users
                                WHERE users.partner_id = last.author_id
                                  AND users.share IS NOT TRUE)
            """,
            requests=tuple(requests.ids),
        )

    # ------------------------------------------------------------
    # COLUMNS OF BOARDS
    # ------------------------------------------------------------

    @api.model
    def _read_group_stage_ids(self, stages, domain):
        """Show every column of a process when the board is of one process."""
        processes = self.env["sajad.process"].browse(
            {
                value
                for condition in Domain(domain).optimize(self).iter_conditions()
                if condition.field_expr == "process_id"
                for value in condition.value
                if condition.operator == "in"
            }
        )
        # one search, so that the columns keep the order of the process
        return stages.search(
            Domain("id", "in", stages.ids) | Domain("process_id", "in", processes.ids)
        )

    @api.model
    def _read_group_states(self, states, domain):
        """Show the columns of an office's day even when they are empty."""
        day = (*IN_CARTABLE, "done")
        present = set(states) | set(day)
        return [s for s, _label in self._fields["state"].selection if s in present]
