"""Plain HTML forms: what an input is, and what a person typed into it.

Inputs are made of property definitions (form_properties.py) or of fields of a record
(form_record.py); `sajad_base.portal_form_input` draws them.
"""

import json
import re
from dataclasses import dataclass, field

from odoo.tools.translate import LazyTranslate

from .form_reader import KINDS, InputError, read
from .sentences import translate
from .show_if import is_asked

_lt = LazyTranslate(__name__)

FILL_IN = _lt("Fill in this field.")
MISSING = {
    "boolean": _lt("Tick this box to go on."),
    "tags": _lt("Choose one of the list."),
}
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass
class FormInput:
    """One input of a form."""

    name: str
    label: str
    kind: str  # of form_reader.read, or tags, file, separator
    key: str = ""  # the property or field that it is for
    options: list = field(default_factory=list)  # [(value, label)]
    required: bool = False
    help: str = ""
    max_length: int = 0
    value: object = ""  # as it was typed; of tags the list of ticked ones
    error: str = ""
    show_if: dict | None = None  # as in show_if.py

    def get_tag_name(self, value):
        """Return the name of the box of one tag."""
        return f"{self.name}__{value}"

    @property
    def names(self):
        """The names under which the browser sends it."""
        if self.kind == "tags":
            return {self.get_tag_name(value) for value, _label in self.options}
        return set() if self.kind in ("file", "separator") else {self.name}

    @property
    def html_type(self):
        """The type of an <input>."""
        if self.kind == "date":
            # the browser's own would not show what is no date of its kind
            is_own = not self.value or ISO_DATE.fullmatch(self.value)
            return "date" if is_own else "text"
        return "tel" if self.kind in ("mobile", "phone") else "text"

    @property
    def is_code(self):
        """Whether it is a number or code, which is written from left to right."""
        return self.kind in KINDS and self.kind != "letters"

    @property
    def input_mode(self):
        """The keyboard that telephones offer."""
        if self.kind == "float":
            return "decimal"
        is_number = self.is_code and self.kind != "passport"
        return "numeric" if is_number or self.kind in ("integer", "amount") else None

    @property
    def rule_text(self):
        """When it is asked, for the browser."""
        return json.dumps(self.show_if) if self.show_if else None

    @property
    def nothing(self):
        """Its value when it has none."""
        return [] if self.kind == "tags" else False

    def fill(self, post, error=""):
        """Show what was typed; what was not in the form stays as it is.

        :param post: {name: text}, empty the first time
        """
        self.error = error
        # a box that is not ticked sends nothing, so a sent form is told by its token
        is_sent = "submit_token" in post
        if self.kind == "tags":
            self.value = self._get_ticked(post) if is_sent else self.value
        elif self.name in post or (is_sent and self.kind == "boolean"):
            self.value = _get_text(post, self.name)

    def parse(self, post):
        """Return the value of what was typed.

        :raise InputError: with a sentence for whoever typed it
        """
        if self.kind == "tags":
            value = self._get_ticked(post)
        else:
            value = read(
                self.kind,
                _get_text(post, self.name),
                {value for value, _label in self.options},
                self.max_length,
            )
        # zero is an answer, although Python takes it for False
        if self.required and (value is False or value == []):
            raise InputError(MISSING.get(self.kind, FILL_IN))
        return value

    def _get_ticked(self, post):
        return [
            value for value, _ in self.options if post.get(self.get_tag_name(value))
        ]


def _get_text(post, name):
    # a file under the name of a text is none
    text = post.get(name)
    return text if isinstance(text, str) else ""


def fill_form(inputs, post, errors=None):
    """Show what was typed into a form, and what is wrong with it.

    :param post: {name: text}, empty the first time
    :param errors: {name: sentence}
    :return: the inputs
    """
    for item in inputs:
        item.fill(post, (errors or {}).get(item.name, ""))
    return inputs


def read_form(env, inputs, post):
    """Read a form that was sent: nothing else than its inputs is looked at.

    What is not asked after the other answers has none. Files are not read here, see
    controllers/form_files.py.

    :return: ({key of the input: value}, {name of the input: sentence})
    """
    values, errors, unasked = {}, {}, set()
    for item in inputs:
        if item.kind == "separator":
            continue
        if not is_asked(item.show_if, values, unasked):
            unasked.add(item.key)
            values[item.key] = item.nothing
            continue
        if item.kind == "file":
            continue
        try:
            values[item.key] = item.parse(post)
        except InputError as error:
            errors[item.name] = translate(env, error.sentence)
    return values, errors
