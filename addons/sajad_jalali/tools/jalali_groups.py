from datetime import UTC
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tools import (
    DEFAULT_SERVER_DATE_FORMAT,
    DEFAULT_SERVER_DATETIME_FORMAT,
)
from odoo.tools.misc import get_lang

from . import jalali


class JalaliGroups:
    """Grouping one date field, or one date property, by one Jalali period."""

    LABELS = ("day", "week", *jalali.PERIODS)

    def __init__(self, model, field, kind, path, granularity):
        self.model = model
        self.env = model.env
        self.field = field
        self.kind = kind  # date or datetime, also of a property
        self.path = path
        self.granularity = granularity
        self.persian = (get_lang(self.env).code or "").startswith("fa")

    @classmethod
    def of(cls, model, groupby_spec):
        """The groups of the specification; None when it is no date of the model itself
        (a path over a many2one comes back here with the model at its end)."""
        path, _colon, granularity = groupby_spec.rpartition(":")
        name, _dot, rest = path.partition(".")
        field = model._fields.get(name)
        if not field:
            return None
        kind = field.type
        if kind == "properties" and rest:
            kind = model.get_property_definition(path).get("type")
        elif rest:
            return None
        if kind not in ("date", "datetime"):
            return None
        return cls(model, field, kind, path, granularity)

    @property
    def timezone(self):
        """Properties keep their times as they are stored, as Odoo does."""
        name = self.env.context.get("tz")
        if self.field.type != "datetime" or not name:
            return None
        try:
            return ZoneInfo(name)
        except (ValueError, ZoneInfoNotFoundError):
            return None

    def local_sql(self, alias, query):
        """SQL of the value of the field in the time zone of the user."""
        expression = self.model._field_to_sql(alias, self.field.name, query)
        if self.kind == "date":
            return expression
        return self.field.property_to_sql(expression, "tz", self.model, alias, query)

    def period_sql(self, expression):
        if self.field.type == "date":
            return jalali.trunc_sql(self.granularity, expression)
        return jalali.trunc_moment_sql(self.granularity, expression)

    def format_group(self, value):
        """((start, label), domain) of a group, as the web client wants it."""
        if not value:
            return False, [(self.path, "=", False)]
        start, end = self.to_stored(value), self.to_stored(self.next_start(value))
        domain = ["&", (self.path, ">=", start), (self.path, "<", end)]
        return (start, self.label(value)), domain

    def label(self, value):
        if self.granularity == "day":
            return jalali.day_label(value, self.persian)
        if self.granularity == "week":
            year, number = jalali.week_number(value)
            return self.env._("Week %(number)s, %(year)s", number=number, year=year)
        return jalali.period_label(value, self.granularity, self.persian)

    def next_start(self, value):
        if self.granularity in jalali.PERIODS:
            return jalali.period_start(value, self.granularity, 1)
        return value + relativedelta(**{f"{self.granularity}s": 1})

    def to_stored(self, value):
        """A border of the user's day as the server stores it."""
        if self.timezone:
            value = value.replace(tzinfo=self.timezone).astimezone(UTC)
        if self.kind == "datetime":
            return value.strftime(DEFAULT_SERVER_DATETIME_FORMAT)
        return value.strftime(DEFAULT_SERVER_DATE_FORMAT)

    def fill(self, starts, fill_from, fill_to, min_groups):
        """The starts with the missing ones between the borders, sorted."""
        starts = sorted(starts)
        first = self.parse_start(fill_from) or (starts and starts[0])
        last = self.parse_start(fill_to) or (starts and starts[-1])
        first, last = first or last, last or first
        if not first:
            return starts
        if min_groups:
            enough = jalali.period_start(first, self.granularity, min_groups - 1)
            last = max(last, enough)
        wanted = set(starts)
        while first <= last:
            wanted.add(first)
            first = jalali.period_start(first, self.granularity, 1)
        return sorted(wanted)

    def parse_start(self, text):
        if not text:
            return None
        convert = fields.Date if self.field.type == "date" else fields.Datetime
        value = getattr(convert, f"to_{convert.type}")(text)
        return jalali.period_start(value, self.granularity)
