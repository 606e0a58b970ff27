"""One row of a list of students: read, and what is wrong with it."""

import re
from datetime import date

from odoo.tools.mail import single_email_re
from odoo.tools.translate import LazyTranslate

from odoo.addons.sajad_persian.tools.normalize import fold_word, normalize_number

from .form_reader import InputError, read
from .student_list import CODES, KINDS, PLACES
from .student_rules import RULES

_lt = LazyTranslate(__name__)

# of the person, not of the study
NAMES = ("first_name", "last_name")
PERSON = ("name", "email", *NAMES)
# what comes again in a list, and is read once for all of it
REPEATED = frozenset(
    {
        *(*PLACES, *CODES, "first_name", "last_name", "entry_year", "father_name"),
        *("birth_date", "birth_place"),
    }
)
# a domain has a dot
DOMAIN = re.compile(r"@[^@]+\.[^@.]{2,}$")
UNKNOWN = _lt("It is not known here.")
NO_EMAIL = _lt("This is not an e-mail address.")
NO_NAME = _lt("The full name is missing.")
NO_NUMBER = _lt("The student number is missing.")


def is_email(text):
    """Whether a text is an e-mail address; its domain has a dot."""
    return bool(single_email_re.match(text) and DOMAIN.search(text))


class StudentRow:
    """What a row says of a student, what is wrong with it, and what became of it."""

    def __init__(self, number, cells, problem=None):
        self.row = number
        self.cells = cells
        self.values = {}  # of the study
        self.person = {}  # of its person
        self.student = self.partner = None
        self.changes, self.person_changes = {}, {}
        self.result = ""
        self.is_read = False
        # (name of the field or None, text, lazy sentence)
        self.problems = [(None, "", problem)] if problem else []

    def keep(self):
        """Return what was read, as JSON."""
        values = dict(self.values)
        if day := values.get("birth_date"):
            values["birth_date"] = day.isoformat()
        return [values, self.person]

    def restore(self, kept):
        """Take what was read before."""
        self.values, self.person = kept
        if day := self.values.get("birth_date"):
            self.values["birth_date"] = date.fromisoformat(day)
        self.is_read = True

    @property
    def number(self):
        return self.values.get("student_number", "")

    def refuse(self, sentence, name=None):
        """Keep what is wrong, with the cell if it is one's."""
        self.problems.append((name, self.cells.get(name, ""), sentence))
        self.result = "refused"

    def read_cells(self, places, today, known):
        """Read the cells.

        :param places: {field: {folded name or code: id}}
        :param today: date, for what may not lie in the future
        :param known: {(field, text): value} of rows before; what is read is added
        """
        if self.problems:
            self.result = "refused"
            return
        for name, text in self.cells.items():
            try:
                self._read_cell(name, text, places, today, known)
            except InputError as error:
                self.refuse(error.sentence, name)
        self._join_name()
        if not self.number:
            self.refuse(NO_NUMBER)

    def _read_cell(self, name, text, places, today, known):
        value = known.get((name, text))
        if value is None:
            value = self._interpret(name, text, places, today)
            if name in REPEATED:
                known[name, text] = value
        target = self.person if name in PERSON else self.values
        target[name] = value

    def _interpret(self, name, text, places, today):
        if name in PLACES:
            value = places[name].get(fold_word(text))
        elif name in CODES:
            value = CODES[name].get(fold_word(text))
        else:
            value = self._read_typed(name, text)
        if value is None:
            raise InputError(UNKNOWN)
        if name in RULES:
            is_valid, sentence = RULES[name]
            if not is_valid(value, today):
                raise InputError(sentence)
        return value

    def _read_typed(self, name, text):
        if name == "student_number":
            return normalize_number(text)
        value = read(KINDS[name], text)
        if name == "email" and not is_email(value):
            raise InputError(NO_EMAIL)
        return value

    def _join_name(self):
        parts = [self.person.pop(name, "") for name in NAMES]
        if "name" not in self.person and all(parts):
            self.person["name"] = " ".join(parts)
