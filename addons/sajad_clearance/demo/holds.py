"""What the offices of the invented university hold against its students."""

from datetime import timedelta

from odoo.fields import Command

from odoo.addons.sajad_base.tools.clock import get_country_today

from ..tools.instalments import make_plan

# an empty page, so that the proofs of the stories can be opened
PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n"
)
# student, office, kind, what, rials, recorded (days ago), what happened to it
HOLDS = (
    (3, "khwarazmi", "item", "کتاب «مبانی زیست‌شناسی سلولی»", 0, 40, ""),
    (3, "dormitories", "debt", "اجاره خوابگاه، نیم‌سال دوم", 8600000, 30, ""),
    (4, "accounting", "debt", "شهریه نیم‌سال آخر", 31000000, 45, "guarantee"),
    (5, "dormitories", "debt", "خسارت اتاق خوابگاه", 12500000, 12, "pay"),
    (10, "dormitories", "debt", "قبض برق اتاق خوابگاه", 1400000, 60, "settle"),
    (11, "shirazi", "item", "کتاب «تاریخ بیهقی»، جلد دوم", 0, 50, ""),
    (12, "khwarazmi", "debt", "جریمه دیرکرد کتاب", 450000, 35, "settle"),
    (13, "nutrition", "debt", "بدهی کارت تغذیه", 780000, 20, "dispute"),
    (14, "accounting", "debt", "شهریه ثابت دو نیم‌سال", 52000000, 70, ""),
    (15, "welfare", "debt", "وام دانشجویی صندوق رفاه", 48000000, 30, "plan"),
    (16, "dormitories", "debt", "اجاره خوابگاه متاهلان", 22500000, 65, "guarantee"),
    (16, "welfare", "debt", "وام ضروری", 6000000, 65, "waive"),
    (19, "accounting", "debt", "شهریه دوره شبانه", 18750000, 25, "part"),
    (22, "welfare", "debt", "کمک‌هزینه مسکن", 9000000, 80, "waive"),
    (23, "counselling", "document", "فرم پایان جلسات مشاوره", 0, 15, ""),
    (24, "nutrition", "debt", "بدهی کارت تغذیه", 1250000, 18, ""),
    (24, "welfare", "debt", "وام شهریه", 36000000, 120, "late"),
)
DISPUTE = "کارت تغذیه را در مهرماه تحویل دادم و پس از آن غذایی رزرو نکرده‌ام."


def run(env):
    """Record the holds, oldest first, each by the user of its office."""
    for student_number, code, kind, text, amount, days, story in HOLDS:
        student = env.ref(f"sajad_base.sajad_student_{student_number}")
        office = env.ref(f"sajad_clearance.sajad_cartable_{code}").office_id
        user = office.cartable_ids.member_ids.filtered(
            lambda member: member.kind == "owner"
        ).user_id[:1]
        hold = env(user=user, su=True)["sajad.hold"].create(
            {
                "student_id": student.id,
                "office_id": office.id,
                "kind": kind,
                "description": text,
                "amount": amount,
                "date": get_country_today() - timedelta(days=days),
            }
        )
        if story:
            STORIES[story](hold)


def set_up_offices(env):
    """Two offices let students pass by themselves, once the stories are told."""
    env.ref("sajad_clearance.sajad_cartable_shirazi").office_id.auto_clear = True
    env.ref("sajad_clearance.sajad_cartable_accounting").office_id.auto_recheck = True


def _attach(hold, name):
    return hold.env["ir.attachment"].create(
        {
            "name": name,
            "raw": PAGE,
            "res_model": "sajad.hold.event",
            "res_id": hold.event_ids[:1].id,
        }
    )


def _settle(hold):
    hold._settle("84512093")


def _part(hold):
    hold._pay(hold.amount // 3, "84517711")


def _waive(hold):
    proof = _attach(hold, "نامه بخشودگی.pdf")
    authority, reason = "معاون دانشجویی", "وضعیت معیشتی خانواده دانشجو"
    hold._waive(authority, reason, "1405/د/2214", proof)


def _guarantee(hold):
    proof = _attach(hold, "تعهد محضری.pdf")
    hold._guarantee("دفترخانه ۱۲ شهر مهرگان", "45871", "", proof)


def _plan(hold):
    first = get_country_today() + timedelta(days=30)
    hold._plan(make_plan(hold.residual, 12, first))


def _late(hold):
    first = get_country_today() - timedelta(days=75)
    hold._plan(make_plan(hold.residual, 12, first))
    hold._pay(3000000, "84519020")


def _dispute(hold):
    hold._dispute(DISPUTE)


def _pay(hold):
    """The student went to pay, and the bank has not said yet what became of it."""
    transaction = hold.env["payment.transaction"].create(
        {
            "provider_id": hold.env["payment.provider"]
            .search([("code", "=", "none")], limit=1)
            .id,
            "payment_method_id": hold.env.ref("payment.payment_method_unknown").id,
            "reference": f"hold-{hold.id}",
            "amount": hold.residual,
            "currency_id": hold.currency_id.id,
            "partner_id": hold.student_id.partner_id.id,
            "hold_line_ids": [
                Command.create({"hold_id": hold.id, "amount": hold.residual})
            ],
        }
    )
    transaction._set_pending()


STORIES = {
    "pay": _pay,
    "settle": _settle,
    "part": _part,
    "waive": _waive,
    "guarantee": _guarantee,
    "plan": _plan,
    "late": _late,
    "dispute": _dispute,
}
