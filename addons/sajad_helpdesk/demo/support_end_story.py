"""How support requests end: rated, late, in dispute, paid (rows D1, D3 to D6)."""

from odoo.addons.sajad_base.demo import clock
from odoo.addons.sajad_base.tools.clock import get_country_today
from odoo.addons.sajad_fee.demo import fee_story
from odoo.addons.sajad_fee.tools import budget_year

from .support_story import ask, get_expert, say

# student, working days ago, hour, category, subject, what was written, what was
# answered, how many working days later, the rating, what was said of it
ANSWERED = (
    (
        1,
        38,
        8,
        "account",
        "بازنشانی گذرواژه",
        "گذرواژه‌ام را فراموش کرده‌ام.",
        "پیوند بازنشانی به رایانامه شما ارسال شد.",
        0,
        5,
        "سریع و روشن بود، سپاسگزارم.",
    ),
    (
        3,
        34,
        10,
        "regulations",
        "مهمانی در نیم‌سال آینده",
        "برای مهمان شدن در دانشگاه دیگر از کجا باید شروع کنم؟",
        "از خدمت «مهمانی» در همین سامانه؛ مهلت آن تا پایان ماه است.",
        2,
        5,
        "",
    ),
    (
        25,
        31,
        9,
        "error",
        "بارگذاری عکس",
        "عکس سه در چهار پذیرفته نمی‌شود.",
        "حجم عکس بیش از اندازه بود؛ عکس کوچک‌شده پیوست پرونده شد.",
        0,
        3,
        "پاسخ درست بود ولی دو بار پرسیدم.",
    ),
    (
        5,
        29,
        11,
        "international",
        "تمدید اقامت",
        "نامه دانشگاه برای تمدید اقامت چه زمانی آماده می‌شود؟",
        "نامه به اداره مهاجرت ارسال شده است.",
        6,
        1,
        "نامه دیر ارسال شد و اقامت من تمام شده بود.",
    ),
    (
        40,
        24,
        14,
        "payment",
        "دو بار پرداخت",
        "هزینه کارت دو بار از حساب من کم شده است.",
        "مبلغ دوم تا ۷۲ ساعت به حساب شما عودت می‌شود.",
        0,
        5,
        "",
    ),
    (
        34,
        21,
        10,
        "error",
        "خطای صفحه نمرات",
        "صفحه نمرات پیام خطا می‌دهد.",
        "مشکل برطرف شد.",
        3,
        3,
        "",
    ),
    (
        2,
        20,
        9,
        "regulations",
        "تبدیل دوره",
        "آیا از شبانه می‌توان به روزانه رفت؟",
        "خیر؛ این تبدیل در آیین‌نامه پیش‌بینی نشده است.",
        5,
        1,
        "پاسخ کوتاه بود و دلیلی نداشت.",
    ),
)
# student, working days ago, subject, note, answer, claim, wish, the dispute so late
DISPUTED = {
    "negotiation": (
        3,
        14,
        "تصحیح نام پدر",
        "نام پدرم در کارت دانشجویی نادرست چاپ شده است.",
        "کارت با اطلاعات سامانه چاپ شده است.",
        "نام پدر در سامانه درست است، ولی در کارت نادرست است.",
        "کارت درست بدون هزینه صادر شود.",
        10,
    ),
    "opinion": (
        1,
        44,
        "حذف درس",
        "درس حذف‌شده هنوز در برنامه من است.",
        "برنامه شما به‌روز شد.",
        "پاسخ پس از مهلت حذف رسید و درس برای من ماند.",
        "حذف درس ثبت شود.",
        36,
    ),
}
PAID = "صدور گواهی کتبی مقررات"


def run(env):
    """Replay the story, oldest moment first."""
    agreement = _publish_agreement(env)
    for row in ANSWERED:
        _answer_and_rate(env, *row)
    disputes = {name: _dispute(env, *row) for name, row in DISPUTED.items()}
    _negotiate(env, disputes)
    _close_old(env)
    _pay(env)
    _escalate(env)
    _publish_measured(agreement)
    _change_agreement(agreement)
    # the mails of the past were sent in the past
    env["sajad.notice"].search([("state", "=", "queued")]).state = "sent"
    env["mail.mail"].search([("state", "=", "outgoing")]).state = "sent"


def _publish_agreement(env):
    with clock.at(clock.working_days_ago(60)):
        process = env.ref("sajad_helpdesk.sajad_process_support")
        agreement = env["sajad.agreement"].create({"process_id": process.id})
        agreement.draft_id.action_publish()
    return agreement


def _publish_measured(agreement):
    """Publish again: what it costs by now, and how the promises were kept."""
    agreement.action_new_version()
    agreement.draft_id.note = "هزینه گواهی کتبی و رقم‌های عملکرد افزوده شد."
    agreement.draft_id.action_publish()


def _change_agreement(agreement):
    """Leave the next version as a draft, which says something else."""
    agreement.action_new_version()
    note = "مهلت اعلام اختلاف به درخواست دانشگاه‌ها بیشتر شد."
    agreement.draft_id.write({"dispute_days": 45, "note": note})


def _answer_and_rate(
    env, student, days, hour, category, subject, note, answer, later, rate, feedback
):
    with clock.at(clock.working_days_ago(days, hour, student)):
        request = ask(env, student, category, subject, note)
    say(request, days - later, "solve", answer, hour=hour + 2)
    user = request.student_id.user_id
    with clock.at(clock.working_days_ago(max(days - later - 1, 0), 16)):
        own = request.with_user(user)
        own._support_rate(own._get_open_rating(), rate, feedback)


def _dispute(env, student, days, subject, note, answer, claim, wish, opened):
    with clock.at(clock.working_days_ago(days, 9, student)):
        request = ask(env, student, "regulations", subject, note)
    say(request, days - 3, "solve", answer)
    with clock.at(clock.working_days_ago(opened, 11)):
        own = request.with_user(request.student_id.user_id)
        return own._portal_open_dispute(claim, wish).with_env(env)


def _negotiate(env, disputes):
    officer = env.ref("sajad_sla.res_users_dispute")
    with clock.at(clock.working_days_ago(8, 10)):
        env["sajad.dispute"]._cron_follow()
        said = disputes["negotiation"].with_user(officer)
        said._provider_say("message", "از دفتر کارت پرسیده‌ایم.")
    with clock.at(clock.working_days_ago(5, 10)):
        said._provider_say("offer", "کارت تازه با نیمی از هزینه صادر می‌شود.")


def _close_old(env):
    """What was not opened again in time is closed, as the daily job does."""
    solved = env["sajad.request"].search([("support_state", "=", "solved")])
    today = get_country_today()
    solved.filtered(lambda r: r.support_close_date < today)._support_close()


def _pay(env):
    """Let one category cost something; one paid it, another one has not yet."""
    category = env["sajad.support.category"].create(
        {
            "name": PAID,
            "sequence": 60,
            "line": "regulations",
            "description": "پاسخ رسمی و مهرشده درباره یک آیین‌نامه",
        }
    )
    with clock.at(clock.working_days_ago(12)):
        env["sajad.tariff"].create(
            {
                "process_id": env.ref("sajad_helpdesk.sajad_process_support").id,
                "year": budget_year.get_year(get_country_today()),
                "amount": 200000,
                "name": PAID,
                "condition": f"[('support_category_id', '=', {category.id})]",
            }
        )
    subject, note = "گواهی مدت مجاز تحصیل", "برای ارائه به صندوق رفاه لازم دارم."
    with clock.at(clock.working_days_ago(6, 9, 20)):
        paid = ask(env, 5, category, subject, note)
        fee_story.pay(env, paid)
    say(paid, 5, "answer", "گواهی در دست امضا است.")
    with clock.at(clock.working_days_ago(1, 12)):
        ask(env, 2, category, "گواهی سنوات ارفاقی", note)


def _escalate(env):
    """What the first line could not solve is urgent, and its office is told."""
    late = env["sajad.request"].search([("support_line", "=", "second")], limit=1)
    expert = late.with_env(get_expert(late))
    with clock.at(clock.working_days_ago(3, 8, 30)):
        expert._support_change(False, "3")
    env["sajad.sla.demo"]._count()
    alarm = env["sajad.sla.alarm"]
    # all of them are one batch of the job
    if due := alarm._take_due():
        alarm._tell(due)
