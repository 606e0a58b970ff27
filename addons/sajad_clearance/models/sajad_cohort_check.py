import base64

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from odoo.addons.sajad_base.tools.table_file import TableError
from odoo.addons.sajad_persian.tools.normalize import normalize_number

from ..tools.number_list import read_file, read_text

MAX_ROWS = 20000


class SajadCohort(models.Model):
    """The dry run: one result for every row, before anything is started (row B11)."""

    _inherit = "sajad.cohort"

    def action_check(self):
        """Find the students of the list and say what would be started. Row B11

        :raise UserError: the list or the file cannot be read
        """
        self.ensure_one()
        self.check_access("write")
        self._check_not_started()
        numbers = self._read_numbers()
        if not numbers:
            raise UserError(self.env._("There is no student number in the list."))
        if len(numbers) > MAX_ROWS:
            raise UserError(
                self.env._(
                    "The list has %(found)s rows; a class has at most %(count)s.",
                    found=len(numbers),
                    count=MAX_ROWS,
                )
            )
        # rows and states are written by this model alone; access was checked
        cohort_sudo = self.sudo()
        cohort_sudo.line_ids.unlink()
        cohort_sudo.write(
            {
                "line_ids": [
                    Command.create(vals) for vals in cohort_sudo._check_numbers(numbers)
                ],
                "state": "checked",
                "problem": False,
            }
        )

    def action_reset(self):
        """Back to the set-up."""
        self.ensure_one()
        self.check_access("write")
        self._check_not_started()
        # states are written by this model alone; access was checked
        self.sudo()._reset()

    # ------------------------------------------------------------
    # READ THE LIST
    # ------------------------------------------------------------

    def _read_numbers(self):
        """Return [(row, student number)] of the chosen source."""
        if self.source == "filter":
            students = self.env["sajad.student"].search(
                self._get_student_domain(), limit=MAX_ROWS + 1
            )
            numbers = students.mapped("student_number")
            return list(enumerate(numbers, start=1))
        if self.source == "list":
            return read_text(self.numbers or "")
        if not self.file:
            raise UserError(self.env._("Choose a file."))
        # the file itself, not its size as forms ask for it
        content = self.with_context(bin_size=False).file
        try:
            return read_file(base64.b64decode(content))
        except TableError as error:
            raise UserError(self.env._(error.sentence)) from error

    def _get_student_domain(self):
        """Return the domain of the students whom the class may have."""
        domain = Domain("university_id", "=", self.university_id.id)
        if self.faculty_ids:
            domain &= Domain("faculty_id", "in", self.faculty_ids.ids)
        if self.degree_level_ids:
            domain &= Domain("degree_level_id", "in", self.degree_level_ids.ids)
        if self.entry_year:
            domain &= Domain("entry_year", "=", self.entry_year)
        return domain

    # ------------------------------------------------------------
    # CHECK
    # ------------------------------------------------------------

    def _check_numbers(self, numbers):
        """Return the values of the lines; called with elevated rights."""
        cleaned = [(row, normalize_number(text)) for row, text in numbers]
        known, elsewhere = self._find_students({number for _row, number in cleaned})
        problems = self._get_student_problems(
            self.env["sajad.student"].union(*known.values())
        )
        seen = {}
        vals_list = []
        for row, number in cleaned:
            student = known.get(number, self.env["sajad.student"])
            if number in seen:
                result = "duplicate"
                message = self.env._(
                    "The same number as in row %(row)s.", row=seen[number]
                )
            elif not student:
                result, message = self._get_unknown(number in elsewhere)
            else:
                result, message = problems.get(student, ("ok", False))
            seen.setdefault(number, row)
            vals_list.append(
                {
                    "row": row,
                    "student_number": number,
                    "student_id": student.id,
                    "student_name": student.name,
                    "faculty_id": student.faculty_id.id,
                    "result": result,
                    "message": message,
                }
            )
        return vals_list

    def _find_students(self, numbers):
        """Return {number: student of the university} and the numbers found elsewhere.

        Archived ones too. Of other universities only that a number exists is told.
        """
        Student = self.env["sajad.student"].with_context(active_test=False)
        domain = Domain("student_number", "in", list(numbers))
        students = Student.search_fetch(
            domain & Domain("university_id", "=", self.university_id.id),
            ["student_number", "name", "faculty_id", "active"],
        )
        known = {student.student_number: student for student in students}
        missing = [number for number in numbers if number not in known]
        groups = Student._read_group(
            [("student_number", "in", missing)], ["student_number"]
        )
        return known, {number for (number,) in groups}

    def _get_unknown(self, is_elsewhere):
        university = self.university_id.name
        if is_elsewhere:
            return "other_university", self.env._(
                "The number is one of another university, not of %(university)s.",
                university=university,
            )
        return "unknown", self.env._(
            "No student of %(university)s has this number.", university=university
        )

    def _get_student_problems(self, students):
        """Return {student: (result, sentence)} of those who cannot be started now."""
        problems = {}
        group = students.filtered_domain(self._get_student_domain())
        for student in students - group:
            problems[student] = (
                "other_group",
                self.env._("Not of the faculties, levels or year of this class."),
            )
        for student, certificate in self._get_cleared(students).items():
            problems[student] = (
                "cleared",
                self.env._("Has certificate %(number)s.", number=certificate.name),
            )
        opened = self.env["sajad.request"]._get_open_requests(self.process_id, students)
        for (_process, student), request in opened.items():
            problems[student] = (
                "open",
                self.env._("Request %(number)s is open.", number=request.name),
            )
        for student in students.filtered(lambda student: not student.active):
            problems[student] = (
                "archived",
                self.env._("The student is archived in the register."),
            )
        return problems

    def _get_cleared(self, students):
        certificates = self.env["sajad.clearance.certificate"].search(
            [("student_id", "in", students.ids), ("state", "=", "valid")]
        )
        return {certificate.student_id: certificate for certificate in certificates}
