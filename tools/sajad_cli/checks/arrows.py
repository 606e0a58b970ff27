"""The plan of the house: an addon knows only what lies below it.

An arrow is an import, a model, an xmlid, a template or a file of another of our
addons. It may point to addons that `depends` reaches, and `depends` may only go down
the floors.
"""

import ast
import re

from .. import addons as our_addons
from . import house

# from the ground up; an addon needs none of its own floor
FLOORS = (
    ("payment_zibal", "sajad_jalali", "sajad_persian", "sajad_report"),
    ("sajad_base",),
    (
        "sajad_commission",
        "sajad_directory",
        "sajad_fee",
        "sajad_process_designer",
        "sajad_sla",
        "sajad_statistics",
        "sajad_visit",
    ),
    ("sajad_clearance", "sajad_dossier", "sajad_helpdesk"),
)
_TEXTS = (".xml", ".csv", ".js", ".scss", ".css")
_MODEL = re.compile(r"[a-z_]+(?:\.[a-z_]+)+")
_ADDON = re.compile(r"(?<![\w.])[@/]?(\w+)[./](?=\w)")


def floor(addon):
    """The floor of an addon, or None when the plan does not know it."""
    return next((n for n, names in enumerate(FLOORS) if addon in names), None)


def against_plan(manifests):
    """Dependencies that go up, stay on their floor, or are not in the plan."""
    wrong = [f"{m}: not in the plan (FLOORS)" for m in manifests if floor(m) is None]
    for addon, data in manifests.items():
        for needed in set(data.get("depends", [])) & set(manifests):
            if (floor(needed) or 0) >= (floor(addon) or 0):
                wrong.append(f"{addon} depends on {needed}, which is not below it")
    return sorted(wrong)


def reached(manifests):
    """What each addon may know of ours: {addon: itself and all that it needs}."""
    known = {}
    for name in our_addons.in_order(manifests):
        needed = [n for n in manifests[name].get("depends", []) if n in manifests]
        known[name] = {name}.union(*(known[n] for n in needed))
    return known


def arrows(addons, manifests):
    """All arrows between our addons: {(from, to): [places]}."""
    owners = house.own_models(house.model_classes(addons))
    found = {}

    def note(addon, other, place):
        if other in manifests and other != addon:
            found.setdefault((addon, other), []).append(place)

    for addon, path, tree in house.python_files(addons):
        for line, name in _python_names(tree):
            note(addon, owners.get(name) or name, f"{path}:{line}: {name}")
    for addon in manifests:
        for path in sorted((addons / addon).rglob("*.*")):
            if path.suffix in _TEXTS and "lib" not in path.parts:
                for line, name in _text_names(path.read_text(encoding="utf-8")):
                    place = f"{path.relative_to(addons)}:{line}: {name}"
                    note(addon, owners.get(name) or name, place)
    return found


def _python_names(tree):
    """(line, name) of each imported addon, and of each text that names something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom | ast.Import):
            names = [a.name for a in node.names]
            whole = [f"{getattr(node, 'module', '')}.{name}" for name in names] + names
            for name in whole:
                if found := re.match(r"odoo\.addons\.(\w+)", name):
                    yield node.lineno, found[1]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if " " not in node.value.strip():
                yield node.lineno, node.value
            yield from ((node.lineno, name) for name in _ADDON.findall(node.value))


def _text_names(text):
    """(line, name) of everything in a text that could be a model or an addon."""
    for number, line in enumerate(text.splitlines(), 1):
        for pattern in (_MODEL, _ADDON):
            yield from ((number, name) for name in pattern.findall(line))


def wrong_arrows(addons, manifests):
    """Arrows that leave what an addon may know."""
    known = reached(manifests)
    return [
        f"{addon} must not know {other}: {place}"
        for (addon, other), places in sorted(arrows(addons, manifests).items())
        if other not in known[addon]
        for place in places
    ]
