"""Texts that must not stand in the project's own files."""

import re
import subprocess
from pathlib import Path

# host names of package registries, in pieces: this file must not hold them either
_REGISTRIES = (
    ("deb", "debian", "org"),
    ("security", "debian", "org"),
    ("ftp", "debian", "org"),
    ("snapshot", "debian", "org"),
    ("httpredir", "debian", "org"),
    ("pypi", "org"),
    ("files", "pythonhosted", "org"),
    ("registry", "npmjs", "org"),
    ("registry", "yarnpkg", "com"),
)
REGISTRY = re.compile("|".join(re.escape(".".join(p)) for p in _REGISTRIES))
# old idioms that Odoo 19 accepts in silence and that break at run time
_XML = {
    re.compile(r"kanban-" + "box"): "a kanban template is named card",
    re.compile(r"oe_" + "chatter"): "write <chatter/>",
    re.compile(r"\bt-(?:esc|raw)\s*="): "write t-out",
    re.compile(r"""name=["']view_mode["'][^<]*>[^<]*\btree\b"""): "view_mode: list",
    re.compile(r"""view_mode=["'][^"']*\btree\b"""): "view_mode: list",
}
# rtlcss turns the four values of margin round, and leaves those of these three
_CSS = {
    re.compile(
        r"(?<![\w-])(?:inset|scroll-(?:margin|padding))\s*:\s*[^\s;]+(?:\s+[^\s;]+){3}\s*;"
    ): ("stays as it is from right to left; write -block and -inline")
}
_DAY = "the day of the country: get_country_today(), is_in_force"
_PY = {
    re.compile(r"""["']view_mode["']\s*:\s*["'][^"']*\btree\b"""): "view_mode: list",
    # a day of one's own time zone, or of UTC, is another for three hours and a half
    re.compile(r"\bcontext_" + r"today\b|\b[Dd]ate\.today\("): _DAY,
}
_RULE = {re.compile(r"'today'"): _DAY}


def files(project):
    """Files of the project: tracked or new, not ignored."""
    argv = ["git", "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard"]
    try:
        done = subprocess.run(argv, cwd=project, capture_output=True, text=True)
        names = done.stdout.splitlines() if not done.returncode else None
    except OSError:
        names = None
    if names is None:  # an unpacked archive, no checkout
        names = [str(p.relative_to(project)) for p in Path(project).rglob("*")]
        names = [n for n in names if not n.startswith((".git/", ".state/"))]
    return [n for n in sorted(set(names)) if (Path(project) / n).is_file()]


def rules(name):
    """The rules for one file: {pattern: what to do instead}."""
    found = {REGISTRY: "a registry's host name"}
    if name.startswith("addons/"):
        found |= _XML if name.endswith((".xml", ".js")) else {}
        found |= _PY if name.endswith(".py") else {}
        found |= _RULE if "/security/" in name else {}
        found |= _CSS if name.endswith((".css", ".scss")) else {}
    return found


def check_text(name, text):
    """Findings in one file."""
    wrong = []
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, hint in rules(name).items():
            if match := pattern.search(line):
                wrong.append(f"{name}:{number}: {match[0]!r}: {hint}")
    return wrong


def findings(project):
    """Findings in all files of the project."""
    wrong = []
    for name in files(project):
        try:
            text = (Path(project) / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        wrong += check_text(name, text)
    return wrong
