"""A few weeks of clearance at an invented university, replayed through the engine.

Every decision is made by the user of the office, in the order of time and under the
clock of its day, so that history, waiting times and late work look lived-in.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo.addons.sajad_base.demo import clock
from odoo.addons.sajad_base.demo.clock import WEEKEND
from odoo.addons.sajad_base.tools.clock import COUNTRY_ZONE

from . import (
    holds,
    office_forms,
    scenario_parallel,
    scenario_ticket,
    scenario_visits,
)

_clock = clock.at
STEPS = (
    "department",
    "khwarazmi",
    "shirazi",
    "sadra",
    "counselling",
    "nutrition",
    "accounting",
    "dormitories",
    "welfare",
    "accounting_second",
)
# student, reason, submitted and last touched (working days ago), approvals, ending
STORIES = (
    (1, "graduation", 9, 2, 4, "visit"),
    (2, "withdrawal", 4, 1, 0, "return"),
    (4, "graduation", 19, 3, 10, ""),
    (5, "transfer", 11, 1, 7, ""),
    (6, "withdrawal", 6, 4, 0, "refuse"),
    (7, "transfer", 5, 5, 0, "cancel"),
    (8, "previous_documents", 7, 7, 0, ""),
    (9, "graduation", 10, 6, 1, ""),
    (10, "graduation", 16, 0, 10, ""),
    (11, "graduation", 8, 0, 2, ""),
    (12, "withdrawal", 7, 1, 3, ""),
    (13, "graduation", 12, 1, 5, ""),
    (14, "expulsion", 12, 3, 6, ""),
    (15, "graduation", 14, 1, 8, ""),
    (16, "graduation", 15, 1, 9, ""),
    (17, "non_registration", 0, 0, 0, ""),
    (18, "graduation", 1, 0, 1, ""),
    (19, "graduation", 9, 0, 6, ""),
    (20, "transfer", 3, 1, 1, "visit"),
    (21, "graduation", 13, 2, 6, "visit"),
    (22, "graduation", 20, 8, 10, ""),
    (23, "previous_documents", 6, 1, 4, ""),
    (34, "graduation", 5, 5, 0, ""),
    (35, "withdrawal", 3, 3, 0, ""),
    (36, "graduation", 2, 2, 0, ""),
)
# of this student the substitute of the office decided
STOOD_IN = (15, "accounting")
VISIT_REASONS = {
    "khwarazmi": "یک کتاب به نام شما در امانت است؛ آن را همراه بیاورید.",
    "counselling": "برای بستن پرونده مشاوره، یک بار حضوری مراجعه کنید.",
    "accounting": "رسید پرداخت شهریه نیم‌سال آخر را همراه بیاورید.",
}
RETURN_REASON = "دلیل انصراف و تاریخ آن را در توضیحات بنویسید."
REFUSE_REASON = "دانشجو در نیم‌سال جاری ثبت‌نام کرده و مشغول به تحصیل است."
NOTE = "لطفاً در صورت نیاز با تلفن همراه من تماس بگیرید."


def run(env):
    """Replay the stories, oldest moment first."""
    requests = {}
    holds.run(env)
    scenario_parallel.set_up(env)
    agenda = [
        *_get_agenda(),
        *scenario_ticket.get_agenda(_moment, _submit),
        *scenario_parallel.get_agenda(_moment, _submit),
    ]
    for moment, *_order, action, args in sorted(agenda, key=lambda a: a[:3]):
        with _clock(moment):
            action(env, requests, *args)
    holds.set_up_offices(env)
    scenario_visits.run(env, _clock)
    # the mails of the past were sent in the past
    env["sajad.notice"].search([("state", "=", "queued")]).state = "sent"


def _get_agenda():
    """Return (moment, student, number, action, arguments) of all stories."""
    for student, reason, first, last, approvals, ending in STORIES:
        yield _moment(first, student, 0), student, 0, _submit, (student, reason)
        for number in range(1, approvals + 1):
            day = first + round((last - first) * number / approvals)
            moment = _moment(day, student, number)
            yield moment, student, number, _approve, (student, number - 1)
        if ending:
            number = approvals + 1
            moment = _moment(last, student, number)
            yield moment, student, number, _end, (student, ending, approvals)


def _moment(days_ago, student, number):
    """Return a moment in office hours, so many working days ago."""
    now = datetime.now(COUNTRY_ZONE).replace(microsecond=0)
    if not days_ago:
        moment = now - timedelta(minutes=4 * (12 - number))
    else:
        day = now.date()
        while days_ago:
            day -= timedelta(days=1)
            days_ago -= day.weekday() not in WEEKEND
        minutes = 40 * number + student
        moment = datetime.combine(day, time(8), COUNTRY_ZONE) + timedelta(
            minutes=minutes
        )
    return moment.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


def _submit(
    env, requests, student_number, reason, process="eleven", addon="sajad_base"
):
    student = env.ref(f"{addon}.sajad_student_{student_number}")
    process = env.ref(f"sajad_clearance.sajad_process_clearance_{process}")
    values = {
        "clearance_reason": reason,
        "card_delivered": bool(student_number % 2),
        "note": NOTE if not student_number % 4 else "",
    }
    # those with an account submit themselves
    user = student.user_id or env.user
    request_env = env(user=user, su=True)
    Request = request_env["sajad.request"].with_context(mail_create_nolog=True)
    request = Request.create(
        Request._prepare_portal_vals(process, student, values, token=None)
    )
    request_env["sajad.engine"]._submit(request)
    requests[student_number] = request


def _approve(env, requests, student_number, index):
    stands_in = (student_number, STEPS[index]) == STOOD_IN
    code, engine, task = _get_work(
        env, requests[student_number], index, "substitute" if stands_in else "owner"
    )
    office_forms.fill_in(task)
    problems = engine._decide(task, "approved")
    if problems:
        raise ValueError(f"demo: {problems}")


def _end(env, requests, student_number, ending, index):
    request = requests[student_number]
    if ending == "cancel":
        request.env["sajad.engine"]._cancel(request)
        return
    code, engine, task = _get_work(env, request, index)
    if ending == "visit":
        place, hours = task.cartable_id.visit_place, task.cartable_id.visit_hours
        engine._require_visit(task, place, hours, VISIT_REASONS[code])
    elif ending == "return":
        engine._return_to_student(task, RETURN_REASON)
    elif ending == "refuse":
        engine._decide(task, "refused", REFUSE_REASON)


def _get_work(env, request, index, kind="owner"):
    """Return (stage code, engine, work item) as the office of a step sees it."""
    code = STEPS[index]
    work = request.task_ids.filtered(lambda t: t.current and t.stage_id.code == code)
    user = work.cartable_id.member_ids.filtered(lambda m: m.kind == kind).user_id
    # reasons that the engine writes are in the language of who decides
    user_env = env(user=user, su=False, context=env.context | {"lang": user.lang})
    return code, user_env["sajad.engine"], work.with_env(user_env)
