from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sajad_base.tools.form_properties import WRITTEN_AS, get_kind

KINDS = [
    ("char", "Short Text"),
    ("text", "Long Text"),
    ("integer", "Whole Number"),
    ("float", "Decimal Number"),
    ("boolean", "Yes or No"),
    ("date", "Date"),
    ("amount", "Amount in Rials"),
    ("mobile", "Mobile Number"),
    ("phone", "Telephone"),
    ("national_id", "National ID"),
    ("selection", "Choice from a List"),
    ("tags", "Several Choices from a List"),
    ("separator", "Heading"),
]


class SajadFormDesignLine(models.TransientModel):
    """One field of a form that is being designed."""

    _name = "sajad.form.design.line"
    _description = "Field of a Form"
    _order = "sequence, id"

    design_id = fields.Many2one(
        "sajad.form.design", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=100)
    code = fields.Char(help="Empty for a new field; it keeps the answers given so far.")
    label = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True, default="char")
    required = fields.Boolean(help="No request is sent without it.")
    choices = fields.Text(help="One choice per line.")
    help_text = fields.Char(string="Help", help="Stands under the input.")

    @api.model
    def _describe_form(self, definitions, required=()):
        """Return a line for each field of a form, in words."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        lines = []
        for question in definitions or []:
            label = question.get("string") or question["name"]
            mark = " *" if question["name"] in (required or ()) else ""
            kind = kinds.get(get_kind(question), question["type"])
            lines.append(f"{label}{mark} ({kind})")
        return "\n".join(lines)

    def _prepare_definition(self, before):
        """Return the definition of the property.

        :param dict before: the definition so far, empty for a new field
        :raise UserError: a choice without choices
        """
        self.ensure_one()
        definition = {
            "name": self.code or uuid4().hex[:16],
            "string": self.label,
            "type": WRITTEN_AS.get(self.kind, self.kind),
        }
        if before and self.kind == get_kind(before):
            definition = {**before, **definition}
        if self.kind in WRITTEN_AS:
            definition["written_as"] = self.kind
        if self.kind == "amount":
            definition["suffix"] = self.env._("Rials")
        definition.pop("help", None)
        if self.help_text:
            definition["help"] = self.help_text
        if self.kind == "selection":
            definition["selection"] = self._prepare_choices(before)
        if self.kind == "tags":
            definition["tags"] = self._prepare_tags(before)
        return definition

    def _prepare_tags(self, before):
        # the same rules; a tag has a colour besides
        tags = before.get("tags") or []
        colors = {tag[0]: tag[2] for tag in tags}
        choices = self._prepare_choices({"selection": [tag[:2] for tag in tags]})
        return [[key, label, colors.get(key, 0)] for key, label in choices]

    def _prepare_choices(self, before):
        # a choice that keeps its words keeps its key, so answers stay what they were
        keys = {label: key for key, label in before.get("selection") or []}
        labels = [line.strip() for line in (self.choices or "").splitlines()]
        labels = list(dict.fromkeys(label for label in labels if label))
        if not labels:
            raise UserError(
                self.env._("Write the choices of “%(label)s”.", label=self.label)
            )
        return [[keys.get(label) or uuid4().hex[:8], label] for label in labels]
