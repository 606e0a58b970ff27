"""Part ``attacks``: what strangers try, and a table of all that was decided."""

import re
from collections import Counter

# tests of what people must not get at, by their files
FILES = re.compile(
    r"test_(\w*_)?(access|access_rpc|access_table|routes|rpc|client_guard|guard|"
    r"client_search|threats|doors|sign_in|call|characters|body_limit|clamd|"
    r"disabled_account|dialogs|verify|upload|file_check|binary|export|chain|"
    r"references|sequences|typed|normalize|list_file|table_file)\.py"
)
_TOLD = re.compile(r"attacks on (\w+): (\d+) (\w+)")
# what the columns count, times who tries it
KINDS = {
    "rights": "models and groups × operations, as `rights.txt` has them",
    "records": "records × people × operations that were asked for",
    "fields": "stored fields × outsiders that tried to write them",
    "methods": "public methods × people",
    "calls": "methods × records that outsiders called",
    "routes": "routes × visitors",
}
# what is tried, and which tests (file.Class.test) do that
THREATS = {
    "routes as somebody else, redirects elsewhere, bodies too large": r"routes\.",
    "rights, records and fields of others, calls of their methods": (
        r"(access|access_table|rpc)\."
    ),
    "forged contexts: defaults, switches, internal keys": r"guard\.",
    "records moved below others, given away, named by a stranger": (
        r"references\.|in_the_name_of|dialogs\."
    ),
    "searches without end, or that spy": r"client_search\.",
    "bodies and files beyond the limit": r"body_limit\.|large|too_much|bombs|limits\b",
    "names and texts with signs that act": (
        r"characters\.|threats\.\w+\.test_(names|acting)|nothing_acts"
    ),
    "formulas in lists that come and leave": r"formulas",
    "files that are not what they say": (
        r"(threats|upload|file_check|binary|clamd|doors)\."
    ),
    "passwords, codes and numbers tried one after the other": (
        r"sign_in\.|verify\.|routes\.\w+\.test_limit|rate_limit"
    ),
    "moves in any order, out of time, behind history": r"sequences\.|call\.|chain\.",
    "dates and digits of any script": r"(typed|normalize)\.",
}
_STARTED = re.compile(r"Starting (\w+\.\w+)")


def run(ctx, part):
    """Run them on a database without demo data, and print the table."""
    found = {name: _get_files(ctx, name) for name in ctx.modules}
    modules = [name for name, files in found.items() if files]
    tags = ",".join(f"/{m}/tests/{file}" for m in modules for file in found[m])
    with ctx.databases.copy(False, "attacks") as name:
        report = ctx.odoo_tests(part, "attacks", name, tags, modules, env=ctx.slapd)
    for line in table(report.started, [record.text for record in report.records]):
        part.tell(line)
    counts = threats(report.records)
    for what, count in counts.items():
        part.tell(f"{count:>5} tests: {what}")
    part.check("each threat has its tests", [w for w, n in counts.items() if not n])
    part.tell(f"{report.failed} of {report.tests} tests let somebody in, or broke")


def _get_files(ctx, module):
    folder = ctx.settings.addons / module / "tests"
    return sorted(p.name for p in folder.glob("test_*.py") if FILES.fullmatch(p.name))


def threats(records):
    """Return {what is tried: how many tests have tried it}; some try several."""
    names = [
        f"{record.logger.rpartition('.')[2]}.{found[1]}"
        for record in records
        if (found := _STARTED.match(record.text))
    ]
    return {
        what: sum(bool(re.search(pattern, name)) for name in names)
        for what, pattern in THREATS.items()
    }


def table(started, texts):
    """The lines of the table.

    :param started: {addon: number of its tests}
    :param texts: what the tests have logged
    """
    counts = Counter()
    for text in texts:
        if told := _TOLD.fullmatch(text.rstrip()):
            cell, count = (told[1], told[3]), int(told[2])
            # the suite of the routes has that of the rights with it, which comes twice
            is_new = told[3] == "routes"
            counts[cell] = counts[cell] + count if is_new else max(counts[cell], count)
    names = [*sorted(started), "all"]
    for kind in KINDS:
        counts["all", kind] = sum(counts[name, kind] for name in started)
    tests = {**started, "all": sum(started.values())}
    lines = [f"{'addon':<24}{'tests':>8}{''.join(f'{kind:>9}' for kind in KINDS)}"]
    for name in names:
        cells = "".join(f"{counts[name, kind]:>9}" for kind in KINDS)
        lines.append(f"{name:<24}{tests[name]:>8}{cells}")
    return [*lines, *(f"{kind}: {what}" for kind, what in KINDS.items())]
