"""Search methods of fields that are computed for the user who asks."""

import functools


def asked_for_true(search):
    """Decorate the search method of a boolean field that knows those that are true.

    The method takes the model alone and returns their domain. Odoo asks for the others
    by negation when it hears that a method cannot answer.
    """

    @functools.wraps(search)
    def answer(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return search(self)

    return answer
