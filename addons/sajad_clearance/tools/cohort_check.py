"""The dry run of a class: one result for every row, before anything is started."""

from odoo.fields import Domain

from odoo.addons.sajad_persian.tools.normalize import normalize_number


class CohortCheck:
    """Judges the student numbers of a class, for all rows together."""

    def __init__(self, cohort):
        self.env = cohort.env
        self.cohort = cohort

    def get_domain(self):
        """Return the domain of the students whom the class may have."""
        cohort = self.cohort
        domain = Domain("university_id", "=", cohort.university_id.id)
        if cohort.faculty_ids:
            domain &= Domain("faculty_id", "in", cohort.faculty_ids.ids)
        if cohort.degree_level_ids:
            domain &= Domain("degree_level_id", "in", cohort.degree_level_ids.ids)
        if cohort.entry_year:
            domain &= Domain("entry_year", "=", cohort.entry_year)
        return domain

    def judge(self, numbers):
        """Return the values of the rows of the class. With elevated rights.

        :param numbers: list of (row, student number as it was typed)
        """
        cleaned = [(row, normalize_number(text)) for row, text in numbers]
        known, elsewhere = self._find_students({number for _row, number in cleaned})
        problems = self.get_problems(self.env["sajad.student"].union(*known.values()))
        seen = {}
        vals_list = []
        for row, number in cleaned:
            student = known.get(number, self.env["sajad.student"])
            if number in seen:
                result, message = self._get_repeated(seen[number])
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
            domain & Domain("university_id", "=", self.cohort.university_id.id),
            ["student_number", "name", "faculty_id", "active"],
        )
        known = {student.student_number: student for student in students}
        missing = [number for number in numbers if number not in known]
        groups = Student._read_group(
            [("student_number", "in", missing)], ["student_number"]
        )
        return known, {number for (number,) in groups}

    def _get_repeated(self, row):
        return "duplicate", self.env._("The same number as in row %(row)s.", row=row)

    def _get_unknown(self, is_elsewhere):
        university = self.cohort.university_id.name
        if is_elsewhere:
            return "other_university", self.env._(
                "The number is one of another university, not of %(university)s.",
                university=university,
            )
        return "unknown", self.env._(
            "No student of %(university)s has this number.", university=university
        )

    def get_problems(self, students):
        """Return {student: (result, sentence)} of those who cannot be started now.

        Of several reasons the last one is told.
        """
        problems = {}
        for student in students - students.filtered_domain(self.get_domain()):
            problems[student] = (
                "other_group",
                self.env._("Not of the faculties, levels or year of this class."),
            )
        for certificate in self._get_certificates(students):
            problems[certificate.student_id] = (
                "cleared",
                self.env._("Has certificate %(number)s.", number=certificate.name),
            )
        for student, request in self._get_open(students).items():
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

    def _get_certificates(self, students):
        return self.env["sajad.clearance.certificate"].search(
            [("student_id", "in", students.ids), ("state", "=", "valid")]
        )

    def _get_open(self, students):
        """Return {student: open request} that excludes one of the class."""
        found = self.env["sajad.request"]._get_open_requests(
            self.cohort.process_id, students
        )
        return {student: request for (_process, student), request in found.items()}
