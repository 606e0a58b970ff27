"""A graduating class on its way: started by the liaison, half way through."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from . import office_forms
from .scenario import STEPS, _clock, _get_work, _moment

STUDENTS = range(1, 13)
# how many working days ago the class was started
STARTED = 6
# approvals of the first, second, … student; the last ones wait at the department
APPROVALS = (10, 10, 8, 8, 6, 5, 5, 3, 2, 1, 0, 0)
NUMBERS = """401110101
401110102
۴۰۱۱۱۰۱۰۳
401110104
401110105
401110106
401110107
401110108
401110109
401110110
401110111
401110112
401110105
401110999
99210025
"""


def run(env):
    """Start the class and let the offices decide, under the clock of those days."""
    university = env.ref("sajad_base.sajad_university_mehregan")
    officer = env.ref("sajad_clearance.res_users_engineering")
    officer.group_ids = [
        Command.link(env.ref("sajad_clearance.group_clearance_cohort").id)
    ]
    with _clock(_moment(STARTED, 0, 0)):
        cohort = _start_class(env, university, university.liaison_ids[:1])
    for number, student in enumerate(STUDENTS):
        _approve_some(env, cohort, number, student)
    _make_draft(env, cohort)
    env["sajad.notice"].search([("state", "=", "queued")]).state = "sent"


def _start_class(env, university, liaison):
    """Return a class that was checked and started by the liaison."""
    process = env.ref("sajad_clearance.sajad_process_clearance_eleven")
    # what is wrong with a row is told in the language of the liaison
    cohorts = env["sajad.cohort"].with_context(lang=liaison.lang)
    cohort = cohorts.create(
        {
            "name": "دانش‌آموختگان فنی و مهندسی، نیم‌سال دوم",
            "university_id": university.id,
            "process_id": process.id,
            "clearance_reason": "graduation",
            "source": "list",
            "numbers": NUMBERS,
        }
    )
    cohort.action_check()
    cohort.write(
        {
            "state": "running",
            "started_by_id": liaison.id,
            "date_start": fields.Datetime.now(),
        }
    )
    cohort._start_batch()
    return cohort


def _make_draft(env, cohort):
    """Make another class, which waits for somebody to look at the list."""
    env["sajad.cohort"].create(
        {
            "name": "دانش‌آموختگان علوم پایه، نیم‌سال دوم",
            "university_id": cohort.university_id.id,
            "process_id": cohort.process_id.id,
            "source": "filter",
            "faculty_ids": env.ref("sajad_base.sajad_faculty_science").ids,
            "entry_year": 1403,
        }
    )


def _approve_some(env, cohort, number, student):
    record = env.ref(f"sajad_clearance.sajad_student_class_{student}")
    request = cohort.request_ids.filtered(lambda r: r.student_id == record)
    approvals = APPROVALS[number]
    for index in range(approvals):
        days = STARTED - 1 - index * (STARTED - 1) // len(STEPS)
        moment = _moment(days, 20 + student, 1) + timedelta(minutes=15 * index)
        if index == len(STEPS) - 1:
            # after the other stories, so that certificates have their order
            moment = _moment(0, 0, 11) + timedelta(seconds=20 * number)
        with _clock(moment):
            _code, engine, task = _get_work(env, request, index)
            if task.state != "ready":
                continue  # the office passes students without holds by itself
            office_forms.fill_in(task)
            problems = engine._decide(task, "approved")
            if problems:
                raise ValueError(f"demo: {problems}")
