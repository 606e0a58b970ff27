"""What certificates keep of the day of their issue."""

from odoo import fields
from odoo.tools import SQL

from odoo.addons.sajad_base.engine.states import INFORMATION

REGISTER = "clearance_certificate"
LANGS = ("fa_IR", "en_US")
STUDENT_FIELDS = (
    "name",
    "student_number",
    "father_name",
    "national_id",
    "foreign_id",
    "passport_number",
    "birth_certificate_number",
    "is_international",
    "entry_year",
    "study_mode",
    "sex",
)


class CertificateSnapshots:
    """The snapshots of requests; the number of queries does not depend on how many."""

    def __init__(self, requests):
        self.env = requests.env
        self.tasks = requests._get_sheet_tasks()
        self.names = self._get_names(requests)
        self.reasons = self._get_reasons(requests)
        self.conditional = requests._get_conditional_holds()

    def get(self, request):
        """Return the snapshot of one request."""
        return {
            "student": self._prepare_student(request),
            "university": self.names[request.university_id],
            "request": request.name,
            "registration": request.registration_number,
            "signatures": [
                self._prepare_signature(task)
                for task in self.tasks[request]
                # who is only informed has cleared nobody
                if task.mode != INFORMATION
            ],
            "conditions": [h._prepare_condition() for h in self.conditional[request]],
        }

    def _prepare_student(self, request):
        student = request.student_id
        return {
            **{name: student[name] or False for name in STUDENT_FIELDS},
            "faculty": self.names.get(request.faculty_id, {}),
            "field": self.names.get(student.field_id, {}),
            "degree": self.names.get(student.degree_level_id, {}),
        }

    def _prepare_signature(self, task):
        """Return what is kept of the decision of one office."""
        return {
            "stage": self.names[task.stage_id],
            "role": self.names[task.stage_id.role_id],
            "state": task.state,
            "outcome": task.outcome,
            "who": task.done_by_id.name or False,
            "on_behalf_of": task.on_behalf_of_id.name or False,
            "date": task.date_done and fields.Datetime.to_string(task.date_done),
            "note": self.reasons.get(task.id, False),
        }

    def _get_names(self, requests):
        """Return {record: {language: name}} of all that certificates name."""
        tasks = self.tasks.values()
        stages = self.env["sajad.stage"].union(*(t.stage_id for t in tasks))
        groups = (
            requests.university_id,
            requests.faculty_id,
            requests.student_id.field_id,
            requests.student_id.degree_level_id,
            stages,
            stages.role_id,
        )
        installed = dict(self.env["res.lang"].get_installed())
        langs = [lang for lang in LANGS if lang in installed or lang == "en_US"]
        names = {}
        for records in groups:
            # read in all languages at once
            records = records.with_context(prefetch_langs=True)
            for record in records:
                names[record.with_env(self.env)] = {
                    lang: record.with_context(lang=lang).name for lang in langs
                }
        return names

    def _get_reasons(self, requests):
        """Return {task id: what the office wrote for the student to its approval}."""
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT ON (task_id) task_id, reason FROM sajad_event "
                "WHERE request_id IN %s AND kind IN ('approved', 'seen') "
                "AND reason IS NOT NULL AND visible_to_student IS TRUE "
                "ORDER BY task_id, id DESC",
                tuple(requests.ids),
            )
        )
        return dict(rows)


def draw_numbers(requests, moment):
    """Return {request: year, number and name of its certificate}, without gaps."""
    numbers = {}
    # in one order, so that two jobs never wait for each other's registers
    for university, members in sorted(
        requests.grouped("university_id").items(), key=lambda item: item[0].id
    ):
        year, drawn = requests.env["sajad.register"]._draw(
            university, REGISTER, len(members), moment
        )
        for request, number in zip(members.sorted("id"), drawn, strict=True):
            name = f"{university.code.upper()}-{year}-{number:05}"
            numbers[request] = {"year": year, "sequence": number, "name": name}
    return numbers
