from odoo import api, models
from odoo.exceptions import AccessError

from ...tools import chain, chain_audit


class SajadAppendOnly(models.AbstractModel):
    """Records that are made once, and never changed or deleted (row A11).

    The database refuses as well: nothing that is done past the ORM rewrites them. And
    it chains them, so that what its superuser changes shows (`./sajad audit`).

    A field that is added to history has no default: what was written does not change.
    """

    _name = "sajad.append.only"
    _description = "History that is never changed"
    _inherit = ["sajad.client.guard"]

    def init(self):
        if not self._abstract:
            chain.protect(self)

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse: history is append-only.

        :raise AccessError: always
        """
        raise AccessError(self.env._("History is append-only."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("History is append-only."))

    @api.model
    def _get_histories(self):
        """Return the models of history, by their tables."""
        histories = [
            self.env[name]
            for name, model in self.env.registry.items()
            if issubclass(model, self.env.registry["sajad.append.only"])
            and not model._abstract
        ]
        return {
            model._table: model for model in sorted(histories, key=lambda m: m._table)
        }

    @api.model
    def _audit(self, known=None):
        """Return what `./sajad audit` prints of each table of history.

        :param dict known: {table: (id, hash)} of an earlier audit
        :return: list of {"table", "rows", "last_id", "hash", "fault"}
        """
        self.env.flush_all()
        found = []
        for table, model in self._get_histories().items():
            rows, last_id, digest = chain_audit.get_head(model)
            fault = chain_audit.get_fault(model, (known or {}).get(table))
            found.append(
                {
                    "table": table,
                    "rows": rows,
                    "last_id": last_id,
                    "hash": digest,
                    "fault": fault,
                }
            )
        return found
