"""Questions of a form that are asked only after a certain answer to another one.

The definition of such a question has a rule, `show_if`: `question` is the name of the
other one, `answers` are the keys that are waited for; none: any answer will do.
static/src/questions/asked.js says the same in the browser.
"""

from .answers import is_empty


def is_asked(rule, answers, unasked=()):
    """Whether a question is asked.

    :param dict rule: of the question; nothing: it is always asked
    :param dict answers: {name: answer} to the questions before it
    :param unasked: names of those of them that are not asked themselves
    """
    if not rule:
        return True
    if rule["question"] in unasked:
        return False
    answer, wanted = answers.get(rule["question"]), rule.get("answers")
    if is_empty(answer):
        # a box that is not ticked is a no
        return wanted == [False]
    given = answer if isinstance(answer, (list, tuple)) else [answer]
    return not wanted or any(one in wanted for one in given)


def find_unasked(definitions, answers):
    """Return the names of the questions of a form that are not asked.

    :param dict answers: {name: answer}
    """
    unasked = set()
    for question in definitions or []:
        if not is_asked(question.get("show_if"), answers, unasked):
            unasked.add(question["name"])
    return unasked


def drop_unasked(definitions, answers):
    """Return the answers without those to questions that are not asked."""
    unasked = find_unasked(definitions, answers)
    return {name: answer for name, answer in answers.items() if name not in unasked}
