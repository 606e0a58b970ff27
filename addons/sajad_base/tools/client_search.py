"""What a client may ask a search for (row E5)."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

# far beyond what a person asks for, and little enough for the database
MOST_CONDITIONS = 500
MOST_VALUES = 50_000
LONGEST_TEXT = 2_000
LONGEST_PATH = 6
DEEPEST = 6
MOST_ROWS = 100_000
MOST_SKIPPED = 10_000_000


class ClientSearch:
    """Checks the conditions of one search of a user on a model.

    :raise AccessError: a condition looks into what the user may not read
    :raise UserError: the search is too large
    """

    def __init__(self, model):
        self.model = model
        self.conditions = 0
        self.values = 0

    def check(self, domain, limit=None, offset=None):
        self._check_range(limit, MOST_ROWS)
        self._check_range(offset, MOST_SKIPPED)
        # before it is read: reading takes as long as it is
        if isinstance(domain, (list, tuple)) and len(domain) > 2 * MOST_CONDITIONS:
            self._refuse_size()
        self._check_domain(self.model, Domain(domain), DEEPEST)

    def check_names(self, names):
        """Check what is grouped, summed up or sorted by."""
        for name in names:
            self._check_path(self.model, name.split(" ")[0].partition(":")[0])

    def _check_range(self, number, most):
        if number and (not isinstance(number, int) or not 0 <= number <= most):
            self._refuse_size()

    def _check_domain(self, model, domain, depth):
        if not depth:
            self._refuse_size()
        for condition in domain.iter_conditions():
            self.conditions += 1
            if self.conditions > MOST_CONDITIONS:
                self._refuse_size()
            value, into = condition.value, condition.operator in ("any", "not any")
            comodel = self._check_path(model, condition.field_expr, into)
            if into and isinstance(value, (list, tuple)):
                value = Domain(value)
            self._check_value(comodel, value, depth)

    def _check_value(self, comodel, value, depth):
        if isinstance(value, Domain):
            self._check_domain(comodel, value, depth - 1)
        elif isinstance(value, str) and len(value) > LONGEST_TEXT:
            self._refuse_size()
        elif isinstance(value, (list, tuple, set, frozenset)):
            self.values += len(value)
            if self.values > MOST_VALUES:
                self._refuse_size()

    def _check_path(self, model, path, into=False):
        """Return the model that a path of fields ends in.

        :param into: conditions on the records of its last field follow
        """
        parts = path.split(".")
        if len(parts) > LONGEST_PATH:
            self._refuse_size()
        for left, part in zip(reversed(range(len(parts))), parts, strict=True):
            field = model._fields.get(part)
            if field is None:
                break
            # of fields that search by themselves Odoo asks no further
            model._check_field_access(field, "read")
            if not field.relational:
                break
            self._check_relation(field, into or left)
            model = model.env[field.comodel_name]
        return model

    def _check_relation(self, field, into):
        # Odoo searches messages of a record, and its followers, past their own rules
        many = field.type in ("one2many", "many2many")
        if many and field.comodel_name == "mail.message":
            self._refuse_messages()
        if into and field.name == "message_partner_ids":
            self._refuse_messages()

    def _refuse_size(self):
        raise UserError(
            self.model.env._("This search is too large. Search for less at once.")
        )

    def _refuse_messages(self):
        raise AccessError(
            self.model.env._("Records are not searched by their messages.")
        )
