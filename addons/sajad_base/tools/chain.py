"""The chain of history: each row covers the one that its transaction saw before it.

All of it is the database's work. Two transactions of the same moment may follow the
same row, so nobody waits; what covers both of them is the seal of the day.
"""

from typing import NamedTuple

from odoo.tools import SQL

REFUSE = """
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END """
# One for each table: a statement that names it is planned once, not for each row. The
# newest row is looked for once in a transaction and then remembered in a setting of it,
# which a savepoint takes back as it does the row.
LINK = """
DECLARE
    former text := nullif(current_setting('sajad.{table}', true), '');
    former_id integer := split_part(former, ' ', 1)::integer;
    former_hash text := split_part(former, ' ', 2);
BEGIN
    IF former IS NULL THEN
        SELECT id, encode(chain_hash, 'hex') INTO former_id, former_hash
        FROM {table} ORDER BY id DESC LIMIT 1;
    END IF;
    NEW.chain_previous := former_id;
    NEW.chain_hash := sha256(convert_to(
        coalesce(former_hash, '')
        || jsonb_strip_nulls(to_jsonb(NEW) - '{{{skipped}}}'::text[])::text, 'UTF8'));
    former := set_config(
        'sajad.{table}', NEW.id || ' ' || encode(NEW.chain_hash, 'hex'), true);
    RETURN NEW;
END """
# rows that are older than the chain
_FILL = """
CREATE OR REPLACE FUNCTION pg_temp.sajad_chain_fill(place text, skipped text[])
RETURNS void AS $$
DECLARE
    next record;
    former_id integer;
    former_hash bytea;
    content text;
BEGIN
    FOR next IN EXECUTE format(
        'SELECT id, to_jsonb(t) - $1 AS content FROM %I t ORDER BY id', place
    ) USING skipped LOOP
        content := jsonb_strip_nulls(
            next.content || jsonb_build_object('chain_previous', former_id))::text;
        content := coalesce(encode(former_hash, 'hex'), '') || content;
        EXECUTE format(
            'UPDATE %I SET chain_previous = $1, chain_hash = sha256($2)'
            ' WHERE id = $3 RETURNING id, chain_hash', place
        ) INTO former_id, former_hash
        USING former_id, convert_to(content, 'UTF8'), next.id;
    END LOOP;
END $$ LANGUAGE plpgsql
"""


class Trigger(NamedTuple):
    """A trigger of a table, and the function that it calls."""

    name: str
    when: SQL
    each: SQL
    function: str
    body: str


def get_triggers(model):
    """Return the triggers of a table of history."""
    # what is computed from other records may follow them
    kept = [
        name
        for name, field in model._fields.items()
        if field.store and field.column_type and not field.compute
    ]
    columns = [SQL.identifier(name) for name in (*kept, "chain_previous", "chain_hash")]
    rewriting = SQL("UPDATE OF %s OR DELETE", SQL(", ").join(columns))
    row, statement = SQL("ROW"), SQL("STATEMENT")
    refuse = ("sajad_append_only", REFUSE)
    link = LINK.format(table=model._table, skipped=",".join(get_skipped(model)))
    chain = f"{model._table}_chain"
    return [
        Trigger(f"{model._table}_append_only", rewriting, row, *refuse),
        # truncating has no rows
        Trigger(f"{model._table}_truncate", SQL("TRUNCATE"), statement, *refuse),
        Trigger(chain, SQL("INSERT"), row, chain, link),
    ]


def get_skipped(model):
    """Return the columns that a hash does not cover."""
    return (
        "chain_hash",
        *sorted(
            name
            for name, field in model._fields.items()
            if field.store and field.column_type and field.compute
        ),
    )


def protect(model):
    """Have the database refuse every change of a table, and chain its rows."""
    cr, table = model.env.cr, SQL.identifier(model._table)
    triggers = get_triggers(model)
    for trigger in triggers:
        name = SQL.identifier(trigger.name)
        cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", name, table))
    _add_columns(model)
    for trigger in triggers:
        function = SQL.identifier(trigger.function)
        cr.execute(
            SQL(
                "CREATE OR REPLACE FUNCTION %s() RETURNS trigger AS %s "
                "LANGUAGE plpgsql",
                function,
                trigger.body,
            )
        )
        cr.execute(
            SQL(
                "CREATE TRIGGER %s BEFORE %s ON %s FOR EACH %s EXECUTE FUNCTION %s()",
                SQL.identifier(trigger.name),
                trigger.when,
                table,
                trigger.each,
                function,
            )
        )


def forget(cr):
    """Remove the functions of the triggers; their tables go by themselves."""
    cr.execute(
        "SELECT proname FROM pg_proc WHERE prorettype = 'trigger'::regtype "
        "AND (proname = 'sajad_append_only' OR proname ~ '^sajad_.*_chain$')"
    )
    for (name,) in cr.fetchall():
        cr.execute(SQL("DROP FUNCTION %s() CASCADE", SQL.identifier(name)))


def _add_columns(model):
    """Add the columns of the chain, once: a row without a hash is a forged one."""
    cr = model.env.cr
    cr.execute(
        SQL(
            "SELECT 1 FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attname = 'chain_hash'",
            model._table,
        )
    )
    if cr.rowcount:
        return
    cr.execute(
        SQL(
            "ALTER TABLE %s ADD COLUMN chain_previous integer, "
            "ADD COLUMN chain_hash bytea",
            SQL.identifier(model._table),
        )
    )
    cr.execute(_FILL)
    skipped = list(get_skipped(model))
    cr.execute(SQL("SELECT pg_temp.sajad_chain_fill(%s, %s)", model._table, skipped))
