"""Indexes that lost their comment are made anew.

Odoo compares the comment with the definition and leaves an index without one as it is.
Databases that an older `./sajad restore` made have none.
"""

from odoo.tools import SQL

_UNSAID = """
SELECT DISTINCT c.name FROM ir_model_constraint c
JOIN ir_module_module m ON m.id = c.module
JOIN pg_class i ON i.relname = c.name AND i.relkind = 'i'
WHERE m.name ~ '^sajad_' AND obj_description(i.oid, 'pg_class') IS NULL
AND NOT EXISTS (SELECT FROM pg_constraint p WHERE p.conindid = i.oid)
"""


def migrate(cr, _version):
    """Drop them; each model makes its own again."""
    cr.execute(_UNSAID)
    for (name,) in cr.fetchall():
        cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
