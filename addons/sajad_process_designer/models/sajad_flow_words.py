from datetime import date

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date
from odoo.tools.i18n import format_list

from odoo.addons.sajad_base.tools.conditions import read_condition


class SajadFlow(models.Model):
    """Conditions and checks in the words of a person (row A5)."""

    _inherit = "sajad.flow"

    @api.model
    def _get_condition_list(self, condition):
        """Return the domain of a text as a list, without looking at its fields.

        :raise ValidationError: the text is no domain
        """
        domain = read_condition(self.env, condition)
        return [] if domain.is_true() else list(domain)

    def _describe_condition(self, condition):
        """Return when a step is needed, as a sentence; empty text: always."""
        definitions = self.request_properties_definition
        return self._describe_domain(condition, "sajad.request", definitions)

    @api.model
    def _describe_students(self, condition):
        return self._describe_domain(condition, "sajad.student")

    @api.model
    def _describe_domain(self, text, model, definitions=None):
        """Return a domain in human words; one that cannot be read comes as it is.

        :param str model: what the domain is about
        :param definitions: of the properties of that model
        """
        try:
            tokens = self._get_condition_list(text)
        except ValidationError:
            return text
        if not tokens:
            return ""
        words = {d["name"]: d for d in definitions or []}
        return self._describe_tokens(iter(tokens), self.env[model], words)

    def _describe_tokens(self, tokens, model, words):
        token = next(tokens, None)
        if token == "!":
            inner = self._describe_tokens(tokens, model, words)
            return self.env._("not (%(sentence)s)", sentence=inner)
        if token in ("&", "|"):
            left = self._describe_tokens(tokens, model, words)
            right = self._describe_tokens(tokens, model, words)
            if token == "&":
                return self.env._("%(one)s and %(other)s", one=left, other=right)
            return self.env._("(%(one)s or %(other)s)", one=left, other=right)
        if not isinstance(token, (tuple, list)) or len(token) != 3:
            return ""
        if not isinstance(token[0], str):  # (1, "=", 1) and its contrary
            return self.env._("always") if token[0] else self.env._("never")
        return self._describe_leaf(token, model, words)

    def _describe_leaf(self, leaf, model, words):
        path, operator, value = leaf
        label, kind = self._describe_path(path, model, words)
        if operator in ("any", "not any"):
            inner = list(value) if isinstance(value, (list, tuple, Domain)) else []
            comodel = getattr(kind, "comodel_name", None)
            if comodel and inner:
                value = self._describe_tokens(iter(inner), self.env[comodel], {})
            names = value
        else:
            names = self._describe_value(value, kind)
        if self._is_boolean(kind) and operator in ("=", "!=", "in", "not in"):
            values = value if isinstance(value, (list, tuple, set)) else [value]
            if len(values) == 1:
                (value,) = values
                yes = bool(value) == (operator in ("=", "in"))
                if yes:
                    return self.env._("%(field)s: yes", field=label)
                return self.env._("%(field)s: no", field=label)
        if (value is False or value is None) and operator in ("=", "!="):
            if operator == "=":
                return self.env._("%(field)s is empty", field=label)
            return self.env._("%(field)s is filled in", field=label)
        return self._get_operator_sentence(operator, label, names)

    def _get_operator_sentence(self, operator, field, value):
        if operator in ("=", "in"):
            return self.env._("%(field)s is %(value)s", field=field, value=value)
        if operator in ("!=", "not in"):
            return self.env._("%(field)s is not %(value)s", field=field, value=value)
        if operator == ">":
            return self.env._(
                "%(field)s is more than %(value)s", field=field, value=value
            )
        if operator == ">=":
            return self.env._(
                "%(field)s is at least %(value)s", field=field, value=value
            )
        if operator == "<":
            return self.env._(
                "%(field)s is less than %(value)s", field=field, value=value
            )
        if operator == "<=":
            return self.env._(
                "%(field)s is at most %(value)s", field=field, value=value
            )
        if operator in ("ilike", "like", "=ilike", "=like"):
            return self.env._("%(field)s contains %(value)s", field=field, value=value)
        if operator in ("not ilike", "not like"):
            return self.env._(
                "%(field)s does not contain %(value)s", field=field, value=value
            )
        if operator == "any":
            return self.env._("%(field)s with %(value)s", field=field, value=value)
        if operator == "not any":
            return self.env._("%(field)s without %(value)s", field=field, value=value)
        return f"{field} {operator} {value}"

    def _describe_path(self, path, model, words):
        """Return the label of a path and the last field, or definition, of it."""
        labels, kind = [], None
        for name in path.split("."):
            if getattr(kind, "type", None) == "properties":
                kind = words.get(name, {})
                labels[-1] = kind.get("string") or name
                break
            kind = model._fields.get(name) if model is not None else None
            if kind is None:
                labels.append(name)
                continue
            labels.append(kind._description_string(self.env))
            comodel = getattr(kind, "comodel_name", None)
            model = self.env[comodel] if comodel else None
        return " › ".join(labels), kind

    def _is_boolean(self, kind):
        if isinstance(kind, dict):
            return kind.get("type") == "boolean"
        return getattr(kind, "type", None) == "boolean"

    def _describe_value(self, value, kind):
        if isinstance(value, (list, tuple, set)):
            words = [self._describe_value(v, kind) for v in value]
            return format_list(self.env, words, "or", self.env.lang)
        if isinstance(kind, dict):
            labels = dict(kind.get("selection") or [])
            if kind.get("type") == "date" and value:
                return self._describe_date(value)
            if kind.get("type") in ("integer", "float"):
                return self._describe_number(value)
            return str(labels.get(value, value))
        if getattr(kind, "type", None) == "selection":
            return str(dict(kind._description_selection(self.env)).get(value, value))
        comodel = getattr(kind, "comodel_name", None)
        if comodel and isinstance(value, int) and not isinstance(value, bool):
            return self.env[comodel].browse(value).exists().display_name or str(value)
        if getattr(kind, "type", None) in ("date", "datetime"):
            return self._describe_date(value)
        # a year is no amount
        is_amount = getattr(kind, "type", None) in ("float", "monetary")
        return self._describe_number(value) if is_amount else str(value)

    def _describe_number(self, value):
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return f"{value:,}" if is_number else str(value)

    def _describe_date(self, value):
        try:
            day = value if isinstance(value, date) else date.fromisoformat(value[:10])
        except (TypeError, ValueError):
            return str(value)
        return format_date(self.env, day)
