from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

REMINDER_BATCH = 500


class SajadVisit(models.Model):
    """A student who has to come to an office in person, with or without a time.

    Written by the engine, and by the buttons of the office alone (row B2).
    """

    _name = "sajad.visit"
    _description = "In-Person Visit"
    _inherit = ["sajad.client.guard"]
    _order = "start, id"
    _rec_name = "student_name"

    task_id = fields.Many2one(
        "sajad.task", required=True, readonly=True, index=True, ondelete="cascade"
    )
    request_id = fields.Many2one(
        "sajad.request", required=True, readonly=True, index=True, ondelete="cascade"
    )
    cartable_id = fields.Many2one(
        "sajad.cartable", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", required=True, readonly=True, index=True, ondelete="restrict"
    )
    student_name = fields.Char(related="task_id.student_name")
    student_number = fields.Char(related="task_id.student_number")
    stage_id = fields.Many2one(related="task_id.stage_id")
    reason = fields.Text(related="task_id.visit_reason")
    slot_id = fields.Many2one(
        "sajad.visit.slot",
        string="Appointment",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    weekday = fields.Char(related="slot_id.weekday")
    start = fields.Datetime(related="slot_id.start", store=True, string="When")
    end = fields.Datetime(related="slot_id.end", string="Until")
    state = fields.Selection(
        [
            ("planned", "Expected"),
            ("came", "Came"),
            ("no_show", "Did Not Come"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="planned",
    )
    is_reminded = fields.Boolean(readonly=True, help="The student was reminded.")
    no_show_count = fields.Integer(
        compute="_compute_no_show_count",
        string="Missed",
        help="How often the student did not come for this request to this office.",
    )
    can_decide = fields.Boolean(related="task_id.can_decide", related_sudo=False)

    _planned_uniq = models.UniqueIndex(
        "(task_id) WHERE state = 'planned'", "The student is expected already."
    )
    _day_idx = models.Index("(cartable_id, start)")
    _reminder_idx = models.Index(
        "(start) WHERE state = 'planned' AND is_reminded IS NOT TRUE"
    )

    def _compute_no_show_count(self):
        counts = self.task_id._get_no_show_counts()
        for visit in self:
            visit.no_show_count = counts.get(visit.task_id.id, 0)

    def _get_client_refusal(self):
        return self.env._("Visits change only through the buttons of the office.")

    def action_open_task(self):
        """Open the work of the visit."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sajad.task",
            "res_id": self.task_id.id,
            "view_mode": "form",
        }

    # ------------------------------------------------------------
    # LIFE
    # ------------------------------------------------------------

    @api.model
    def _expect(self, tasks):
        """Expect the students of these tasks, once each."""
        expected = self.search(
            [("task_id", "in", tasks.ids), ("state", "=", "planned")]
        )
        return self.create(
            [
                {
                    "task_id": task.id,
                    "request_id": task.request_id.id,
                    "cartable_id": task.cartable_id.id,
                    "partner_id": task.request_id.partner_id.id,
                }
                for task in tasks - expected.task_id
            ]
        )

    def _drop(self, kind=None):
        """Take appointments away; students choose another time.

        :param kind: of the notice for the student, none without it
        """
        dropped = self.filtered("slot_id")
        if not dropped:
            return
        dropped.write({"state": "cancelled"})
        dropped.flush_recordset()
        self._expect(dropped.task_id)
        if kind:
            dropped._notify(kind)

    def _notify(self, kind):
        self.env["sajad.notice"]._queue_many(
            [
                {
                    "request_id": visit.request_id.id,
                    "task_id": visit.task_id.id,
                    "visit_id": visit.id,
                    "partner_id": visit.partner_id.id,
                    "kind": kind,
                }
                for visit in self
            ]
        )

    # ------------------------------------------------------------
    # THE STUDENT CHOOSES; the controllers have checked whose request it is
    # ------------------------------------------------------------

    def _book(self, slot):
        """Give the student this time instead of the one chosen before.

        :param slot: record, or none to give the time back
        :raise UserError: with a sentence for the student
        """
        self.ensure_one()
        self._check_can_choose()
        if not slot:
            raise UserError(self.env._("Choose one of the times."))
        # booking and the places of an office are the engine's
        visit_sudo, slot_sudo = self.sudo(), slot.sudo()
        if slot_sudo.cartable_id != visit_sudo.cartable_id or not slot_sudo.active:
            raise UserError(self.env._("This time is not offered; choose another."))
        if slot_sudo == visit_sudo.slot_id:
            return
        if not slot_sudo._filter_open():
            raise UserError(
                self.env._("The office is closed on this day; choose another.")
            )
        slot_sudo._lock_places()
        if slot_sudo.start <= fields.Datetime.now():
            raise UserError(self.env._("This time is over; choose another."))
        if not slot_sudo.free_count:
            raise UserError(
                self.env._("This time was just taken; choose another of the list.")
            )
        visit_sudo._check_no_overlap(slot_sudo)
        visit_sudo.write({"slot_id": slot_sudo.id, "is_reminded": False})
        self.env["sajad.engine"]._record("booked", visit_sudo.task_id)

    def _check_can_choose(self):
        # the student may not read work; the visit is the own one
        task = self.sudo().task_id
        waits = task.state == "student" and task.student_wait == "visit"
        if self.state != "planned" or not waits:
            raise UserError(self.env._("You are not expected here any more."))
        if self._is_too_late():
            raise UserError(
                self.env._(
                    "Your appointment is today: it can be changed until the day before."
                )
            )

    def _is_too_late(self):
        """Whether the day of the appointment has come."""
        # the student may not read slots; the visit is the own one
        slot_sudo = self.sudo().slot_id
        today = slot_sudo and slot_sudo._to_local_day(fields.Datetime.now())
        return bool(slot_sudo) and slot_sudo._get_local().date() == today

    def _check_no_overlap(self, slot):
        other = self.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("id", "!=", self.id),
                ("state", "=", "planned"),
                ("slot_id.start", "<", slot.end),
                ("slot_id.end", ">", slot.start),
            ],
            limit=1,
        )
        if other:
            raise UserError(
                self.env._(
                    "You are expected at %(office)s at that time.",
                    office=other.stage_id.name,
                )
            )

    # ------------------------------------------------------------
    # REMINDER
    # ------------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Remind students the day before, on the clock of their university."""
        now = fields.Datetime.now()
        # two days reach over every time zone; the day itself is told below
        visits = self.search(
            [
                ("state", "=", "planned"),
                ("is_reminded", "=", False),
                ("start", ">", now),
                ("start", "<", now + timedelta(days=2, hours=1)),
            ],
            order="start, id",
        )
        due = visits.filtered(lambda visit: visit._is_tomorrow(now))
        for start in range(0, len(due), REMINDER_BATCH):
            batch = due[start : start + REMINDER_BATCH]
            batch._notify("visit_reminder")
            batch.write({"is_reminded": True})
            remaining = len(due) - start - len(batch)
            if not self.env["ir.cron"]._commit_progress(
                len(batch), remaining=remaining
            ):
                break

    def _is_tomorrow(self, now):
        today = self.slot_id._to_local_day(now)
        return self.slot_id._get_local().date() == today + timedelta(days=1)
