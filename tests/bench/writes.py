"""Decisions and submissions: the engine, a naive loop over Odoo's tasks, and SQL."""

import peer
import plain_sql
from server import say
from structure import get_user
from timing import Case, interleave, report

COHORT = 500
FEW = 20


def measure_writes(env, rounds):
    """Print what five hundred approvals and five hundred new requests cost."""
    office = Office(env)
    approvals = [
        Case("the engine, 500 at once", env, office.approve, office.ready, COHORT),
        Case("the engine, 20 one by one", env, office.approve_each, office.few, FEW),
        Case("plain SQL, the same rows", env, office.approve_sql, office.ready, COHORT),
        Case("plain SQL, 20 one by one", env, office.approve_each_sql, office.few, FEW),
    ]
    creations = [
        Case("500 requests of 11 tasks", env, office.create, office.students, COHORT),
        Case("500 submitted, drafts exist", env, office.submit, office.drafts, COHORT),
        Case("plain SQL, alike", env, office.create_sql, office.students, COHORT),
    ]
    if "project.task" in env:
        project = peer.Project(env, COHORT)
        approvals += project.get_moves()
        creations += project.get_creations()
    for title, cases in {
        "Approve 500; project.task: next stage and a message": approvals,
        "Create a cohort of 500; project.task: 500 tasks in one batch": creations,
    }.items():
        interleave(cases, rounds)
        for line in report(title, cases, cases[0]):
            say(line)


class Office:
    """The largest university, where one officer is in charge of every cartable."""

    def __init__(self, env):
        self.env = env
        self.clerk = get_user(env, "clerk")
        self.process = env["sajad.process"].search([("code", "=", "bench_eleven")])
        self.university = env["sajad.university"].search([("code", "=", "B1")])
        self.faculty = self.university.faculty_ids[0]
        self.number = env["sajad.student"].search_count([])
        self.make_cohort()

    def students(self, count=COHORT):
        """Return new students: they stand ready before the clock starts."""
        env = self.env
        numbers = range(self.number, self.number + count)
        self.number += count
        partners = env["res.partner"].create([{"name": f"C{n}"} for n in numbers])
        return env["sajad.student"].create(
            [
                {
                    "partner_id": partner.id,
                    "student_number": f"C{number}",
                    "university_id": self.university.id,
                    "faculty_id": self.faculty.id,
                }
                for number, partner in zip(numbers, partners, strict=True)
            ]
        )

    def create_drafts(self, students):
        # as the start of a class does: a request has its own history, and no note
        quiet = {"mail_create_nolog": True, "mail_create_nosubscribe": True}
        Request = self.env["sajad.request"].with_context(**quiet)
        drafts = Request.create(
            [
                {
                    "process_id": self.process.id,
                    "student_id": student.id,
                    "partner_id": student.partner_id.id,
                    "university_id": student.university_id.id,
                    "faculty_id": student.faculty_id.id,
                }
                for student in students
            ]
        )
        return drafts.with_env(self.env)

    def create(self, students):
        self.submit(self.create_drafts(students))

    def drafts(self):
        return self.create_drafts(self.students())

    def submit(self, requests):
        self.env["sajad.engine"]._submit(requests)

    def make_cohort(self):
        """Submit the cohort whose approval is timed, once in the life of a database.

        It is committed: PostgreSQL checks every foreign key of a row once more when
        the row was inserted by the same transaction.
        """
        if not self.ready():
            self.submit(self.create_drafts(self.students()))
            self.env.cr.commit()

    def ready(self):
        """Return the work of the cohort at its first step, as the officer sees it."""
        Task = self.env["sajad.task"].with_user(self.clerk)
        return Task.search([("student_number", "=like", "C%"), ("state", "=", "ready")])

    def few(self):
        return self.ready()[:FEW]

    def approve(self, tasks):
        tasks.action_approve()

    def approve_each(self, tasks):
        for task in tasks:
            # each click is a request of its own
            self.env.flush_all()
            self.env.invalidate_all()
            task.action_approve()

    def approve_sql(self, tasks):
        plain_sql.approve(self.env.cr, tuple(tasks.ids), self.clerk.id)

    def approve_each_sql(self, tasks):
        for task in tasks:
            self.approve_sql(task)

    def create_sql(self, students):
        plain_sql.create(self.env.cr, students.ids, self.process.published_flow_id.id)
