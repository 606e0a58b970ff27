"""A few weeks of the ticket process at the second university.

Every decision is made by the person of the office; heads assign in turns.
"""

from . import office_forms

WAY = (
    "education_head",
    "education_expert",
    "student_head",
    "student_expert",
    "cultural_deputy",
    "secretariat",
    "discipline",
    "nutrition",
    "dormitory",
    "it",
    "loan_fund",
    "welfare",
    "faculty",
)
HEADS = {"education_head", "student_head"}
# they have a dormitory, so that the information technology office decides too
DORMITORY = {25, 28, 31, 41, 44, 46, 49}
# students of this addon; the others come from sajad_base
OWN = range(41, 50)
# student, reason, submitted and last touched (working days ago), reached, ending
STORIES = (
    (25, "graduation", 4, 2, "education_expert", "return"),
    (26, "graduation", 18, 3, "", ""),
    (27, "transfer", 6, 2, "student_expert", ""),
    (28, "graduation", 13, 1, "it", ""),
    (29, "withdrawal", 1, 1, "education_head", ""),
    (30, "withdrawal", 8, 4, "cultural_deputy", "refuse"),
    (31, "graduation", 17, 2, "faculty", ""),
    (32, "graduation", 9, 1, "secretariat", ""),
    (33, "non_registration", 3, 1, "education_expert", "give_back"),
    (41, "graduation", 3, 1, "education_expert", ""),
    (42, "transfer", 5, 5, "education_head", "cancel"),
    (43, "graduation", 10, 2, "discipline", "visit"),
    (44, "graduation", 12, 2, "dormitory", ""),
    (45, "graduation", 14, 1, "loan_fund", ""),
    (46, "graduation", 15, 2, "welfare", ""),
    (47, "graduation", 5, 1, "student_head", ""),
    (48, "transfer", 7, 3, "cultural_deputy", ""),
    (49, "graduation", 11, 6, "nutrition", ""),
)
RETURN_REASON = "تصویر شناسنامه و کارت ملی پیوست نشده است؛ آن‌ها را ارسال کنید."
GIVE_BACK_REASON = "این دانشجو از بستگان من است؛ لطفاً به همکار دیگری ارجاع دهید."
REFUSE_REASON = "درخواست انصراف هنوز در شورای دانشکده تصویب نشده است."
VISIT_REASON = "برای امضای فرم تعهد، یک بار حضوری مراجعه کنید."


def get_agenda(get_moment, submit):
    """Return (moment, student, number, action, arguments) of all stories."""
    for student, reason, first, last, reached, ending in STORIES:
        addon = "sajad_clearance" if student in OWN else "sajad_base"
        args = (student, reason, "ticket", addon)
        yield get_moment(first, student, 0), student, 0, submit, args
        way = [code for code in WAY if code != "it" or student in DORMITORY]
        behind = way[: way.index(reached)] if reached else way
        for number, code in enumerate(behind, 1):
            day = first + round((last - first) * number / len(behind))
            moment = get_moment(day, student, number)
            yield moment, student, number, _decide, (student, code)
        if ending:
            number = len(behind) + 1
            moment = get_moment(last, student, number)
            yield moment, student, number, _end, (student, ending, reached)


def _decide(env, requests, student, code):
    engine, task = _get_work(env, requests[student], code)
    if code in HEADS:
        experts = _get_experts(requests[student], code)
        problems = engine._assign_experts({task: experts[student // 16 % len(experts)]})
    else:
        office_forms.fill_in(task)
        problems = engine._decide(task, "approved")
    if problems:
        raise ValueError(f"demo: {problems}")


def _end(env, requests, student, ending, code):
    request = requests[student]
    if ending == "cancel":
        request.env["sajad.engine"]._cancel(request)
        return
    engine, task = _get_work(env, request, code)
    if ending == "return":
        engine._return_to_student(task, RETURN_REASON)
    elif ending == "give_back":
        engine._give_back(task, GIVE_BACK_REASON)
    elif ending == "refuse":
        engine._decide(task, "refused", REFUSE_REASON)
    elif ending == "visit":
        place, hours = task.cartable_id.visit_place, task.cartable_id.visit_hours
        engine._require_visit(task, place, hours, VISIT_REASON)


def _get_work(env, request, code):
    """Return (engine, work item) as the person sees it who has the work."""
    work = request.task_ids.filtered(lambda t: t.current and t.stage_id.code == code)
    owners = work.cartable_id.member_ids.filtered(lambda m: m.kind == "owner").user_id
    user = work.user_id or owners[:1]
    # reasons that the engine writes are in the language of who decides
    user_env = env(user=user, su=False, context=env.context | {"lang": user.lang})
    return user_env["sajad.engine"], work.with_env(user_env)


def _get_experts(request, code):
    """Return those to whom a head can give the work."""
    following = WAY[WAY.index(code) + 1]
    cartables = request.scope_id.cartable_ids
    stage = request.process_id.stage_ids.filtered(lambda s: s.code == following)
    cartable = cartables.filtered(lambda c: c.role_id == stage.role_id)
    return cartable.member_ids.filtered(lambda m: m.kind == "owner").user_id
