"""How our addons are built: who re-opens a model, how long files are, who elevates.

Read from the syntax trees: neither a database nor an import is needed.
"""

import ast
import functools
import re
import statistics
from dataclasses import dataclass
from pathlib import Path

MAX_REOPENINGS = 15  # in an addon: a model is said once, unless a capability splits it
MAX_LINES = 300  # of a file of models
MAX_MEDIAN = 110  # of an addon with many files, and of all together
MANY_FILES = 10
MAX_ELEVATIONS = 12  # sudo() in the engine: it elevates at its door
ENGINE = ("sajad_base/models/engine", "sajad_base/engine")
_ROW = re.compile(r"\b[Rr]ows? ((?:[A-E]\d+(?:, | and |–|-)?)+)")


@dataclass(frozen=True)
class ModelClass:
    """A class of the ORM: the model that it defines, or the one that it re-opens."""

    addon: str
    path: Path
    line: int
    model: str
    defines: bool
    methods: tuple

    @property
    def place(self):
        """Where to look."""
        return f"{self.path}:{self.line}"


@functools.lru_cache(maxsize=1)
def python_files(addons):
    """[(addon, file, syntax tree)] of all addons."""
    paths = [path.relative_to(addons) for path in sorted(addons.glob("*/**/*.py"))]
    return [
        (path.parts[0], path, ast.parse((addons / path).read_text(encoding="utf-8")))
        for path in paths
    ]


def production_files(addons):
    """The same without tests."""
    return [found for found in python_files(addons) if "tests" not in found[1].parts]


def model_classes(addons):
    """Every class of a model, tests apart."""
    return [
        found
        for addon, path, tree in production_files(addons)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and (found := _model(addon, path, node))
    ]


def _model(addon, path, node):
    values = _class_values(node)
    inherits = values.get("_inherit") or []
    inherits = [inherits] if isinstance(inherits, str) else list(inherits)
    name = values.get("_name") or (inherits[0] if inherits else None)
    if not name:
        return None
    defines = "_name" in values and name not in inherits
    methods = tuple(n.name for n in node.body if isinstance(n, ast.FunctionDef))
    return ModelClass(addon, path, node.lineno, name, defines, methods)


def _class_values(node):
    """The constants that a class body assigns to `_name` and `_inherit`."""
    values = {}
    for item in node.body:
        target = item.targets[0] if isinstance(item, ast.Assign) else None
        if isinstance(target, ast.Name) and target.id in ("_name", "_inherit"):
            values[target.id] = ast.literal_eval(item.value)
    return values


def own_models(classes):
    """The addon that defines each model: {model: addon}."""
    return {c.model: c.addon for c in classes if c.defines}


def reopenings(classes):
    """Classes that re-open a model which the same addon defines."""
    owners = own_models(classes)
    return [c for c in classes if not c.defines and owners.get(c.model) == c.addon]


def overrides(classes):
    """Methods that one addon defines twice on a model of its own."""
    seen, wrong, owners = {}, [], own_models(classes)
    ordered = sorted(classes, key=lambda c: not c.defines)
    for found in ordered:
        if owners.get(found.model) != found.addon:
            continue
        for method in found.methods:
            first = seen.setdefault((found.model, method), found)
            if first is not found:
                text = f"{found.place}: {found.model}.{method} is defined in"
                wrong.append(f"{text} {first.place} already")
    return wrong


def too_many_reopenings(classes):
    """Addons that open their own models again and again."""
    counts = {}
    for found in reopenings(classes):
        counts.setdefault(found.addon, []).append(f"{found.model} in {found.place}")
    wrong = []
    for addon, names in counts.items():
        if len(names) > MAX_REOPENINGS:
            text = f"{addon} re-opens its own models {len(names)} times"
            wrong.append(f"{text}, {MAX_REOPENINGS} allowed:")
            wrong += [f"  {name}" for name in sorted(names)]
    return wrong


def sizes(addons):
    """Files of models that are too long, and addons whose files mostly are."""
    wrong, everything = [], []
    for folder in sorted(addons.glob("*/models")):
        lines = _lines(folder)
        everything += lines.values()
        wrong += [
            f"{path.relative_to(addons)}: {count} lines, {MAX_LINES} allowed"
            for path, count in lines.items()
            if count > MAX_LINES
        ]
        if len(lines) >= MANY_FILES:
            wrong += _too_long(folder.parent.name, lines.values())
    return wrong + _too_long("all addons", everything)


def _lines(folder):
    """{file: its lines} of a folder of models."""
    return {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in sorted(folder.rglob("*.py"))
        if path.name != "__init__.py"
    }


def _too_long(name, counts):
    median = statistics.median(counts or [0])
    if median <= MAX_MEDIAN:
        return []
    text = f"{name}: half of the files of models have more than"
    return [f"{text} {median:g} lines, {MAX_MEDIAN} allowed"]


def elevations(addons):
    """Calls of sudo() in the engine, when there are too many."""
    found = [
        f"{path}:{node.lineno}"
        for addon, path, tree in production_files(addons)
        if str(path.parent).startswith(ENGINE)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "sudo"
    ]
    if len(found) <= MAX_ELEVATIONS:
        return []
    text = f"the engine calls sudo() {len(found)} times, {MAX_ELEVATIONS} allowed:"
    return [text, *(f"  {place}" for place in found)]


def unknown_rows(addons, specification):
    """Rows that docstrings name and the specification does not have."""
    known = set(re.findall(r"^\| ([A-E]\d+) \|", specification, re.M))
    wrong = []
    for _addon, path, tree in python_files(addons):
        texts = [n.value for n in ast.walk(tree) if _is_text(n)]
        rows = {
            row
            for text in texts
            for names in _ROW.findall(text)
            for row in re.findall(r"[A-E]\d+", names)
        }
        wrong += [f"{path}: no row {row}" for row in sorted(rows - known)]
    return wrong


def _is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
