from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...tools.client_search import ClientSearch
from ...tools.references import References
from ...tools.typed import parse_amount

# what may be read of them is not said by record rules alone
OWN_CHECKS = ("ir.attachment", "mail.message")
# people, whom our models refer to
PEOPLE = ("res.partner", "res.users")


class Base(models.AbstractModel):
    """What a user refers to and searches by, the user may read (row E5).

    Odoo shows the name of every record that a field refers to, and related fields
    show more of it. A client could name any id in a dialog that was never saved, and
    read the person behind it. And whether a search finds a record says whether the
    condition holds, so that what may not be read may not be asked either.
    """

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        """Make records that refer to what the user may read.

        :raise AccessError: a value refers to something else
        :raise UserError: an amount is none
        """
        self._check_references(vals_list)
        return super().create([self._read_amounts(vals) for vals in vals_list])

    def write(self, vals):
        """Write values that refer to what the user may read.

        :raise AccessError: a value refers to something else
        :raise UserError: an amount is none
        """
        self._check_references([vals])
        return super().write(self._read_amounts(vals))

    @api.model
    def default_get(self, fields):
        """Return defaults; those of the context are the client's.

        :raise AccessError: a default refers to what the user may not read
        """
        defaults = super().default_get(fields)
        self._check_references([defaults])
        return defaults

    def onchange(self, values, field_names, fields_spec):
        """Answer a form that refers to what the user may read.

        :raise AccessError: a value refers to something else
        """
        self._check_references([values])
        return super().onchange(values, field_names, fields_spec)

    def _check_references(self, vals_list):
        if self.env.su or not any(map(self._get_guarded_vals, vals_list)):
            return
        references = References()
        # of several records nobody can say what all of them have
        record = self if len(self) == 1 else self.browse()
        for vals in vals_list:
            references.add(record, self._get_guarded_vals(vals))
        for name, ids in references.ids.items():
            if not self.env[name]._may_refer_to(ids):
                raise AccessError(
                    self.env._(
                        "This refers to a record of the kind “%(kind)s” that you may "
                        "not read.",
                        kind=self.env["ir.model"]._get(name).name,
                    )
                )

    @api.model
    def _read_amounts(self, vals):
        """Return values whose amounts are numbers, where another program sent texts.

        Python would take the dot of 250.000 for the beginning of decimals (row E3).
        """
        if not self._name.startswith("sajad."):
            return vals
        texts = {
            name: value
            for name, value in vals.items()
            if isinstance(value, str)
            and (field := self._fields.get(name)) is not None
            and field.type == "monetary"
        }
        if not texts:
            return vals
        try:
            return {**vals, **{n: parse_amount(text) for n, text in texts.items()}}
        except ValueError:
            raise UserError(
                self.env._(
                    "“%(text)s” is not an amount of rials. Write it in digits; groups "
                    "of three may stand apart.",
                    text=list(texts.values()),
                )
            ) from None

    @api.model
    def _get_guarded_vals(self, vals):
        """Return the values of fields that can show records of ours."""
        ours = self._name.startswith("sajad.")
        return {
            name: value
            for name, value in vals.items()
            if value
            and (field := self._fields.get(name)) is not None
            and field.relational
            and (ours or field.comodel_name.startswith("sajad."))
        }

    @api.model
    def _may_refer_to(self, ids):
        """Return whether the user may read records, without saying which exist."""
        if not ids:
            return True
        if not self.browse().has_access("read"):
            return False
        if self._name in OWN_CHECKS:
            records = self.browse(ids).exists()
            return len(records._filtered_access("read")) == len(ids)
        if self.env["ir.rule"]._compute_domain(self._name, "read").is_true():
            return True
        found = self.with_context(active_test=False).search_count(
            [("id", "in", list(ids))]
        )
        return found == len(ids)

    # ------------------------------------------------------------
    # SEARCHES
    # ------------------------------------------------------------

    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        if self._is_asked_by_client(**kwargs):
            ClientSearch(self).check(domain, limit, offset)
        return super()._search(domain, offset, limit, order, **kwargs)

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), *args, **kwargs):
        if self._is_asked_by_client():
            ClientSearch(self).check_names([*groupby, *aggregates])
        return super()._read_group(domain, groupby, aggregates, *args, **kwargs)

    @api.model
    def _is_asked_by_client(self, bypass_access=False, **_kwargs):
        ours = self._name.startswith("sajad.") or self._name in PEOPLE
        return ours and not (self.env.su or bypass_access)
