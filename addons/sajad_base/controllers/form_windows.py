"""One form of the portal that is open in two windows, or on two devices."""

import json

from ..tools.answers import merge_answers
from ..tools.form import FormInput

# of files that a form showed
FILES = "kept_file_ids"


def get_shown(values, names, kept, clashes=None):
    """Return what a form shows, as the text of its hidden input.

    It comes back with the form and tells what the person changed.

    :param dict values: of the template, with the inputs of the form
    :param names: the inputs that a draft keeps
    :param kept: the files that it shows
    :param clashes: {input: text} that is said beside what was typed
    """
    shown = {name: values[name] for name in names if isinstance(values.get(name), str)}
    for item in get_inputs(values):
        if item.kind == "tags":
            shown.update({item.get_tag_name(value): "1" for value in item.value or ()})
        elif item.kind == "boolean":
            shown[item.name] = "1" if item.value else ""
        else:
            shown[item.name] = item.value or ""
    return json.dumps({**shown, **(clashes or {}), FILES: kept.ids})


def get_inputs(values):
    """Return the `FormInput`s among the values of a template."""
    lists = [value for value in values.values() if isinstance(value, list)]
    return [item for items in lists for item in items if isinstance(item, FormInput)]


def read_shown(post):
    """Return what the form that was sent had shown; None when it does not say."""
    try:
        shown = json.loads(post.get("form_shown") or "")
    except ValueError:
        return None
    return shown if isinstance(shown, dict) else None


def take_over(draft, names, post):
    """Let a form that was sent take over what another window kept meanwhile.

    What the person did not touch becomes what is kept.

    :return: {input: text kept meanwhile} of what was changed in both
    """
    shown = read_shown(post)
    if not draft or shown is None:
        return {}
    post["submit_token"] = draft.token
    there = draft.content or {}
    given = {name: post.get(name) or "" for name in names}
    changed, clashes = merge_answers(given, shown, there)
    for name in set(names) - set(changed):
        if there.get(name) or name in post:
            post[name] = there.get(name, "")
    return {name: there.get(name, "") for name in clashes}


def get_shown_files(post):
    """Return the ids of the files that the form had shown; None: all that there are."""
    shown = read_shown(post)
    ids = (shown or {}).get(FILES)
    return ids if isinstance(ids, list) else None
