from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.answers import merge_answers, read_answers
from ...tools.form_properties import get_answer_text


class SajadChangedMeanwhile(models.AbstractModel):
    """Forms that two people, or two windows, fill in at one time.

    The client says what it changed from what. Different fields are both kept; where
    the same one was changed meanwhile, nothing is written and a sentence shows both.
    """

    _name = "sajad.changed.meanwhile"
    _description = "Changes of two people at one time"
    _inherit = ["sajad.client.guard"]

    # sent with what is written, never kept
    changed_from = fields.Json(store=False)

    def _get_client_vals(self, vals):
        vals = dict(super()._get_client_vals(vals))
        before = vals.pop("changed_from", None)
        if not isinstance(before, dict) or len(self) != 1:
            return vals
        clashes = []
        for name in set(vals) & set(before):
            if self._fields[name].type == "properties":
                vals[name], texts = self._merge_answers(name, vals[name], before[name])
            else:
                texts = self._compare_field(name, vals[name], before[name])
            clashes += texts
        if clashes:
            raise UserError("\n\n".join([*clashes, self._get_clash_advice()]))
        return vals

    def _merge_answers(self, name, given, before):
        """Return ({answers to be written}, [sentences on those changed by both])."""
        field = self._fields[name]
        given, before = read_answers(field, given), read_answers(field, before)
        there = dict(self[name]._values or {})
        changed, clashes = merge_answers(given, before, there)
        definitions = field._get_properties_definition(self) or []
        texts = [
            self._get_clash_text(
                definition["string"],
                get_answer_text(self.env, definition, there.get(definition["name"])),
                get_answer_text(self.env, definition, given[definition["name"]]),
            )
            for definition in definitions
            if definition["name"] in clashes
        ]
        return changed, texts

    def _compare_field(self, name, given, before):
        """Return [sentence] when a text was changed by both."""
        there = self[name]
        changed, clashes = merge_answers({name: given}, {name: before}, {name: there})
        if not changed or not clashes:
            return []
        label = self._fields[name]._description_string(self.env)
        return [self._get_clash_text(label, there or "", given or "")]

    def _get_clash_text(self, label, there, given):
        return self.env._(
            "“%(field)s” was changed meanwhile. Now it is: %(there)s\n"
            "You typed: %(given)s",
            field=label,
            there=there or "-",
            given=given or "-",
        )

    def _get_clash_advice(self):
        return self.env._(
            "Nothing was saved. To keep what is there, put your value back to what it "
            "was, or discard; to replace it, note your value, discard and enter it "
            "again."
        )
