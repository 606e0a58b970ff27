from datetime import UTC, datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sajad_base.tools.clock import get_country_today

MAX_SLOTS = 1000
MAX_DAYS = 190
# as date.weekday() counts
WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)


class SajadVisitPlan(models.TransientModel):
    """Makes the appointments of an office for some weeks (row B2).

    Holidays, and hours that the university does not work, are left out.
    """

    _name = "sajad.visit.plan"
    _description = "Offer Appointments"
    _inherit = ["sajad.date.guard"]

    cartable_id = fields.Many2one(
        "sajad.cartable",
        required=True,
        default=lambda self: self._default_cartable_id(),
        domain=lambda self: self._get_cartable_domain(),
    )
    date_from = fields.Date(
        string="From", required=True, default=lambda self: self._default_date(1)
    )
    date_to = fields.Date(
        string="To", required=True, default=lambda self: self._default_date(14)
    )
    saturday = fields.Boolean(default=True)
    sunday = fields.Boolean(default=True)
    monday = fields.Boolean(default=True)
    tuesday = fields.Boolean(default=True)
    wednesday = fields.Boolean(default=True)
    thursday = fields.Boolean()
    friday = fields.Boolean()
    hour_from = fields.Float(string="From Hour", required=True, default=9)
    hour_to = fields.Float(string="To Hour", required=True, default=12)
    duration = fields.Integer(
        string="Minutes per Slot",
        required=True,
        default=30,
        help="How long one slot takes.",
    )
    capacity = fields.Integer(string="Students at a Time", required=True, default=1)
    slot_count = fields.Integer(compute="_compute_slot_count", string="New Slots")

    has_cartable = fields.Boolean(compute="_compute_has_cartable")

    def _compute_has_cartable(self):
        domain = self._get_cartable_domain()
        self.has_cartable = bool(self.env["sajad.cartable"].search(domain, limit=1))

    @api.model
    def _default_cartable_id(self):
        cartables = self.env["sajad.cartable"].search(
            self._get_cartable_domain(), limit=2
        )
        return cartables if len(cartables) == 1 else False

    @api.model
    def _default_date(self, days):
        return get_country_today() + timedelta(days=days)

    @api.model
    def _get_cartable_domain(self):
        """Return the domain of the cartables in which the user decides."""
        return [("is_mine", "=", True)]

    @api.depends(
        "cartable_id",
        "date_from",
        "date_to",
        "hour_from",
        "hour_to",
        "duration",
        *WEEKDAYS,
    )
    def _compute_slot_count(self):
        for plan in self:
            plan.slot_count = len(plan._get_new_times()) if plan._is_sound() else 0

    def _is_sound(self):
        return bool(
            self.cartable_id
            and self.date_from
            and self.date_to
            and timedelta() <= self.date_to - self.date_from <= timedelta(days=MAX_DAYS)
            and 0 <= self.hour_from < self.hour_to <= 24
            and self.duration >= 5
        )

    def action_make(self):
        """Make the slots that are not there yet, and show them (row B2).

        :raise UserError: nothing to make, or times that make no sense
        :return: action
        """
        self.ensure_one()
        self.cartable_id.check_access("read")
        self._check_plan()
        times = self._get_new_times()
        if not times:
            raise UserError(
                self.env._(
                    "There is no new time: these days are holidays, the university "
                    "does not work at these hours, or the slots are there already."
                )
            )
        if len(times) > MAX_SLOTS:
            raise UserError(
                self.env._("At most %(count)s slots at once.", count=MAX_SLOTS)
            )
        self.env["sajad.visit.slot"].create(
            [
                {
                    "cartable_id": self.cartable_id.id,
                    "start": start,
                    "end": end,
                    "capacity": self.capacity,
                }
                for start, end in times
            ]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_visit.sajad_visit_slot_action"
        )
        action["context"] = {
            "search_default_future": 1,
            "search_default_cartable_id": self.cartable_id.id,
        }
        return action

    def _check_plan(self):
        if self.date_to < self.date_from:
            raise UserError(self.env._("The last day lies before the first."))
        if self.date_to - self.date_from > timedelta(days=MAX_DAYS):
            raise UserError(self.env._("Offer at most half a year at once."))
        if not 0 <= self.hour_from < self.hour_to <= 24:
            raise UserError(self.env._("The last hour lies before the first."))
        if self.duration < 5:
            raise UserError(self.env._("A slot takes at least five minutes."))
        if self.capacity < 1:
            raise UserError(self.env._("A slot has room for at least one student."))

    # ------------------------------------------------------------
    # TIMES
    # ------------------------------------------------------------

    def _get_new_times(self):
        """Return [(start, end)] in naive UTC that overlap no slot of the office."""
        times = self._get_times()
        if not times:
            return []
        taken = self.env["sajad.visit.slot"].search(
            [
                ("cartable_id", "=", self.cartable_id.id),
                ("start", "<", times[-1][1]),
                ("end", ">", times[0][0]),
            ]
        )
        return [
            (start, end)
            for start, end in times
            if not any(slot.start < end and slot.end > start for slot in taken)
        ]

    def _get_times(self):
        zone = self.cartable_id._get_visit_zone()
        length = timedelta(minutes=self.duration)
        now = fields.Datetime.now()
        times = []
        for begin, end in self._get_open_hours(zone):
            while begin + length <= end:
                if begin > now:
                    times.append((begin, begin + length))
                begin += length
        return times

    def _get_open_hours(self, zone):
        """Yield the hours of the plan in which the university works, naive UTC."""
        working = self._get_working_hours(zone)
        day = self.date_from
        while day <= self.date_to:
            if self[WEEKDAYS[day.weekday()]]:
                midnight = datetime.combine(day, time.min, zone)
                first = self._to_utc(midnight, self.hour_from)
                last = self._to_utc(midnight, self.hour_to)
                for begin, end in working or [(first, last)]:
                    begin, end = max(begin, first), min(end, last)
                    if begin < end:
                        yield begin, end
            day += timedelta(days=1)

    def _to_utc(self, midnight, hour):
        moment = midnight + timedelta(minutes=round(hour * 60))
        return moment.astimezone(UTC).replace(tzinfo=None)

    def _get_working_hours(self, zone):
        """Return the working intervals of the university; without a calendar none."""
        # working hours of an office are no secret of one user
        calendar_sudo = self.cartable_id.sudo().university_id.calendar_id
        if not calendar_sudo:
            return []
        intervals = calendar_sudo._work_intervals_batch(
            datetime.combine(self.date_from, time.min, zone),
            datetime.combine(self.date_to, time.max, zone),
        )[False]
        return [
            (
                begin.astimezone(UTC).replace(tzinfo=None),
                end.astimezone(UTC).replace(tzinfo=None),
            )
            for begin, end, _records in intervals
        ]
