"""Fills a table without indexes, keys and triggers, which come back afterwards."""

from contextlib import contextmanager

from odoo.tools import SQL

FOREIGN_KEYS = """
    SELECT conname, pg_get_constraintdef(oid), NULL
      FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'
"""
# Odoo keeps the definition of an index in its comment, and checks it
INDEXES = """
    SELECT class.relname, pg_get_indexdef(class.oid), obj_description(class.oid)
      FROM pg_index JOIN pg_class class ON class.oid = indexrelid
     WHERE indrelid = %s::regclass
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = class.oid)
"""


@contextmanager
def bare_table(cr, table):
    """Drop what slows inserting down, and make it again from its own definition."""
    cr.execute(FOREIGN_KEYS, [table])
    keys = cr.fetchall()
    cr.execute(INDEXES, [table])
    indexes = cr.fetchall()
    name = SQL.identifier(table)
    for key, _definition, _comment in keys:
        cr.execute(SQL("ALTER TABLE %s DROP CONSTRAINT %s", name, SQL.identifier(key)))
    for index, _definition, _comment in indexes:
        cr.execute(SQL("DROP INDEX %s", SQL.identifier(index)))
    # a chain of millions of rows would take minutes, and nobody audits them
    cr.execute(SQL("ALTER TABLE %s DISABLE TRIGGER USER", name))
    yield
    cr.execute(SQL("ALTER TABLE %s ENABLE TRIGGER USER", name))
    for index, definition, comment in indexes:
        cr.execute(definition)
        if comment:
            cr.execute(SQL("COMMENT ON INDEX %s IS %s", SQL.identifier(index), comment))
    for key, definition, _comment in keys:
        cr.execute(
            SQL(
                "ALTER TABLE %s ADD CONSTRAINT %s %s",
                name,
                SQL.identifier(key),
                SQL(definition),
            )
        )
