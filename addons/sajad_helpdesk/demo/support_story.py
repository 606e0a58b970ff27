"""Some weeks of the support desk, replayed through the engine (rows D1, D2)."""

from odoo.addons.sajad_base.demo import clock

# key: student, working days ago, hour, category, subject, what was written
REQUESTS = {
    "closed": (
        2,
        18,
        9,
        "regulations",
        "سقف مرخصی تحصیلی",
        "در دوره کارشناسی چند نیم‌سال مرخصی تحصیلی می‌توان گرفت؟",
    ),
    "reopened": (
        40,
        9,
        10,
        "account",
        "ورود به سامانه",
        "پس از تغییر گذرواژه، پیام «نام کاربری نادرست است» نمایش داده می‌شود.",
    ),
    "solved": (
        5,
        4,
        9,
        "international",
        "تمدید روادید تحصیلی",
        "برای تمدید روادید چه مدارکی باید در سامانه بارگذاری کنم؟",
    ),
    "second": (
        34,
        5,
        11,
        "error",
        "خطای بارگذاری تصویر",
        "هنگام بارگذاری تصویر شناسنامه، صفحه سفید می‌شود و فایل ثبت نمی‌شود.",
    ),
    "university": (
        4,
        3,
        12,
        "regulations",
        "گواهی موقت پایان تحصیلات",
        "تسویه حساب من تایید شده است؛ گواهی موقت چه زمانی صادر می‌شود؟",
    ),
    "waiting": (
        25,
        3,
        9,
        "payment",
        "پرداخت ثبت نشده است",
        "مبلغ از حساب من کم شده اما پرداخت در سامانه ثبت نشده است.",
    ),
    "progress": (
        3,
        2,
        10,
        "error",
        "چاپ گواهی",
        "دکمه دریافت گواهی کار نمی‌کند و پیامی هم نمایش داده نمی‌شود.",
    ),
    "incident": (
        33,
        1,
        9,
        "error",
        "صفحه درخواست‌ها باز نمی‌شود",
        "از صبح امروز صفحه «درخواست‌های من» باز نمی‌شود.",
    ),
    "incident2": (
        38,
        1,
        10,
        "error",
        "باز نشدن صفحه",
        "فهرست درخواست‌ها نمایش داده نمی‌شود؛ لطفا بررسی کنید.",
    ),
    "first": (
        1,
        1,
        11,
        "account",
        "تلفن همراه نادرست",
        "شماره تلفن همراه من در سامانه نادرست ثبت شده است.",
    ),
    "twice": (
        1,
        0,
        9,
        "account",
        "تلفن همراه",
        "هنوز پیامک ورود به شماره قدیمی من ارسال می‌شود.",
    ),
    "new": (
        1,
        0,
        10,
        "regulations",
        "مهلت حذف اضطراری",
        "مهلت حذف اضطراری در نیم‌سال جاری تا چه تاریخی است؟",
    ),
}
NO_PAGE = "صفحه درخواست‌ها دوباره باز می‌شود. از شکیبایی شما سپاسگزاریم."


def run(env):
    """Replay the story, oldest moment first."""
    requests = {}
    for key, (student, days, hour, category, subject, note) in REQUESTS.items():
        with clock.at(clock.working_days_ago(days, hour, student)) as _now:
            requests[key] = ask(env, student, category, subject, note)
    _answer_old_ones(requests)
    _refer_some(requests)
    _work_on_new_ones(env, requests)
    # the mails of the past were sent in the past
    env["sajad.notice"].search([("state", "=", "queued")]).state = "sent"


def ask(env, number, category, subject, note):
    """Send a support request of a student as the portal does, and return it."""
    student = env.ref(f"sajad_base.sajad_student_{number}")
    process = env.ref("sajad_helpdesk.sajad_process_support")
    request_env = env(user=student.user_id or env.user, su=True)
    Request = request_env["sajad.request"].with_context(mail_create_nolog=True)
    if isinstance(category, str):
        category = env.ref(f"sajad_helpdesk.sajad_support_category_{category}")
    values = {
        "note": note,
        "support_subject": subject,
        "support_category_id": category.id,
    }
    vals = Request._prepare_portal_vals(process, student, values, token=None)
    request = Request.create(vals)
    request_env["sajad.engine"]._submit(request)
    return request.with_context(mail_create_nolog=False)


def _answer_old_ones(requests):
    """Solve some, close one, and open one again."""
    say(requests["closed"], 17, "solve", "حداکثر دو نیم‌سال، بدون احتساب در سنوات.")
    requests["closed"].sudo()._support_close()
    say(requests["reopened"], 3, "solve", "گذرواژه شما بازنشانی شد.")
    with clock.at(clock.working_days_ago(2, 9)):
        requests["reopened"]._support_reopen("پیام بازنشانی به دست من نرسید.")
    say(
        requests["solved"],
        3,
        "solve",
        "تصویر گذرنامه و گواهی اشتغال به تحصیل کافی است.",
    )


def _refer_some(requests):
    """Escalate one to the second line, ask the university about another."""
    say(requests["second"], 5, "note", "در مرورگر دیگری هم تکرار شد.", hour=12)
    _refer(requests["second"], 4, "second", "خطا در گزارش سامانه ثبت شده است.")
    _refer(
        requests["university"],
        2,
        "university",
        "زمان صدور گواهی به برنامه دانشگاه وابسته است.",
    )
    say(
        requests["waiting"],
        2,
        "wait",
        "{name} گرامی، شماره پیگیری پرداخت و چهار رقم آخر کارت را بنویسید.",
    )


def _work_on_new_ones(env, requests):
    """Begin one, link an incident, and merge what was written twice."""
    say(requests["progress"], 1, "answer", "در حال بررسی هستیم.")
    student = requests["progress"].student_id.user_id
    with clock.at(clock.working_days_ago(1, 14)):
        told = "با تلفن همراه هم همین‌طور است."
        requests["progress"].with_user(student).message_post(
            body=told,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
    with clock.at(clock.working_days_ago(0, 11)):
        expert = get_expert(requests["incident"])
        main = requests["incident"].with_env(expert)
        main.action_support_take()
        requests["incident2"].with_env(expert)._support_link(main)
        first = requests["first"].with_env(expert)
        requests["twice"].with_env(expert)._support_merge(first)
    env["mail.mail"].search([("state", "=", "outgoing")]).state = "sent"


def get_expert(request):
    """Return the environment of an expert of the office that has the request."""
    members = request.support_cartable_id.member_ids
    user = request.support_user_id or members[:1].user_id
    return request.env(user=user, su=False)


def say(request, days, outcome, text, hour=13):
    """Answer a request so many working days ago."""
    moment = clock.working_days_ago(days, hour, request.id % 60)
    with clock.at(moment):
        expert = request.with_env(get_expert(request))
        problems = expert._support_answer(outcome, text)
        if problems:
            raise ValueError(f"demo: {problems}")
    # messages take the time of the day on which they are made
    request.message_ids[:1].sudo().date = moment


def _refer(request, days, line, reason):
    with clock.at(clock.working_days_ago(days, 9, request.id % 60)):
        expert = request.with_env(get_expert(request))
        stage = expert.env.ref(f"sajad_helpdesk.sajad_stage_support_{line}")
        tasks = expert._get_support_tasks()
        problems = expert.env["sajad.engine"]._refer(tasks, stage, reason)
        if problems:
            raise ValueError(f"demo: {problems}")
