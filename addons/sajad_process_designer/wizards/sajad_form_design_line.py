from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.i18n import format_list

from odoo.addons.sajad_base.tools.form_properties import (
    WRITTEN_AS,
    get_answer_text,
    get_kind,
)

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
    ("file", "File"),
    ("selection", "Choice from a List"),
    ("tags", "Several Choices from a List"),
    ("separator", "Heading"),
]
YES_OR_NO = {"yes": True, "no": False}


class SajadFormDesignLine(models.TransientModel):
    """One field of a form that is being designed."""

    _name = "sajad.form.design.line"
    _description = "Field of a Form"
    _order = "sequence, id"

    design_id = fields.Many2one(
        "sajad.form.design", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=100)
    code = fields.Char(
        default=lambda self: uuid4().hex[:16],
        help="Its name, by which the answers given so far are kept.",
    )
    label = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True, default="char")
    required = fields.Boolean(help="No request is sent without it.")
    choices = fields.Text(help="One choice per line.")
    help_text = fields.Char(string="Help", help="Stands under the input.")
    show_if = fields.Char(
        string="Only after",
        help="The field above that has to be answered first: this one is shown, and "
        "required, only then. Empty: it is always shown.",
    )
    show_if_answers = fields.Text(
        string="If Answered",
        help="The answers of that field after which this one is shown, one per line. "
        "Empty: any answer.",
    )

    @api.model
    def _describe_form(self, definitions, required=()):
        """Return a line for each field of a form, in words."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        lines = []
        for question in definitions or []:
            label = question.get("string") or question["name"]
            mark = " *" if question["name"] in (required or ()) else ""
            kind = kinds.get(get_kind(question), question["type"])
            rule = self._describe_rule(question.get("show_if"), definitions)
            lines.append(f"{label}{mark} ({kind}){rule}")
        return "\n".join(lines)

    @api.model
    def _describe_rule(self, rule, definitions):
        """Return after which answer a field is shown, in words."""
        other = next(
            (d for d in definitions if rule and d["name"] == rule["question"]), 0
        )
        if not other:
            return ""
        texts = [
            get_answer_text(self.env, other, [key] if other["type"] == "tags" else key)
            for key in rule.get("answers") or []
        ]
        answers = format_list(self.env, texts, "or") if texts else self.env._("any")
        return self.env._(
            ", only after %(question)s: %(answers)s",
            question=other.get("string") or other["name"],
            answers=answers,
        )

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
        definition.pop("show_if", None)
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

    @api.model
    def _get_rule_vals(self, rule, definitions):
        """Return the values of a line that say when its field is shown.

        :param dict rule: of its definition, or nothing
        :param dict definitions: {name: definition} of the form
        """
        other = definitions.get(rule["question"]) if rule else None
        if not other:
            return {}
        labels = self._get_answer_labels(other)
        answers = [labels[key] for key in rule.get("answers") or [] if key in labels]
        return {"show_if": other["name"], "show_if_answers": "\n".join(answers)}

    def _prepare_rule(self, above):
        """Return the rule of the definition, or nothing.

        :param dict above: {name: definition} of the fields above
        :raise UserError: the field that is waited for is not above, or has no such
            answer
        """
        self.ensure_one()
        if not self.show_if:
            return None
        if self.show_if not in above:
            raise UserError(
                self.env._(
                    "“%(label)s” is shown after an answer to another field: that one "
                    "has to stand above it.",
                    label=self.label,
                )
            )
        labels = self._get_answer_labels(above[self.show_if])
        keys = {label: key for key, label in labels.items()}
        answers = []
        for line in filter(
            None, map(str.strip, (self.show_if_answers or "").split("\n"))
        ):
            if line not in keys:
                raise UserError(
                    self.env._(
                        "“%(label)s” waits for the answer “%(answer)s”, which "
                        "“%(other)s” does not have.",
                        label=self.label,
                        answer=line,
                        other=above[self.show_if]["string"],
                    )
                )
            answers.append(keys[line])
        return {"question": self.show_if, "answers": answers}

    @api.model
    def _get_answer_labels(self, definition):
        """Return {key of an answer: how a line writes it} of a field with choices."""
        if definition["type"] == "boolean":
            return {answer: text for text, answer in YES_OR_NO.items()}
        options = definition.get("selection") or definition.get("tags") or []
        return {option[0]: option[1] for option in options}
