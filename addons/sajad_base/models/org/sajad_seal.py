from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.chain_audit import BLOCK, get_digest

# no transaction that has drawn its numbers lives for so long
PAUSE = timedelta(hours=12)


class SajadSeal(models.Model):
    """What the rows of a table of history were on a day: how many, and their digest.

    The chain alone cannot tell that its newest row is missing. A seal covers the rows
    up to the one that was the newest at the seal before: whatever was being written at
    that moment is there by now.
    """

    _name = "sajad.seal"
    _description = "Seal of History"
    _inherit = ["sajad.append.only"]
    _order = "id desc"
    _rec_name = "table"
    _log_access = False

    table = fields.Char(required=True, readonly=True, index=True)
    date = fields.Datetime(required=True, readonly=True)
    last_id = fields.Integer(
        string="Sealed Up To", required=True, readonly=True, aggregator=None
    )
    seen_id = fields.Integer(
        string="Newest Row",
        required=True,
        readonly=True,
        aggregator=None,
        help="The next seal reaches as far.",
    )
    row_count = fields.Integer(string="Rows", required=True, readonly=True)
    digest = fields.Char(readonly=True, help="SHA-256 of the hashes of the rows.")

    def _get_client_refusal(self):
        return self.env._("History is sealed by a job alone.")

    @api.model
    def _cron_seal(self):
        """Seal what was written until the last time."""
        histories = self._get_histories()
        del histories[self._table]
        for model in histories.values():
            self._seal(model)

    @api.model
    def _seal(self, model):
        last = self.search([("table", "=", model._table)], limit=1)
        now = fields.Datetime.now()
        seen = self._get_newest(model)
        if not seen or (last and last.date > now - PAUSE):
            return
        if last and last.last_id == last.seen_id == seen:
            return
        start = last.last_id
        while True:
            end = min(last.seen_id, start + BLOCK)
            count, digest = get_digest(model, start, end)
            self.create(
                {
                    "table": model._table,
                    "date": now,
                    "last_id": end,
                    "seen_id": seen,
                    "row_count": count,
                    "digest": digest,
                }
            )
            if end >= last.seen_id:
                return
            start = end

    @api.model
    def _get_newest(self, model):
        [[newest]] = self.env.execute_query(
            SQL("SELECT max(id) FROM %s", SQL.identifier(model._table))
        )
        return newest or 0
