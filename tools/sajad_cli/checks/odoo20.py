"""Names of Odoo 19 that 20.0 drops and no script rewrites: they may only shrink.

`docs/odoo20.md` says what stands there instead.
"""

import re
from pathlib import Path

from . import sources

LIST = "tests/odoo20_names_left.txt"
# {what docs/odoo20.md calls it: how it is found in a line}
NAMES = {
    "system parameters": re.compile(r"\b[gs]et_param\("),
    "readable fields of users": re.compile(r"\bSELF_(?:READ|WRITE)ABLE_FIELDS\b"),
    "pytz": re.compile(r"\bpytz\b"),
    "zone of a calendar": re.compile(r"calendar\w*\.tz\b"),
    "fields of bank accounts": re.compile(r"\bacc_(?:number|holder_name|type)\b"),
    "icons of Font Awesome": re.compile(r"\bfa fa-|\bicon=\"fa-|class=\"fa "),
    "counters of the portal": re.compile(r"\b_prepare_home_portal_values\b"),
    "cards of the portal": re.compile(r"\bportal_docs_entry\b"),
    "base64 of binary fields": re.compile(r"\bb64decode\("),
    "groups in SQL": re.compile(r"\b_read_group_(?:groupby|select)\b"),
}
_ENDINGS = (".py", ".xml", ".js", ".scss")


def counts(project):
    """How often each name stands in our addons, tests included."""
    found = dict.fromkeys(NAMES, 0)
    for name in sources.files(project):
        if name.startswith("addons/") and name.endswith(_ENDINGS):
            text = (Path(project) / name).read_text(encoding="utf-8")
            for what, pattern in NAMES.items():
                found[what] += len(pattern.findall(text))
    return found


def listed(project):
    """The counts that are written down."""
    lines = (Path(project) / LIST).read_text(encoding="utf-8").splitlines()
    pairs = (line.rpartition(": ") for line in lines if line and line[0] != "#")
    return {what: int(count) for what, _colon, count in pairs}


def findings(project):
    """What grew, and what shrank and is not written down yet."""
    allowed, wrong = listed(project), []
    for what, count in counts(project).items():
        limit = allowed.pop(what, 0)
        if count > limit:
            wrong.append(f"{what}: {count}, not more than {limit} (docs/odoo20.md)")
        elif count < limit:
            wrong.append(f"{what}: only {count} are left, write that into {LIST}")
    return wrong + [f"{what}: unknown in {LIST}" for what in allowed]
