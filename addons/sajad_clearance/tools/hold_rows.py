"""One row of a list of holds, from a file or another system: read and judged."""

from odoo.addons.sajad_base.tools.clock import get_country_today
from odoo.addons.sajad_base.tools.typed import parse_amount, parse_date
from odoo.addons.sajad_persian.tools.normalize import normalize_number, normalize_text

KINDS = ("debt", "item", "document", "discipline")
STATES = ("open", "settled", "cancelled")
MAX_AMOUNT = 10**13
# what names an office among several, and where the code is
OFFICE_CODES = {
    "office": "role_id",
    "faculty": "faculty_id",
    "university": "university_id",
}


class HoldRow:
    """What a row says, what is wrong with it, and what became of it."""

    def __init__(self, env, number, row):
        self.env = env
        self.row = number
        self.problem = self.message = self.result = ""
        self.office = self.student = self.hold = None
        self.changes = {}
        if not isinstance(row, dict):
            row = {}
            self.refuse(env._("The row is not a set of names and values."))
        self.source = row
        self.number = self.clean_number(row.get("student_number"))
        self.external_id = self._get_text("external_id", 64)
        self.reference = self._get_text("reference", 200)
        self.reason = self._get_text("reason", 1000)
        self.state = row.get("state") or "open"
        self.values = {}
        self._read()

    @staticmethod
    def clean_number(value):
        """Return a student number as it is stored; spreadsheets make it a number."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or value is None:
            return ""
        return (normalize_number(str(value)) or "")[:64]

    def is_of(self, office):
        """Whether the codes of the row, as far as it has any, name this office."""
        return all(
            not self.source.get(key) or office[field].code == self.source[key]
            for key, field in OFFICE_CODES.items()
        )

    def refuse(self, problem):
        """Keep the first problem of the row."""
        self.result = "refused"
        self.problem = self.problem or problem
        self.message = self.problem

    def refuse_double(self):
        """Refuse a row whose number another one of the list has."""
        self.refuse(self.env._("This number is in the list twice."))

    def get_answer(self):
        """Return the answer of the API for this row."""
        return {
            "row": self.row,
            "external_id": self.external_id,
            "student_number": self.number,
            "result": self.result,
            "id": self.hold.id if self.hold and not self.problem else False,
            "message": self.message,
        }

    def _read(self):
        env = self.env
        if not self.number:
            self.refuse(env._("The student number is missing."))
        if not self.external_id:
            self.refuse(env._("The number of the other system is missing."))
        if self.state not in STATES:
            self.refuse(env._("The state is open, settled or cancelled."))
        if self.state != "open":
            # to close a hold its number is enough
            return
        kind = self.source.get("kind") or "debt"
        if kind not in KINDS:
            self.refuse(env._("The kind is not known: %(kind)s", kind=kind))
        description = self._get_text("description", 200)
        if not description:
            self.refuse(env._("The description is missing."))
        amount = self._read_amount(self.source.get("amount"))
        if kind == "debt" and not amount:
            self.refuse(env._("The amount of the debt is missing."))
        self.values = {
            "kind": kind,
            "description": description,
            "amount": amount,
            "item_reference": self._get_text("item_reference", 100),
        }
        # without a date a known hold keeps its own
        if day := self._read_date(self.source.get("date")):
            self.values["date"] = day

    def _get_text(self, name, size):
        value = self.source.get(name)
        if value is None or value is False:
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = normalize_text(str(value)) or ""
        if len(text) > size:
            self.refuse(self.env._("A text is too long: %(text)s…", text=text[:30]))
        return text[:size]

    def _read_amount(self, value):
        if value in (None, False, ""):
            return 0
        try:
            amount = parse_amount(value)
        except ValueError:
            amount = -1
        if not 0 <= amount <= MAX_AMOUNT:
            self.refuse(
                self.env._("The amount is not a number of rials: %(text)s", text=value)
            )
            return 0
        return amount

    def _read_date(self, value):
        if value in (None, False, ""):
            return None
        try:
            day = parse_date(str(value))
        except ValueError:
            day = None
        if not day or not 1980 <= day.year <= 2100:
            self.refuse(self.env._("This is not a date: %(text)s", text=value))
            return None
        if day > get_country_today():
            self.refuse(self.env._("The date lies in the future: %(text)s", text=value))
            return None
        return day


def assign_offices(rows, offices):
    """Tell each row its office: the one of these that its codes name.

    :param rows: list of `HoldRow`
    :param offices: those in which the user decides, with elevated rights
    """
    for row in rows:
        if row.problem:
            continue
        found = offices.filtered(row.is_of)
        if len(found) == 1:
            row.office = found
        elif found:
            row.refuse(row.env._("Name the office: you decide in several."))
        else:
            row.refuse(row.env._("You are not in charge of this office."))
