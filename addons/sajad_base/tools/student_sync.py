"""A list of students, judged row by row against the register, then recorded."""

import psycopg2

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from odoo.addons.sajad_persian.tools.normalize import fold_word

from .clock import get_country_today
from .student_bulk import create_students
from .student_list import NATIONS
from .student_row import NO_NAME

_lt = LazyTranslate(__name__)

PERSON_NUMBERS = ("national_id", "foreign_id", "passport_number")
# what is one row's; the transaction is another matter
REFUSED = (UserError, psycopg2.IntegrityError, psycopg2.DataError)
NOT_RECORDED = _lt("The row could not be recorded: somebody changed this meanwhile.")
TWICE = _lt("This student number is in the list twice.")
NO_FACULTY = _lt("The faculty is missing.")
OF_ANOTHER = _lt("Another person at the university has this number.")
HAS_ACCOUNT = _lt(
    "The person has an account, whose e-mail only the person or an administrator "
    "changes."
)


class StudentSync:
    """Rows of one university; sending a list again changes nothing twice.

    Whoever calls it has checked that the user may register its students.
    """

    def __init__(self, env, university, rows):
        # the students of this university alone, with their persons
        self.env = env(su=True)
        self.university = university
        self.rows = rows

    def judge(self):
        """Tell each row what recording it would do; nothing is recorded."""
        today = get_country_today()
        places, known = self._find_places(), {}
        for row in self.rows:
            if not row.is_read:
                row.read_cells(places, today, known)
        good = [row for row in self.rows if not row.problems]
        self._refuse_doubles(good)
        students = self._find_students(good)
        persons = self._find_persons(good)
        faculties = set(places["faculty_id"].values())
        for row in good:
            if row.problems:
                continue
            row.student = students.get(row.number)
            self._judge_numbers(row, persons)
            if row.student:
                self._judge_known(row)
            else:
                self._judge_new(row, faculties)
            if not row.problems:
                self._keep_numbers(row, persons)

    def record(self, rows=None):
        """Create and change what was judged; a row that fails is refused.

        :param rows: some of its rows, where they are many; those before come first
        """
        rows = self.rows if rows is None else rows
        self._create([row for row in rows if row.result == "created"])
        groups = {}
        for row in rows:
            if row.result == "changed":
                key = tuple(row.changes.items()), tuple(row.person_changes.items())
                groups.setdefault(key, []).append(row)
        for rows in groups.values():
            self._change(rows)

    # ------------------------------------------------------------
    # JUDGE
    # ------------------------------------------------------------

    def _find_places(self):
        university = Domain("university_id", "=", self.university.id)
        return {
            "faculty_id": self._find_names("sajad.faculty", university),
            "field_id": self._find_names("sajad.study.field"),
            "degree_level_id": self._find_names("sajad.degree.level"),
            "nationality_id": self._find_countries(),
        }

    def _find_names(self, model, domain=Domain.TRUE):
        """Return {folded name in any language, or code: id}."""
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        found = {}
        for lang in ("en_US", *langs):
            Model = self.env[model].with_context(lang=lang)
            for record in Model.search(domain):
                for text in (record.name, record.code):
                    key = fold_word(text or "")
                    # two of the same name are told apart by their codes
                    same = found.setdefault(key, record.id) == record.id
                    found[key] = record.id if same else None
        return found

    def _find_countries(self):
        found = self._find_names("res.country")
        for code, words in NATIONS.items():
            for word in words:
                found[fold_word(word)] = found.get(fold_word(code))
        return found

    def _refuse_doubles(self, rows):
        seen = set()
        for row in rows:
            if row.number in seen:
                row.refuse(TWICE)
            seen.add(row.number)

    def _find_students(self, rows):
        Student = self.env["sajad.student"].with_context(active_test=False)
        students = Student.search(
            Domain("university_id", "=", self.university.id)
            & Domain("student_number", "in", [row.number for row in rows])
        )
        return {student.student_number: student for student in students}

    def _find_persons(self, rows):
        """Return {(kind of number, number): {key of a person: name, folded}}.

        Those of the register are known by their record, those of the list by a row.
        """
        Student = self.env["sajad.student"].with_context(active_test=False)
        persons = {}
        for name in PERSON_NUMBERS:
            numbers = [row.values[name] for row in rows if row.values.get(name)]
            for student in Student.search(
                Domain("university_id", "=", self.university.id)
                & Domain(name, "in", numbers)
            ):
                persons[name, student[name]] = student.partner_id
        return persons

    def _judge_numbers(self, row, persons):
        """Find the person of a row by its numbers; they are one person's."""
        for name in PERSON_NUMBERS:
            person = persons.get((name, row.values.get(name)))
            if not person:
                continue
            if row.student:
                is_same = person == row.student.partner_id
            else:
                is_same = row.partner in (None, person) and (
                    fold_word(_get_name(person)) == fold_word(row.person.get("name"))
                )
            if is_same:
                row.partner = person
            else:
                row.refuse(OF_ANOTHER, name)

    def _keep_numbers(self, row, persons):
        """Let the rows that follow know whose the numbers of this one are."""
        person = row.student.partner_id if row.student else row.partner or row
        for name in PERSON_NUMBERS:
            if row.values.get(name):
                persons.setdefault((name, row.values[name]), person)

    def _judge_known(self, row):
        student, partner = row.student, row.student.partner_id
        row.changes = {
            name: value
            for name, value in row.values.items()
            if _get_raw(student, name) != value
        }
        row.person_changes = {
            name: value
            for name, value in row.person.items()
            if (partner[name] or "") != value
        }
        if "email" in row.person_changes and partner.user_ids:
            row.refuse(HAS_ACCOUNT, "email")
        elif row.changes or row.person_changes:
            row.result = "changed"
        else:
            row.result = "unchanged"

    def _judge_new(self, row, faculties):
        if not row.person.get("name"):
            row.refuse(NO_NAME)
        if "faculty_id" not in row.values:
            if len(faculties) == 1:
                row.values["faculty_id"] = next(iter(faculties))
            else:
                row.refuse(NO_FACULTY)
        if not row.problems:
            row.result = "created"

    # ------------------------------------------------------------
    # RECORD
    # ------------------------------------------------------------

    def _create(self, rows):
        """Create all at once, or by halves when the database refuses one of them."""
        if not rows:
            return
        try:
            with self.env.cr.savepoint():
                create_students(self.env, self.university, rows)
        except REFUSED:
            if len(rows) == 1:
                rows[0].refuse(NOT_RECORDED)
                return
            middle = len(rows) // 2
            self._create(rows[:middle])
            self._create(rows[middle:])

    def _change(self, rows):
        students = self.env["sajad.student"].union(*(row.student for row in rows))
        try:
            with self.env.cr.savepoint():
                if rows[0].changes:
                    students.write(rows[0].changes)
                if rows[0].person_changes:
                    students.partner_id.write(rows[0].person_changes)
        except REFUSED as error:
            if len(rows) == 1:
                is_said = isinstance(error, UserError)
                rows[0].refuse(str(error) if is_said else NOT_RECORDED)
                return
            for row in rows:
                self._change([row])


def _get_name(person):
    """Return the name of a person of the register, or of an earlier row."""
    return person.person["name"] if hasattr(person, "person") else person.name


def _get_raw(student, name):
    value = student[name]
    return value.id if student._fields[name].type == "many2one" else value
