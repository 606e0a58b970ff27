"""Requests for a second copy of a card, which costs something (row D5)."""

from odoo.addons.sajad_base.demo import clock
from odoo.addons.sajad_base.tools.clock import get_country_today

from ..tools import budget_year

# student, working days ago, what became of the payment
REQUESTS = (
    (1, 1, "waiting"),
    (2, 3, "failed"),
    (5, 6, "paid"),
    (9, 9, "done"),
    (11, 12, "done"),
    (14, 15, "waived"),
    (6, 5, "twice"),
    (13, 8, "cancelled"),
    (3, 4, "waiting"),
)
NOTE = "کارت دانشجویی گم شده است."
REASON = "مصوبه شورای دانشجویی برای دانشجویان آسیب‌دیده از سیل"


def run(env):
    """Replay the story, oldest moment first."""
    make_tariffs(env)
    for number, days, end in sorted(REQUESTS, key=lambda row: -row[1]):
        with clock.at(clock.working_days_ago(days, 10, number)):
            request = _apply(env, number)
            ENDS[end](env, request)
    # the mails of the past were sent in the past
    env["sajad.notice"].search([("state", "=", "queued")]).state = "sent"


def _apply(env, number):
    student = env.ref(f"sajad_base.sajad_student_{number}")
    process = env.ref("sajad_fee.sajad_process_card")
    # those with an account apply themselves
    request_env = env(user=student.user_id or env.user, su=True)
    Request = request_env["sajad.request"].with_context(mail_create_nolog=True)
    values = Request._prepare_portal_vals(process, student, {"note": NOTE}, token=None)
    request = Request.create(values)
    request_env["sajad.engine"]._submit(request)
    return request.with_env(env(su=True))


def _start(env, request):
    """Return the transaction of a student who went to the bank."""
    fee = request.fee_ids
    count = env["payment.transaction"].search_count([("sajad_fee_id", "=", fee.id)])
    return env["payment.transaction"].create(
        {
            "provider_id": env.ref("payment.payment_provider_demo").id,
            "payment_method_id": env.ref("payment.payment_method_unknown").id,
            "reference": f"F{fee.id}-{request.id:06d}{count or ''}",
            "provider_reference": f"{700000000000 + request.id * 137}",
            "amount": fee.amount,
            "currency_id": fee.currency_id.id,
            "partner_id": fee.partner_id.id,
            "sajad_fee_id": fee.id,
        }
    )


def pay(env, request):
    """Let the bank confirm what a request costs."""
    transaction = _start(env, request)
    transaction._set_done()
    transaction._post_process()


def _fail(env, request):
    _start(env, request)._set_error("موجودی کافی نیست.")


def _finish(env, request):
    pay(env, request)
    work = request.task_ids.filtered("current")
    work = work.with_env(env(user=env.ref("sajad_fee.res_users_card"), su=False))
    work.env["sajad.engine"]._decide(work, "approved")


def _pay_twice(env, request):
    pay(env, request)
    pay(env, request)


def _cancel(env, request):
    pay(env, request)
    env["sajad.engine"]._cancel(request)


def _waive(env, request):
    officer = env(user=env.ref("sajad_fee.res_users_fee"), su=True)
    letter = officer["ir.attachment"].create(
        {"name": "مصوبه.txt", "raw": REASON.encode()}
    )
    request.fee_ids.with_env(officer)._waive(REASON, letter)


def make_tariffs(env):
    """Make the tariffs of last year and of this one."""
    this_year = int(budget_year.get_year(get_country_today()))
    process = env.ref("sajad_fee.sajad_process_card")
    for year, amount, foreign in ((-1, 350000, 1200000), (0, 500000, 1500000)):
        env["sajad.tariff"].create(
            [
                {
                    "process_id": process.id,
                    "year": str(this_year + year),
                    "amount": foreign,
                    "name": "دانشجویان بین‌الملل",
                    "condition": "[('is_international', '=', True)]",
                },
                {
                    "process_id": process.id,
                    "year": str(this_year + year),
                    "amount": amount,
                    "note": "هزینه چاپ و ارسال",
                },
            ]
        )


ENDS = {
    "waiting": lambda env, request: None,
    "failed": _fail,
    "paid": pay,
    "done": _finish,
    "waived": _waive,
    "twice": _pay_twice,
    "cancelled": _cancel,
}
