from odoo import api, models
from odoo.exceptions import AccessError

# with these Odoo keeps no trail of what changes
_SILENT = frozenset({"tracking_disable", "mail_notrack"})


class SajadClientGuard(models.AbstractModel):
    """Records of which clients write some fields, and the system everything else.

    A model declares what clients may write and says in `_get_client_refusal` why not
    the rest. Only elevated rights open the guard: a client can send any key of the
    context. Methods that elevate check access and state first.
    """

    _name = "sajad.client.guard"
    _description = "Refusal of what clients do not write"

    # what clients may write; empty: nothing
    _client_fields = frozenset()
    # what clients may say of a new record; empty: they make none
    _client_create_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        """Make records of what a client may say of them.

        :raise AccessError: a client makes them, or fills in another field
        """
        self._check_client_create(vals_list)
        guarded = super(SajadClientGuard, self._without_foreign_defaults())
        return guarded.create(vals_list).with_env(self.env)

    def write(self, vals):
        """Write what a client may write, while it may.

        :raise AccessError: a client writes another field
        """
        self._check_client_fields(vals, self._client_fields)
        if not self.env.su:
            self._check_client_write(vals)
            vals = self._get_client_vals(vals)
        return super(SajadClientGuard, self._with_trail()).write(vals)

    def _check_client_create(self, vals_list):
        for vals in vals_list:
            self._check_client_fields(vals, self._client_create_fields)

    def _check_client_fields(self, vals, allowed):
        if not self.env.su and (not allowed or set(vals) - allowed):
            self._refuse_client()

    def _check_client_write(self, vals):
        """Hook: refuse fields of clients that cannot be written now, or by them."""

    def _get_client_vals(self, vals):
        """Hook: what values of clients mean for the records as they are now."""
        return vals

    def _refuse_client(self):
        raise AccessError(self._get_client_refusal())

    def _get_client_refusal(self):
        """Hook: return the sentence that a client reads; each model has its own."""
        return self.env._("This changes only through its buttons.")

    def _without_foreign_defaults(self):
        """Return the model without defaults of the context that are no client's.

        They would fill in what `vals` leaves out, for elevated rights as well.
        """
        allowed = {f"default_{name}" for name in self._client_create_fields}
        context = {
            key: value
            for key, value in self.env.context.items()
            if not key.startswith("default_") or key in allowed
            if key not in _SILENT
        }
        # pylint: disable-next=context-overridden
        return self.with_context(context)

    def _with_trail(self):
        """Return the records without keys of a client that hide what changes."""
        silent = _SILENT & self.env.context.keys()
        return self.with_context(**dict.fromkeys(silent, False)) if silent else self
