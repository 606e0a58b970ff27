"""Answers to the questions of a form, of which none is lost by a write."""

import copy

from odoo import fields


class Answers(fields.Properties):
    """Properties whose values stay until another value is written in their place.

    Odoo's own field writes all values at once, and drops those of questions that are
    not asked any more. Here a write changes what it names: two people can fill in one
    form, and a new version of a form can ask something else.
    """

    # Odoo's own give nothing back either
    # pylint: disable-next=missing-return
    def _compute(self, records):
        """Give new records what the form fills in; answers follow to another form."""
        new = records.filtered(lambda record: not isinstance(record.id, int))
        super()._compute(new)
        for record in records - new:
            record[self.name] = dict(record[self.name]._values or {})

    def _get_properties_definition(self, record):
        """Return what is asked, and what was asked before and has an answer."""
        asked = super()._get_properties_definition(record) or []
        names = {question["name"] for question in asked}
        answered = [
            name for name in record[self.name]._values or {} if name not in names
        ]
        if not answered:
            return asked
        return [*asked, *record._get_former_questions(self.name, answered)]

    # pylint: disable-next=missing-return
    def write(self, records, value):
        """Write the answers that are named, beside those that are there.

        What a form asks is changed in its design, never by somebody who fills it in.
        """
        named = read_answers(self, value)
        for record in records:
            there = record[self.name]._values or {}
            super().write(record, {**there, **named})


def read_answers(field, value):
    """Return {name: answer} of answers in any format that a client sends."""
    if not value:
        return {}
    if isinstance(value, list):
        value = copy.deepcopy(value)
        field._remove_display_name(value)
        return field._list_to_dict(value)
    return field.convert_to_cache(value, None, validate=False)


def find_questions(forms, name, answered):
    """Return the definitions of some questions, of the first form that has each.

    :param forms: records, the form that is looked at first in front
    :param str name: the field of their definitions
    :param answered: names of questions
    """
    found = {}
    for form in forms:
        for question in form[name] or []:
            if question["name"] in answered:
                found.setdefault(question["name"], question)
    return list(found.values())


def merge_answers(given, before, there):
    """Return what somebody changed, and where somebody else did meanwhile.

    :param dict given: the answers of a form that is sent
    :param dict before: what the form was filled with when it was opened
    :param dict there: the answers that are there now
    :return: ({name: answer to be written}, {name of answers changed by both})
    """
    changed = {
        name: answer
        for name, answer in given.items()
        if not is_same(answer, before.get(name))
        and not is_same(answer, there.get(name))
    }
    clashes = {
        name for name in changed if not is_same(before.get(name), there.get(name))
    }
    return changed, clashes


def is_same(one, other):
    """Whether two answers say the same; all that is empty does."""
    # zero is an answer, although Python takes it for False
    if is_empty(one) or is_empty(other):
        return is_empty(one) and is_empty(other)
    return one == other


def is_empty(answer):
    """Whether nothing was answered; zero is an answer."""
    return answer is None or answer is False or answer in ("", [])
