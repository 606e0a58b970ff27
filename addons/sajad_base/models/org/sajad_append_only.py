from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

REFUSE = """
CREATE OR REPLACE FUNCTION sajad_append_only() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$ LANGUAGE plpgsql
"""


class SajadAppendOnly(models.AbstractModel):
    """Records that are made once, and never changed or deleted (row A11).

    The database refuses as well: nothing that is done past the ORM rewrites them.
    """

    _name = "sajad.append.only"
    _description = "History that is never changed"
    _inherit = ["sajad.client.guard"]

    def init(self):
        if self._abstract:
            return
        self.env.cr.execute(REFUSE)
        # what is computed from other records may follow them
        kept = SQL(", ").join(
            SQL.identifier(field.name)
            for field in self._fields.values()
            if field.store and field.column_type and not field.compute
        )
        rewriting = SQL("UPDATE OF %s OR DELETE", kept)
        # truncating has no rows
        for name, what, each in (
            (f"{self._table}_append_only", rewriting, SQL("ROW")),
            (f"{self._table}_truncate", SQL("TRUNCATE"), SQL("STATEMENT")),
        ):
            trigger, table = SQL.identifier(name), SQL.identifier(self._table)
            self.env.cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", trigger, table))
            self.env.cr.execute(
                SQL(
                    "CREATE TRIGGER %s BEFORE %s ON %s "
                    "FOR EACH %s EXECUTE FUNCTION sajad_append_only()",
                    trigger,
                    what,
                    table,
                    each,
                )
            )

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse: history is append-only.

        :raise AccessError: always
        """
        raise AccessError(self.env._("History is append-only."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("History is append-only."))
