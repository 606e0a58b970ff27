"""A few weeks of the special-cases commission, replayed through the engine (row A7)."""

from datetime import timedelta

from odoo.fields import Command

from odoo.addons.sajad_base.demo import clock

# student, working days ago, subject, wish
APPLICATIONS = (
    (9, 24, "terms", "دو نیم‌سال دیگر برای دفاع از پایان‌نامه"),
    (13, 23, "transfer", "انتقال به دانشگاه نیک‌آیین"),
    (17, 22, "residence", "گواهی برای تمدید اقامت خانواده"),
    (21, 20, "field", "تغییر رشته به آموزش زبان فارسی"),
    (31, 9, "return", "بازگشت پس از دو نیم‌سال مرخصی درمانی"),
    (25, 6, "terms", "یک نیم‌سال دیگر برای کارورزی"),
    (28, 4, "transfer", "انتقال به شهر محل سکونت خانواده"),
    (35, 3, "other", "پذیرش مدارک با ترجمه سفارت"),
)
NOTE = "شرح وضعیت و مدارک پیوست است؛ خواهشمندم در کمیسیون بررسی شود."
OPINIONS = {
    "vice": "شورای آموزشی دانشکده با خواسته دانشجو موافق است.",
    "international": "گذرنامه و روادید معتبر است؛ مورد در آیین‌نامه پیش‌بینی نشده است.",
}
DECISIONS = {
    9: ("accepted", "با افزایش دو نیم‌سال موافقت شد."),
    13: ("rejected", "ظرفیت رشته در دانشگاه مقصد تکمیل است."),
    17: ("conditional", "به شرط ارائه گواهی اشتغال به تحصیل موافقت شد."),
    21: ("postponed", "نظر دانشکده مقصد دریافت و در جلسه آینده مطرح شود."),
}
MEMBERS = (
    ("پرویز راستین", "رئیس سازمان"),
    ("مهناز دادآور", "دبیر کمیسیون"),
    ("آرمان پل‌ساز", "مدیرکل امور دانشجویان بین‌الملل"),
    ("کتایون فرهومند", "نماینده دانشگاه‌ها"),
)


def run(env):
    """Replay the story, oldest moment first."""
    requests = {}
    for student, days, subject, wish in APPLICATIONS:
        with clock.at(clock.working_days_ago(days, 10, student)):
            requests[student] = _apply(env, student, subject, wish)
    for student, days in ((9, 21), (13, 21), (17, 20), (21, 18), (31, 7), (25, 4)):
        with clock.at(clock.working_days_ago(days, 11, student)):
            _approve(env, requests[student], "vice")
    for student, days in ((9, 17), (13, 17), (17, 16), (21, 15), (31, 3)):
        with clock.at(clock.working_days_ago(days, 9, student)):
            _approve(env, requests[student], "international")
            if student == 21:
                _hold_first_session(env)
    with clock.at(clock.working_days_ago(2, 10)):
        _return(env, requests[28])
        _appeal(env, requests[13])
    _plan_next_session(env)
    # the mails of the past were sent in the past
    env["sajad.notice"].search([("state", "=", "queued")]).state = "sent"


def _apply(env, number, subject, wish):
    student = env.ref(f"sajad_base.sajad_student_{number}")
    process = env.ref("sajad_commission.sajad_process_commission")
    # those with an account apply themselves
    request_env = env(user=student.user_id or env.user, su=True)
    Request = request_env["sajad.request"].with_context(mail_create_nolog=True)
    until = clock.working_days_ago(0) + timedelta(days=300)
    values = {
        "note": NOTE,
        "properties": {
            "subject": subject,
            "wish": wish,
            "passport_until": until.date().isoformat(),
        },
    }
    request = Request.create(
        Request._prepare_portal_vals(process, student, values, token=None)
    )
    request_env["sajad.engine"]._submit(request)
    return request


def _get_work(env, request, code):
    """Return the work item of a stage as its office sees it."""
    work = request.task_ids.filtered(lambda t: t.current and t.stage_id.code == code)
    return work.with_env(env(user=work.cartable_id.member_ids[:1].user_id, su=False))


def _approve(env, request, code):
    task = _get_work(env, request, code)
    task.note = OPINIONS[code]
    problems = task.env["sajad.engine"]._decide(task, "approved")
    if problems:
        raise ValueError(f"demo: {problems}")


def _return(env, request):
    task = _get_work(env, request, "vice")
    reason = "تصویر صفحه روادید گذرنامه را پیوست کنید."
    task.env["sajad.engine"]._return_to_student(task, reason)


def _appeal(env, request):
    student = request.student_id
    request_env = env(user=student.user_id or env.user, su=True)
    request = request.with_env(request_env)
    process = request.process_id.appeal_process_id
    vals = request._prepare_portal_vals(
        process, student, {"note": "دانشگاه مقصد پس از جلسه اعلام ظرفیت کرد."}, None
    )
    appeal = request.with_context(mail_create_nolog=True).create(
        {**vals, "appeal_of_id": request.id}
    )
    request_env["sajad.engine"]._submit(appeal)


def _get_session_env(env):
    return env(user=env.ref("sajad_commission.res_users_commission"), su=False)


def _prepare_session(env, moment):
    return {
        "date": moment,
        "cartable_id": env.ref("sajad_commission.sajad_cartable_commission").id,
        "place": "سازمان امور دانشجویان، سالن جلسات طبقه پنجم",
        "chair": MEMBERS[0][0],
        "attendee_ids": [
            Command.create({"name": name, "post": post}) for name, post in MEMBERS
        ],
    }


def _hold_first_session(env):
    moment = clock.working_days_ago(12, 10)
    Session = _get_session_env(env)["sajad.commission.session"]
    with clock.at(moment):
        session = Session.create(_prepare_session(env, moment))
        session.action_fill()
        session.action_open()
        session.attendee_ids.is_present = True
        for number, (decision, text) in DECISIONS.items():
            student = env.ref(f"sajad_base.sajad_student_{number}")
            session.item_ids.filtered(
                lambda item, student=student: (
                    item.student_number == student.student_number
                )
            ).write({"decision": decision, "decision_text": text})
        session.action_close()


def _plan_next_session(env):
    moment = clock.working_days_ago(0, 10) + timedelta(days=3)
    Session = _get_session_env(env)["sajad.commission.session"]
    session = Session.create(_prepare_session(env, moment))
    session.action_fill()
