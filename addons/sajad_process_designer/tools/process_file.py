"""The file in which one university gives a process to another: format and checks.

JSON without ids of a database: roles and stages go by their codes, texts come in
every language. What the format does not know is refused, never passed over.
"""

import base64
import json
import re

FORMAT = "sajad-process"
VERSION = 1
# guides come with their pictures
MAX_MEGABYTES = 20
MAX_BYTES = MAX_MEGABYTES * 1024 * 1024
# stands in a text for the picture of that number
PICTURE_MARK = "sajad-picture:"
MAX_STEPS = 200
FORM_KINDS = (
    "char",
    "text",
    "integer",
    "float",
    "boolean",
    "date",
    "selection",
    "tags",
    "separator",
)
CODE = re.compile(r"[A-Za-z0-9_.-]{1,64}")
LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Za-z@]{2,10})?")
PROPERTY = re.compile(r"[a-z0-9_]{1,64}")


class FileError(ValueError):
    """Why a file is none of ours, as a sentence for the person who chose it."""


def dump_file(data):
    """Return the bytes of a file: the same data give the same bytes."""
    text = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True)
    return (text + "\n").encode()


def load_file(env, content):
    """Return what a file holds, its form not yet checked.

    :raise FileError: too large, no JSON, or no file of ours
    """
    if len(content) > MAX_BYTES:
        raise FileError(
            env._("The file is larger than %(size)s megabytes.", size=MAX_MEGABYTES)
        )
    try:
        data = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise FileError(env._("This is no file of a process.")) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise FileError(env._("This is no file of a process."))
    version = data.get("version")
    if version != VERSION or isinstance(version, bool):
        raise FileError(
            env._("The file is of a version that this system does not know.")
        )
    return data


def _once(pairs):
    if len({key for key, _value in pairs}) != len(pairs):
        raise ValueError("a key comes twice")
    return dict(pairs)


# ------------------------------------------------------------
# CHECKERS: each returns whether a value is as it must be
# ------------------------------------------------------------


def text(maximum):
    return lambda value: isinstance(value, str) and len(value) <= maximum


def file_name(value):
    return isinstance(value, str) and bool(value.strip()) and len(value) <= 200


def code(value):
    return isinstance(value, str) and bool(CODE.fullmatch(value))


def codes(value):
    return (
        isinstance(value, list)
        and len(value) <= MAX_STEPS
        and all(code(item) for item in value)
    )


def texts(maximum, required=False):
    """A text per language."""

    def check(value):
        return (
            isinstance(value, dict)
            and bool(value or not required)
            and len(value) <= 50
            and all(LANGUAGE.fullmatch(lang) for lang in value)
            and all(isinstance(v, str) and len(v) <= maximum for v in value.values())
            and (not required or any(v.strip() for v in value.values()))
        )

    return check


def texts_by_name(value):
    """Several such texts."""
    return (
        isinstance(value, dict)
        and len(value) <= 50
        and all(code(name) and texts(20000)(item) for name, item in value.items())
    )


def data(value):
    """The content of a file."""
    try:
        return isinstance(value, str) and bool(base64.b64decode(value, validate=True))
    except ValueError:
        return False


def number(value):
    return (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and 0 <= value < 10**6
    )


def sequence(value):
    return isinstance(value, int) and number(value)


def flag(value):
    return isinstance(value, bool)


def one_of(*choices):
    return lambda value: isinstance(value, str) and value in choices


def some_of(*choices):
    return lambda value: (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(v, str) and v in choices for v in value)
    )


def scalar(value):
    return isinstance(value, (str, bool, int, float)) and len(str(value)) <= 5000


def options(value):
    return isinstance(value, dict) and all(scalar(v) for v in value.values())


def form(value):
    """Fields of a form, as Odoo defines properties."""
    return (
        isinstance(value, list)
        and len(value) <= 100
        and all(_is_form_field(item) for item in value)
        and len({item["name"] for item in value}) == len(value)
    )


FORM_KEYS = {"name", "string", "type", "selection", "default", "view_in_cards"}
FORM_KEYS |= {"fold_by_default", "suffix", "help", "tags", "written_as", "show_if"}
# not of Odoo's properties: our own
OWN_KEYS = {"required"}


def _is_form_field(item):
    return (
        isinstance(item, dict)
        and {"name", "type"} <= item.keys() <= FORM_KEYS | OWN_KEYS
        and isinstance(item["name"], str)
        and bool(PROPERTY.fullmatch(item["name"]))
        and item["type"] in FORM_KINDS
        and all(
            scalar(value) or value is None
            for key, value in item.items()
            if key not in ("selection", "tags", "show_if")
            and not (key == "default" and item["type"] == "tags")
        )
        and flag(item.get("required", False))
        and _is_selection(item.get("selection") or [])
        and _is_tags(item)
        and _is_rule(item.get("show_if"))
    )


def _is_rule(value):
    """Whether it says when a question is asked, as the forms do."""
    return value is None or (
        isinstance(value, dict)
        and value.keys() <= {"question", "answers"}
        and isinstance(value.get("question"), str)
        and bool(PROPERTY.fullmatch(value["question"]))
        and isinstance(value.get("answers", []), list)
        and all(scalar(answer) for answer in value.get("answers", []))
    )


def _is_selection(value):
    return (
        isinstance(value, list)
        and len(value) <= 200
        and all(
            isinstance(pair, list)
            and len(pair) == 2
            and all(isinstance(v, str) and len(v) <= 500 for v in pair)
            for pair in value
        )
    )


def _is_tags(item):
    """Whether tags are [key, label, number of a colour], and the default some keys."""
    tags = item.get("tags") or []
    if not isinstance(tags, list) or not all(
        isinstance(tag, list) and len(tag) == 3 and sequence(tag[2]) for tag in tags
    ):
        return False
    if not _is_selection([tag[:2] for tag in tags]):
        return False
    default = item.get("default") or []
    return item["type"] != "tags" or (
        isinstance(default, list)
        and all(key in [t[0] for t in tags] for key in default)
    )


def split_form(items):
    """Return (definitions of properties, names of the required ones) of a form."""
    definitions = [
        {key: value for key, value in item.items() if key not in OWN_KEYS}
        for item in items or []
    ]
    return definitions, [item["name"] for item in items or [] if item.get("required")]


NAMES = texts(200, required=True)
# {key: (required, checker, or the format of the items of a list)}
ROLE = {
    "code": (True, code),
    "name": (True, NAMES),
    "level": (True, one_of("organization", "university", "faculty")),
}
STAGE = {
    "code": (True, code),
    "name": (True, NAMES),
    "role": (True, code),
    "sequence": (True, sequence),
}
CHECK = {"name": (True, texts(500, required=True)), "domain": (True, text(5000))}
STEP = {
    "stage": (True, code),
    "sequence": (True, sequence),
    "follows": (True, codes),
    "second_round_of": (False, code),
    "condition": (False, text(5000)),
    "options": (True, options),
    "guide": (False, texts(20000)),
    "form": (False, form),
    "checks": (False, CHECK),
}
ATTACHED = {"name": (True, file_name), "data": (True, data)}
DOCUMENT = {
    "name": (True, NAMES),
    "help": (False, texts(1000)),
    "required": (True, flag),
    "files": (True, lambda value: sequence(value) and 1 <= value <= 10),
    "sequence": (True, sequence),
}
GUIDE = {
    "audience": (True, code),
    "name": (True, NAMES),
    "sequence": (True, sequence),
    "body": (False, texts(300000)),
    "pictures": (False, ATTACHED),
    "files": (False, ATTACHED),
}
PROCESS = {
    "code": (True, code),
    "name": (True, NAMES),
    "description": (False, texts(300000)),
    "matter": (False, code),
    "audiences": (True, some_of("student", "graduate", "institution", "staff")),
    "exclusive_group": (False, text(64)),
    "form": (False, form),
    "settings": (False, options),
    "texts": (False, texts_by_name),
    "documents": (False, DOCUMENT),
    "guides": (False, GUIDE),
}
FILE = {
    "format": (True, one_of(FORMAT)),
    "version": (True, lambda value: value == VERSION),
    "process": (True, [PROCESS]),
    "note": (False, texts(5000)),
    "roles": (True, ROLE),
    "stages": (True, STAGE),
    "steps": (True, STEP),
}


def get_problems(env, data):
    """Return what is wrong with the form of a file, as sentences."""
    problems = []
    _check(env, FILE, data, [], problems)
    if not problems:
        _check_references(env, data, problems)
    return problems


def _check(env, spec, data, path, problems):
    where = " › ".join(path) or FORMAT
    if not isinstance(data, dict):
        problems.append(env._("%(where)s is not as it must be.", where=where))
        return
    for key in data.keys() - spec.keys():
        problems.append(
            env._("%(where)s: “%(key)s” is not known.", where=where, key=key[:60])
        )
    for key, (required, checker) in spec.items():
        here = [*path, key]
        if key not in data:
            if required:
                problems.append(
                    env._("%(where)s: “%(key)s” is missing.", where=where, key=key)
                )
        elif isinstance(checker, dict):
            _check_list(env, checker, data[key], here, problems)
        elif isinstance(checker, list):
            _check(env, checker[0], data[key], here, problems)
        elif not checker(data[key]):
            problems.append(
                env._("%(where)s is not as it must be.", where=" › ".join(here))
            )


def _check_list(env, spec, items, path, problems):
    if not isinstance(items, list) or len(items) > MAX_STEPS:
        problems.append(
            env._("%(where)s is not as it must be.", where=" › ".join(path))
        )
        return
    for position, item in enumerate(items, 1):
        name = item.get("code") or item.get("stage") if isinstance(item, dict) else None
        label = name if isinstance(name, str) else str(position)
        _check(env, spec, item, [*path, label[:60]], problems)


def _check_references(env, data, problems):
    roles = [role["code"] for role in data["roles"]]
    stages = [stage["code"] for stage in data["stages"]]
    steps = [step["stage"] for step in data["steps"]]
    for key, values in (("roles", roles), ("stages", stages), ("steps", steps)):
        for value in sorted({v for v in values if values.count(v) > 1}):
            problems.append(
                env._("%(where)s: “%(code)s” comes twice.", where=key, code=value)
            )
    wanted = [("stages", s["code"], s["role"], roles) for s in data["stages"]]
    for step in data["steps"]:
        wanted.append(("steps", step["stage"], step["stage"], stages))
        others = [*step["follows"], *filter(None, [step.get("second_round_of")])]
        wanted += [("steps", step["stage"], other, steps) for other in others]
    for key, name, value, known in wanted:
        if value not in known:
            problems.append(
                env._(
                    "%(where)s: “%(code)s” is not in the file.",
                    where=f"{key} › {name}",
                    code=value,
                )
            )
