"""Appointments at the invented university: offered, chosen, missed (row B2)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo.addons.sajad_base.tools.clock import COUNTRY_ZONE, get_country_today

# office, first and last hour, minutes, students at a time
OFFICES = (
    ("khwarazmi", 9, 11, 30, 2),
    ("counselling", 10, 13, 30, 1),
    ("accounting", 9, 11, 20, 1),
)
# as the hours of the cartable say; other offices are there from Saturday on
CLOSED = {"counselling": ("saturday", "sunday", "tuesday")}
DAYS = 14


def run(env, clock):
    """Offer times for two weeks; some students have chosen one, one has missed one.

    :param clock: context manager that sets the time of a moment
    """
    for office, *plan in OFFICES:
        _offer(env, office, *plan)
    _miss(env, clock, 21, "accounting")
    _choose(env, 21, days=2)
    _choose(env, 20, days=0)


def _offer(env, office, first, last, minutes, capacity):
    cartable = env.ref(f"sajad_clearance.sajad_cartable_{office}")
    today = get_country_today()
    env["sajad.visit.plan"].create(
        {
            "cartable_id": cartable.id,
            "date_from": today + timedelta(days=1),
            "date_to": today + timedelta(days=DAYS),
            "hour_from": first,
            "hour_to": last,
            "duration": minutes,
            "capacity": capacity,
            **dict.fromkeys(CLOSED.get(office, ()), False),
        }
    ).action_make()


def _get_visit(env, number):
    student = env.ref(f"sajad_base.sajad_student_{number}")
    domain = [("request_id.student_id", "=", student.id), ("state", "=", "planned")]
    return env["sajad.visit"].search(domain, limit=1)


def _make_slot(env, cartable, day):
    """Return a slot of this day, from today; none when the office is closed."""
    moment = datetime.now(COUNTRY_ZONE) + timedelta(days=day)
    start = datetime.combine(moment.date(), time(8, 30), COUNTRY_ZONE)
    if not day:
        # still to come, at whatever hour the data is loaded
        start = (moment + timedelta(minutes=45)).replace(second=0, microsecond=0)
    start = start.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
    vals = {
        "cartable_id": cartable.id,
        "start": start,
        "end": start + timedelta(minutes=30),
        "capacity": 3,
    }
    Slot = env["sajad.visit.slot"]
    return Slot.create(vals) if Slot.new(vals)._filter_open() else Slot


def _choose(env, number, days):
    visit = _get_visit(env, number)
    slots = env["sajad.visit.slot"]._get_free(visit.cartable_id)[visit.cartable_id]
    today = slots[:0] if days else _make_slot(env, visit.cartable_id, 0)
    _as_student(env, visit)._book(today or slots[days : days + 1])


def _miss(env, clock, number, office):
    visit = _get_visit(env, number)
    # on the last day on which the office was open
    past = (_make_slot(env, visit.cartable_id, -day) for day in range(1, 30))
    slot = next(filter(None, past))
    with clock(slot.start - timedelta(days=1)):
        _as_student(env, visit)._book(slot)
    officer = env.ref(f"sajad_clearance.res_users_{office}")
    with clock(slot.end):
        visit.with_user(officer).action_no_show()


def _as_student(env, visit):
    user = visit.partner_id.user_ids[:1] or env.user
    return visit.with_env(env(user=user, su=True))
