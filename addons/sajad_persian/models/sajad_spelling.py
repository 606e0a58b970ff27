from odoo import api, models
from odoo.fields import Domain
from odoo.tools import OrderedSet

from ..tools.spelling import is_nothing, respell, respell_pattern

# what a condition may list; a query or SQL is none of these
COLLECTIONS = (list, tuple, set, frozenset, OrderedSet)


class SajadSpelling(models.AbstractModel):
    """Stores and finds the declared fields in one spelling (row E3).

    Whoever types «علي» with an Arabic keyboard writes and finds «علی». There is no
    query more than without this model.
    """

    _name = "sajad.spelling"
    _description = "Fields with One Spelling"

    # {field name: kind of `tools.spelling`}
    _spelling = {}

    # ------------------------------------------------------------
    # WRITE
    # ------------------------------------------------------------

    @api.model
    def _respell_vals(self, vals):
        """Return values as they are stored; those of the caller stay as they are."""
        kinds = self._spelling
        return {
            name: respell(kinds[name], value) if name in kinds else value
            for name, value in vals.items()
        }

    @api.model_create_multi
    def create(self, vals_list):
        """Store the declared fields in one spelling."""
        return super().create([self._respell_vals(vals) for vals in vals_list])

    def write(self, vals):
        """Store the declared fields in one spelling."""
        return super().write(self._respell_vals(vals))

    def _update_field_translations(
        self, field_name, translations, digest=None, source_lang=""
    ):
        # the dialog of translations does not pass by `write`
        if kind := self._spelling.get(field_name):
            translations = {
                lang: respell(kind, value) for lang, value in translations.items()
            }
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    def _respell_stored(self, batch_size=1000):
        """Respell rows that were there before these fields were declared.

        :return: the records that changed
        """
        changed = self.browse()
        names = list(self._spelling)
        model = self.with_context(active_test=False, tracking_disable=True)
        batch = model.search_fetch([], names, order="id", limit=batch_size)
        while batch:
            for record in batch:
                vals = {name: record[name] for name in names}
                respelled = self._respell_vals(vals)
                if respelled != vals:
                    record.write(respelled)
                    changed |= record
            domain = [("id", ">", batch[-1].id)]
            batch = model.search_fetch(domain, names, order="id", limit=batch_size)
        return changed

    # ------------------------------------------------------------
    # SEARCH
    # ------------------------------------------------------------

    def _search(self, domain, *args, **kwargs):
        domain = Domain(domain)
        names = self._get_respelled_names()
        if any(
            condition.field_expr in names or "." in condition.field_expr
            for condition in domain.iter_conditions()
        ):
            domain = domain.map_conditions(self._respell_condition)
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _get_respelled_names(self):
        """Hook: the fields whose conditions `_respell_condition` changes."""
        return self._spelling

    @api.model
    def _respell_condition(self, condition):
        """Return a condition with its value in the spelling of the field."""
        name, operator = condition.field_expr, condition.operator
        value = condition.value
        if "." in name:
            return self._respell_path(condition)
        kind = self._spelling.get(name)
        if kind and operator.endswith("like"):
            return self._respell_like(kind, condition)
        if kind and is_nothing(kind, value):
            return self._match_nothing(operator)
        if kind and isinstance(value, str):
            return Domain(name, operator, respell(kind, value))
        if kind and isinstance(value, COLLECTIONS):
            texts = [respell(kind, v) for v in value if not is_nothing(kind, v)]
            return Domain(name, operator, texts)
        return condition

    @api.model
    def _respell_like(self, kind, condition):
        name, operator = condition.field_expr, condition.operator
        pattern = respell_pattern(kind, condition.value)
        # nothing is in every value, but only if nothing was asked for
        asked = condition.value or "=" in operator
        if isinstance(pattern, str) and not pattern and asked:
            return self._match_nothing(operator)
        return Domain(name, operator, pattern)

    @api.model
    def _match_nothing(self, operator):
        """Return the domain of a value that no record has."""
        negative = operator in Domain.NEGATIVE_OPERATORS
        return Domain.TRUE if negative else Domain.FALSE

    @api.model
    def _respell_path(self, condition):
        """Respell a condition on a field of another model.

        With elevated rights Odoo joins that model and does not call its `_search`.
        """
        path, _dot, name = condition.field_expr.rpartition(".")
        model = self
        for part in path.split("."):
            field = model._fields.get(part)
            if not field or not field.relational:
                return condition
            model = self.env[field.comodel_name]
        if not hasattr(model, "_respell_condition"):
            return condition
        leaf = Domain(name, condition.operator, condition.value)
        return leaf.map_conditions(model._respell_condition).map_conditions(
            lambda c: Domain(f"{path}.{c.field_expr}", c.operator, c.value)
        )

    @api.model
    def _search_display_name(self, operator, value):
        if value and is_nothing("text", value):
            return self._match_nothing(operator)
        if isinstance(value, str):
            value = respell_pattern("text", value)
        elif operator in ("in", "not in"):
            texts = [item for item in value if not is_nothing("text", item)]
            value = [respell_pattern("text", item) for item in texts]
        return super()._search_display_name(operator, value)
