from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sajad_base.engine.states import (
    IN_CARTABLE,
    OPEN_REQUESTS,
    OPEN_WORK,
)
from odoo.addons.sajad_fee.tools.rials import get_currency_id

CARD_FIELDS = ["student_id", "office_id", "kind", "description", "residual", "state"]


class SajadTask(models.Model):
    """What the work of a clearance shows of its request, and the holds of its office
    against its student (row B7)."""

    _inherit = "sajad.task"

    clearance_reason = fields.Selection(related="request_id.clearance_reason")
    card_delivered = fields.Boolean(related="request_id.card_delivered")
    declared_html = fields.Html(related="request_id.declared_html")
    cohort_id = fields.Many2one(related="request_id.cohort_id")
    hold_ids = fields.Many2many(
        "sajad.hold",
        compute="_compute_hold_ids",
        string="What the Office Holds",
        help="Against this student, open first.",
    )
    open_hold_count = fields.Integer(compute="_compute_open_holds", string="Open Holds")
    open_hold_amount = fields.Monetary(compute="_compute_open_holds", string="Debt")
    currency_id = fields.Many2one("res.currency", compute="_compute_open_holds")
    is_blocked = fields.Boolean(
        string="Held Up",
        compute="_compute_open_holds",
        search="_search_is_blocked",
        help="An open hold of the office keeps the work from being approved.",
    )

    def _compute_hold_ids(self):
        holds = self._get_office_holds()
        empty = self.env["sajad.hold"]
        for task in self:
            found = holds.get(task._origin, empty).with_env(self.env)
            # whoever sees the work of an office sees its holds, or none
            task.hold_ids = found._filtered_access("read").sorted(
                lambda hold: (hold.state != "open", -hold.id)
            )

    @api.depends("state", "cartable_id", "request_id")
    def _compute_open_holds(self):
        """Set-based: a board of any size asks once for the holds of its cards."""
        work = self.filtered(lambda task: task.state in IN_CARTABLE)
        holds = work._get_office_holds(open_only=True)
        currency = get_currency_id(self.env)
        for task in self:
            found = holds.get(task._origin, ())
            task.open_hold_count = len(found)
            task.open_hold_amount = sum(hold.residual for hold in found)
            task.is_blocked = bool(found)
            task.currency_id = currency

    def _search_is_blocked(self, operator, value):
        """From the open holds to the work: they are few, work is millions."""
        if operator != "in":
            return NotImplemented
        self.env.flush_all()
        blocked = Domain(
            "id",
            "in",
            SQL(
                """(
                SELECT task.id
                  FROM sajad_hold hold
                  JOIN sajad_request request ON request.student_id = hold.student_id
                  JOIN sajad_task task ON task.request_id = request.id
                   AND task.state IN %s
                  JOIN sajad_cartable cartable ON cartable.id = task.cartable_id
                   AND cartable.office_id = hold.office_id
                 WHERE hold.state = 'open')""",
                IN_CARTABLE,
            ),
        )
        return blocked if True in value else ~blocked

    def _get_card_duties(self):
        """Return the duty to hand in the student card, while its office waits.

        :return: a list as of `sajad.request._get_duties`
        """
        return [
            {
                "text": self.env._("Hand in your student card"),
                "office": task.stage_id.name,
                "place": task.cartable_id.visit_place or "",
                "hours": task.cartable_id.visit_hours or "",
                "until": False,
                "url": False,
            }
            for task in self
            # nobody is there yet to take it
            if task.state in OPEN_WORK
            and task.state != "suspended"
            and any("card_received" in c.domain for c in task.step_id.check_ids)
        ]

    def action_add_hold(self):
        """Record a hold against the student of this work, on the spot (row B7).

        :raise AccessError: the work is not visible to the user
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Hold"),
            "res_model": "sajad.hold",
            "views": [
                (self.env.ref("sajad_clearance.sajad_hold_view_form_quick").id, "form")
            ],
            "target": "new",
            "context": {
                "default_student_id": self.student_id.id,
                "default_office_id": self.cartable_id.office_id.id,
                "hold_of_task": True,
            },
        }

    @api.model
    def _find_office_pairs(self, holds, states):
        """Return the (student, office) of holds whose work stands in one of the states.

        Of open requests, the current work alone.
        """
        tasks = self.search(
            [
                ("request_id.student_id", "in", holds.student_id.ids),
                ("request_id.state", "in", OPEN_REQUESTS),
                ("cartable_id.office_id", "in", holds.office_id.ids),
                ("current", "=", True),
                ("state", "in", states),
            ]
        )
        return {(t.request_id.student_id, t.cartable_id.office_id) for t in tasks}

    def _get_office_holds(self, open_only=False):
        """Return {task: holds} of the office in whose cartable each task lies.

        One query when there is none, which is what most decisions meet.
        """
        pairs = self._find_office_holds(open_only)
        if not pairs:
            return {}
        # the office alone sees them; the engine asks for the office
        Hold_sudo = self.env["sajad.hold"].sudo()
        holds = Hold_sudo.browse(hold_id for _task_id, hold_id in pairs)
        holds.fetch(CARD_FIELDS)
        result = {}
        for task_id, hold_id in pairs:
            task = self.browse(task_id)
            result[task] = result.get(task, Hold_sudo) | Hold_sudo.browse(hold_id)
        return result

    def _find_office_holds(self, open_only):
        """Return the pairs (id of a task, id of a hold of its office)."""
        if not self.ids:
            return []
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT task.id, hold.id
                  FROM sajad_task task
                  JOIN sajad_request request ON request.id = task.request_id
                  JOIN sajad_cartable cartable ON cartable.id = task.cartable_id
                  JOIN sajad_hold hold ON hold.student_id = request.student_id
                   AND hold.office_id = cartable.office_id
                 WHERE task.id IN %(tasks)s AND %(states)s
              ORDER BY hold.id DESC
                """,
                tasks=tuple(self.ids),
                states=SQL("hold.state = 'open'") if open_only else SQL("TRUE"),
            )
        )
