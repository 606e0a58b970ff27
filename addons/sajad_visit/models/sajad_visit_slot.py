from datetime import UTC, datetime, time

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_time
from odoo.tools.misc import format_date

TAKEN_STATES = ("planned", "came")
LONG_DATE = "EEEE d MMMM y"


class SajadVisitSlot(models.Model):
    """A time at which an office receives students (row B2)."""

    _name = "sajad.visit.slot"
    _description = "Appointment Slot"
    _inherit = ["sajad.date.guard"]
    _order = "start, id"

    cartable_id = fields.Many2one(
        "sajad.cartable", required=True, index=True, ondelete="cascade"
    )
    university_id = fields.Many2one(related="cartable_id.university_id")
    weekday = fields.Char(compute="_compute_weekday")
    start = fields.Datetime(required=True)
    end = fields.Datetime(required=True)
    capacity = fields.Integer(
        required=True, default=1, help="How many students may choose this time."
    )
    active = fields.Boolean(default=True)
    visit_ids = fields.One2many("sajad.visit", "slot_id", string="Visits")
    taken_count = fields.Integer(compute="_compute_taken_count", string="Taken")
    free_count = fields.Integer(compute="_compute_taken_count", string="Free")

    _start_uniq = models.UniqueIndex(
        "(cartable_id, start) WHERE active IS TRUE",
        "The office has a slot that begins at this time already.",
    )
    _order_check = models.Constraint(
        'CHECK ("end" > start)', "A slot ends after it begins."
    )
    _capacity_check = models.Constraint(
        "CHECK (capacity > 0)", "A slot has room for at least one student."
    )

    @api.depends("capacity", "visit_ids.state")
    def _compute_taken_count(self):
        groups = (
            self.env["sajad.visit"]
            # how full a slot is may be known to whoever may read it
            .sudo()
            ._read_group(
                [("slot_id", "in", self.ids), ("state", "in", TAKEN_STATES)],
                ["slot_id"],
                ["__count"],
            )
        )
        counts = {slot.id: count for slot, count in groups}
        for slot in self:
            slot.taken_count = counts.get(slot._origin.id, 0)
            slot.free_count = max(slot.capacity - slot.taken_count, 0)

    @api.depends_context("lang", "tz")
    @api.depends("start", "end")
    def _compute_display_name(self):
        for slot in self:
            # a new record has no time yet
            if not (slot.start and slot.end):
                slot.display_name = False
                continue
            slot.display_name = self.env._(
                "%(day)s, %(hours)s",
                day=slot._get_day_label(),
                hours=slot._get_hours_label(),
            )

    @api.depends_context("lang")
    @api.depends("start", "cartable_id")
    def _compute_weekday(self):
        for slot in self:
            day = slot.start and slot._get_local().date()
            slot.weekday = day and format_date(self.env, day, date_format="EEEE")

    @api.constrains("capacity")
    def _check_capacity(self):
        for slot in self:
            if slot.capacity < slot.taken_count:
                raise ValidationError(
                    self.env._(
                        "%(count)s students have chosen this time already.",
                        count=slot.taken_count,
                    )
                )

    def write(self, vals):
        """Keep the word that was given to students.

        :raise UserError: somebody has chosen a time that is to be moved
        """
        if {"start", "end", "cartable_id"} & set(vals):
            self._check_nobody_comes()
        if vals.get("active") is False:
            self._cancel_visits()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_taken(self):
        self._check_nobody_comes()

    def _check_nobody_comes(self):
        for slot in self:
            if slot.taken_count:
                raise UserError(
                    self.env._(
                        "%(slot)s: students have chosen this time. Archive it: they "
                        "are told and choose another.",
                        slot=slot.display_name,
                    )
                )

    def _cancel_visits(self):
        """Free the students of these slots; they are told and choose another time."""
        # the office gives up its own slots; visits are written by the engine alone
        visits_sudo = self.sudo().visit_ids.filtered(lambda v: v.state == "planned")
        visits_sudo._drop("slot_gone")

    # ------------------------------------------------------------
    # TIME
    # ------------------------------------------------------------

    def _get_zone(self):
        return self.cartable_id._get_visit_zone()

    def _get_local(self, name="start"):
        """Return the start or end on the clock of the office."""
        self.ensure_one()
        return self._to_local(self[name])

    def _to_local(self, moment):
        return moment.replace(tzinfo=UTC).astimezone(self._get_zone())

    def _to_local_day(self, moment):
        return self._to_local(moment).date()

    def _get_day_label(self):
        """Return the day with its weekday, in the calendar of the language."""
        return format_date(self.env, self._get_local().date(), date_format=LONG_DATE)

    def _get_hours_label(self):
        return self.env._(
            "%(start)s to %(end)s",
            start=self._format_hour("start"),
            end=self._format_hour("end"),
        )

    def _format_hour(self, name):
        return format_time(self.env, self._get_local(name).time(), time_format="HH:mm")

    # ------------------------------------------------------------
    # PLACES
    # ------------------------------------------------------------

    @api.model
    def _get_free(self, cartables, limit=None):
        """Return the coming slots of offices that have room, {cartable: slots}."""
        # students and colleagues see when an office has time, not who comes
        slots = self.sudo().search(
            [
                ("cartable_id", "in", cartables.ids),
                ("start", ">", fields.Datetime.now()),
            ]
        )
        free = slots.filtered("free_count").grouped("cartable_id")
        free = {cartable: own._filter_open() for cartable, own in free.items()}
        return {
            # only a key, as the slots were found
            cartable: free.get(cartable.sudo(), slots.browse())[:limit]
            for cartable in cartables
        }

    def _filter_open(self):
        """Leave out the slots of one office on days on which its university is closed.

        A closure may be told after the times were offered.
        """
        calendar = self.cartable_id.university_id.calendar_id
        if not calendar:
            return self
        zone = self[:1]._get_zone()
        days = [slot._get_local().date() for slot in self]
        intervals = calendar._work_intervals_batch(
            datetime.combine(min(days), time.min, zone),
            datetime.combine(max(days), time.max, zone),
        )[False]
        open_days = {begin.astimezone(zone).date() for begin, _end, _rows in intervals}
        return self.filtered(lambda slot: slot._get_local().date() in open_days)

    def _lock_places(self):
        """Let one student in at a time: of two, the second fails and is repeated."""
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sajad_visit_slot SET write_date = write_date WHERE id = %s",
            [self.id],
        )
        self.invalidate_recordset(["taken_count", "free_count", "visit_ids"])
