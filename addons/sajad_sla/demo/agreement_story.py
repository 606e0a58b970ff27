"""The agreement of a service in two versions, and disputes in every state (D3, D6)."""

from odoo.addons.sajad_base.demo import clock

# who asks, as whom, working days ago: sent, finished, dispute opened; what about
CASES = {
    "decided": (
        "foundation",
        "sajad_institution_foundation",
        (46, 42, 37),
        "فهرست پژوهانه‌ها برای اعلام به دانشگاه‌ها پیوست است.",
        "نامه ما بی‌پاسخ بسته شد و فهرست به دانشگاه‌ها نرسید.",
        "فهرست دوباره برای دانشگاه‌ها ارسال شود.",
    ),
    "opinion": (
        "foundation",
        "sajad_institution_foundation",
        (44, 40, 35),
        "برای بازدید مشترک از خوابگاه‌ها زمان تعیین فرمایید.",
        "زمان بازدید پس از موعد اعلام شد و برنامه ما به هم خورد.",
        "",
    ),
    "negotiation": (
        "liaison_1",
        "sajad_institution_mehregan",
        (20, 16, 13),
        "نشانی تازه دبیرخانه دانشگاه را در سامانه ثبت فرمایید.",
        "پاسخ گرفتیم که نشانی ثبت شد، ولی نامه‌ها هنوز به نشانی پیشین می‌رسد.",
        "نشانی درست ثبت و به ما خبر داده شود.",
    ),
    "settled": (
        "reporting",
        None,
        (18, 15, 12),
        "راهنمای شاخص‌های گزارش سالانه را لازم دارم.",
        "راهنمایی که فرستادید برای سال پیش است.",
        "راهنمای امسال را بفرستید.",
    ),
}


def run(env):
    """Tell the story, oldest moment first."""
    with clock.at(clock.working_days_ago(60)):
        agreement = _publish_first(env)
    disputes = {name: _open(env, *case) for name, case in CASES.items()}
    officer = env.ref("sajad_sla.res_users_dispute")
    said = {name: d.with_user(officer) for name, d in disputes.items()}
    with clock.at(clock.working_days_ago(12, 10)):
        env["sajad.dispute"]._cron_follow()
    with clock.at(clock.working_days_ago(10, 11)):
        said["decided"]._decide(
            "partly",
            "پاسخ باید پیش از بستن نامه ارسال می‌شد. فهرست امروز برای دانشگاه‌ها ارسال "
            "شد؛ تمدید مهلت پژوهانه‌ها در اختیار بنیاد است.",
        )
        said["settled"]._provider_say("offer", "راهنمای امسال تا فردا ارسال می‌شود.")
        said["negotiation"]._provider_say(
            "message", "نشانی در دبیرخانه در حال بررسی است."
        )
    with clock.at(clock.working_days_ago(9, 9)):
        settled = disputes["settled"]
        settled.with_user(settled.opened_by_id).sudo()._portal_accept(
            settled.provider_offer_id.id
        )
    with clock.at(clock.working_days_ago(8, 9)):
        _publish_second(agreement)
    with clock.at(clock.working_days_ago(3, 9)):
        said["negotiation"]._provider_say(
            "offer", "نشانی تازه از اول هفته آینده در همه نامه‌ها به کار می‌رود."
        )
    # the mails of the past were sent in the past
    env["sajad.notice"].search([("state", "=", "queued")]).state = "sent"


def _publish_first(env):
    process = env.ref("sajad_base.sajad_process_correspondence")
    agreement = env["sajad.agreement"].create({"process_id": process.id})
    agreement.draft_id.action_publish()
    return agreement


def _publish_second(agreement):
    agreement.action_new_version()
    draft = agreement.draft_id
    draft.write({"dispute_days": 45, "note": "مهلت اعلام اختلاف بیشتر شد."})
    draft.action_publish()


def _open(env, login, institution, days, note, claim, wish):
    """Send a request, let the secretariat finish it, and open a dispute on it."""
    sent, done, opened = days
    user = env.ref(f"sajad_base.res_users_{login}")
    requester = user.partner_id
    if institution:
        requester = env.ref(f"sajad_base.{institution}")
    process = env.ref("sajad_base.sajad_process_correspondence")
    own_env = env(user=user, su=True)
    with clock.at(clock.working_days_ago(sent)):
        request = own_env["sajad.request"]._portal_submit(
            process.with_env(own_env),
            requester.with_env(own_env),
            {"note": note},
            f"agreement-demo-{sent}",
        )
    with clock.at(clock.working_days_ago(done, 10)):
        secretariat = env.ref("sajad_base.res_users_correspondence")
        request.task_ids.with_user(secretariat).sudo(False).action_approve()
    with clock.at(clock.working_days_ago(opened, 11)):
        return request._portal_open_dispute(claim, wish).with_env(env)
