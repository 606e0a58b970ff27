"""Does history still say what was written?

Nothing here trusts the functions that the database keeps.
"""

from odoo.tools import SQL

from . import chain

# rows that one seal covers at most
BLOCK = 1_000_000
# rows that one statement checks
PART = 200_000


def get_fault(model, known=None):
    """Return a sentence on the first row that is not as it was written, or None.

    :param known: (id, hash) of an earlier audit, kept outside of the database
    """
    checks = (_check_triggers, _check_rows, _check_seals)
    faults = (check(model) for check in checks)
    return next(filter(None, faults), None) or _check_known(model, known)


def get_head(model):
    """Return (number of rows, newest id, its hash)."""
    table = SQL.identifier(model._table)
    head = model.env.execute_query(
        SQL(
            "SELECT id, encode(chain_hash, 'hex') FROM %s ORDER BY id DESC LIMIT 1",
            table,
        )
    )
    [[count]] = model.env.execute_query(SQL("SELECT count(*) FROM %s", table))
    return (count, *(head[0] if head else (0, "")))


def _check_triggers(model):
    """What refuses changes is there, is on, and does what it did."""
    rows = model.env.execute_query(
        SQL(
            "SELECT t.tgname, t.tgenabled, p.proname, p.prosrc "
            "FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE t.tgrelid = %s::regclass AND NOT t.tgisinternal",
            model._table,
        )
    )
    found = {name: values for name, *values in rows}
    for trigger in chain.get_triggers(model):
        expected = ["O", trigger.function, trigger.body]
        if found.get(trigger.name) != expected:
            return f"the trigger {trigger.name} is off, missing or changed"
    return None


def _check_rows(model):
    """Each row says what its hash covers, and the row before it is there.

    A part at a time: a statement has its limit of time, and of a country's history
    more than the memory has place for would be sorted.
    """
    [[last]] = model.env.execute_query(
        SQL("SELECT max(id) FROM %s", SQL.identifier(model._table))
    )
    parts = range(0, last or 0, PART)
    faults = (_check_part(model, start, start + PART) for start in parts)
    return next(filter(None, faults), None)


def _check_part(model, start, end):
    """Return a sentence on the first wrong row after `start` up to `end`."""
    rows = model.env.execute_query(
        SQL(
            # one by one by its key: never the whole table for a part
            """SELECT r.id, r.chain_previous, r.chain_hash IS NULL, p.id IS NULL
            FROM %(table)s r LEFT JOIN LATERAL (
                SELECT id, chain_hash FROM %(table)s
                WHERE id = r.chain_previous OFFSET 0) p ON TRUE
            WHERE r.id > %(start)s AND r.id <= %(end)s
            AND ((r.chain_previous IS NOT NULL AND p.id IS NULL)
            OR r.chain_hash IS DISTINCT FROM sha256(convert_to(
                coalesce(encode(p.chain_hash, 'hex'), '')
                || jsonb_strip_nulls(to_jsonb(r) - %(skipped)s::text[])::text, 'UTF8')))
            ORDER BY r.id LIMIT 1""",
            table=SQL.identifier(model._table),
            skipped=list(chain.get_skipped(model)),
            start=start,
            end=end,
        )
    )
    for row, previous, is_unchained, is_orphan in rows:
        if is_unchained:
            return f"row {row} was added past the chain"
        if is_orphan and previous:
            return f"row {previous} is missing, which row {row} follows"
        after = f" or the row before it, {previous}," if previous else ""
        return f"row {row}{after} was altered"
    return None


def get_digest(model, start, end):
    """Return (number, digest) of the rows after `start` up to `end`."""
    [[count, digest]] = model.env.execute_query(
        SQL(
            "SELECT count(*), encode(sha256(string_agg(chain_hash, ''::bytea "
            "ORDER BY id)), 'hex') FROM %s WHERE id > %s AND id <= %s",
            SQL.identifier(model._table),
            start,
            end,
        )
    )
    return count, digest or ""


def _check_seals(model):
    """The rows of each day are those that were sealed."""
    Seal = model.env["sajad.seal"]
    start = 0
    # seals are read whatever the caller may see
    for seal in Seal.sudo().search([("table", "=", model._table)], order="id"):
        count, digest = get_digest(model, start, seal.last_id)
        if (count, digest) != (seal.row_count, seal.digest or ""):
            what = "missing" if count < seal.row_count else "added or altered"
            return f"a row between {start + 1} and {seal.last_id} is {what}"
        start = seal.last_id
    return None


def _check_known(model, known):
    """The row that an earlier audit has printed is still there."""
    if not known or not known[0]:
        return None
    row, digest = known
    found = model.env.execute_query(
        SQL(
            "SELECT encode(chain_hash, 'hex') FROM %s WHERE id = %s",
            SQL.identifier(model._table),
            row,
        )
    )
    if not found:
        return f"row {row} is missing, which an earlier audit has seen"
    return None if found[0][0] == digest else f"row {row} or one before it was altered"
