"""Students and their persons, written many at once.

The ORM takes thirty times as long: it computes, checks and notes each record by
itself. Here what it would store is computed for all rows, which were checked, and
what other addons store by computation is computed by the ORM afterwards. Rows go to
PostgreSQL by COPY: a statement of so many values takes longer to write and to read.
"""

import io
import json
import re

from psycopg2.extras import Json

from odoo.tools import SQL
from odoo.tools.mail import email_normalize

from odoo.addons.sajad_persian.tools.normalize import make_search_key

# computed here, or nothing for a new person without a company
PERSON_DONE = {
    *("complete_name", "commercial_partner_id", "commercial_company_name", "lang"),
    *("email_normalized", "partner_share", "search_key", "company_registry"),
    *("phone_sanitized", "user_id", "properties"),
    *("image_1024", "image_512", "image_256", "image_128"),
}
STUDENT_DONE = {"name", "search_key"}
# an address that is normalized as it stands
PLAIN_EMAIL = re.compile(r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
# what the text format of COPY writes otherwise, the sign of it first
ESCAPES = (("\\", r"\\"), ("\t", r"\t"), ("\n", r"\n"), ("\r", r"\r"))


def create_students(env, university, rows):
    """Create the students of rows, and the persons who are not known.

    :param env: with elevated rights
    :param rows: list of `StudentRow` with their values; they get their students
    """
    env.flush_all()
    _create_persons(env, university, [row for row in rows if row.partner is None])
    for row in rows:
        if hasattr(row.partner, "person"):
            # an earlier row is of the same person
            row.partner = row.partner.partner
    values = [_prepare_student(university, row) for row in rows]
    students = insert(env["sajad.student"], values, STUDENT_DONE)
    for row, student in zip(rows, students, strict=True):
        row.student = student


def _create_persons(env, university, rows):
    Partner = env["res.partner"]
    values = []
    for row, record_id in zip(rows, take_ids(Partner, len(rows)), strict=True):
        name, email = row.person["name"], row.person.get("email")
        row.partner = Partner.browse(record_id)
        values.append(
            {
                "id": record_id,
                "name": name,
                "complete_name": name,
                "email": email,
                "email_normalized": normalize_email(email),
                "commercial_partner_id": record_id,
                "partner_share": True,
                "search_key": make_search_key([name, email]),
                "sajad_university_id": university.id,
            }
        )
    insert(Partner, values, PERSON_DONE)


def _prepare_student(university, row):
    Student = row.partner.env["sajad.student"]
    values = {
        **row.values,
        "partner_id": row.partner.id,
        "name": row.person["name"],
        "university_id": university.id,
    }
    values["search_key"] = make_search_key(
        [values.get(name) for name in Student._search_key_fields]
    )
    return values


def normalize_email(email):
    """Return what Odoo compares addresses by; most are written so."""
    if not email or PLAIN_EMAIL.fullmatch(email):
        return email or None
    return email_normalize(email)


def take_ids(model, count):
    """Return so many ids of new records."""
    rows = model.env.execute_query(
        SQL(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM "
            "generate_series(1, %s)",
            model._table,
            count,
        )
    )
    return [record_id for (record_id,) in rows]


def insert(model, rows, done=()):
    """Insert rows of values with the defaults of a model; return the records.

    :param rows: list of {field: value as the column has it}
    :param done: stored computed fields that are given, or empty
    """
    if not rows:
        return model.browse()
    if "id" not in rows[0]:
        for row, record_id in zip(rows, take_ids(model, len(rows)), strict=True):
            row["id"] = record_id
    copy(model, rows)
    records = model.browse([row["id"] for row in rows])
    for name, field in model._fields.items():
        if field.store and field.compute and field.column_type and name not in done:
            model.env.add_to_compute(field, records)
    return records


def copy(model, rows):
    """Write rows of values with the defaults of a model, and tell nobody their ids.

    :param rows: list of {field: value as the column has it}
    """
    defaults = get_defaults(model)
    names = sorted({*defaults, *(name for row in rows for name in row)})
    filler = [_to_copy(defaults.get(name)) for name in names]
    lines = (
        "\t".join(
            [
                _to_copy(row[name]) if name in row else default
                for name, default in zip(names, filler, strict=True)
            ]
        )
        for row in rows
    )
    columns = SQL(", ").join(map(SQL.identifier, names))
    query = SQL("COPY %s (%s) FROM STDIN", SQL.identifier(model._table), columns)
    model.env.cr.copy_expert(query.code, io.StringIO("\n".join(lines)))


def _to_copy(value):
    if value is None:
        return r"\N"
    if isinstance(value, str):
        return _escape(value)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, Json):
        return _escape(json.dumps(value.adapted, ensure_ascii=False))
    # numbers and dates
    return str(value)


def _escape(text):
    for sign, written in ESCAPES:
        # most texts have none of them; looking for it costs next to nothing
        if sign in text:
            text = text.replace(sign, written)
    return text


def get_defaults(model):
    """Return {column: value} of what a new record has by itself."""
    env = model.env
    stored = [name for name, f in model._fields.items() if f.store and f.column_type]
    defaults = {
        name: model._fields[name].convert_to_column_insert(value, model)
        for name, value in model.default_get(stored).items()
    }
    if not model._log_access:
        return defaults
    defaults |= {"create_uid": env.uid, "write_uid": env.uid}
    return defaults | dict.fromkeys(("create_date", "write_date"), env.cr.now())
