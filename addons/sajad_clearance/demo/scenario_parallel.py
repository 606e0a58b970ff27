"""A clearance with all offices at once, at the university of the eleven steps (B10).

It is on trial for the students of one field, so that nobody else has to choose between
two ways. The offices and their people are those of the other process.
"""

from odoo.fields import Command

from . import office_forms

OFFICES = (
    "science",
    "khwarazmi",
    "shirazi",
    "sadra",
    "counselling",
    "nutrition",
    "accounting",
    "dormitories",
    "welfare",
)
STUDENT = 24
# stage, working days ago; the others have not decided yet, or hold something
APPROVED = (("department", 4), ("khwarazmi", 3), ("sadra", 3), ("dormitories", 2))


def set_up(env):
    """Offer the process on trial, with a cartable for each of its offices."""
    process = env.ref("sajad_clearance.sajad_process_clearance_parallel")
    student = env.ref(f"sajad_base.sajad_student_{STUDENT}")
    process.write(
        {
            "university_ids": [Command.link(student.university_id.id)],
            "student_condition": repr([("field_id.name", "=", student.field_id.name)]),
        }
    )
    for office in OFFICES:
        there = env.ref(f"sajad_clearance.sajad_cartable_{office}")
        there.copy(
            {
                "process_id": process.id,
                "member_ids": copy_members(there),
            }
        )


def copy_members(cartable):
    """Return commands for the people of a cartable, those who stand in or look, too."""
    return [
        Command.create(member.copy_data({"cartable_id": False})[0])
        for member in cartable.member_ids
    ]


def get_agenda(get_moment, submit):
    """Return (moment, student, number, action, arguments) of the story."""
    args = (STUDENT, "graduation", "parallel")
    yield get_moment(5, STUDENT, 0), STUDENT, 0, submit, args
    for number, (code, day) in enumerate(APPROVED, 1):
        yield get_moment(day, STUDENT, number), STUDENT, number, _approve, (code,)


def _approve(env, requests, code):
    task = requests[STUDENT].task_ids.filtered(
        lambda t: t.current and t.stage_id.code == code
    )
    user = task.cartable_id.member_ids.filtered(lambda m: m.kind == "owner").user_id
    office_forms.fill_in(task)
    user_env = env(user=user, su=False, context=env.context | {"lang": user.lang})
    problems = user_env["sajad.engine"]._decide(task.with_env(user_env), "approved")
    if problems:
        raise ValueError(f"demo: {problems}")
