"""Part ``attacks``: what strangers try, and a table of all that was decided."""

import re
from collections import Counter

# tests of what people must not get at, by their files
FILES = re.compile(
    r"test_(\w*_)?(access|access_rpc|access_table|routes|rpc|client_guard|guard|"
    r"client_search|threats|doors|sign_in|call|characters|body_limit|clamd|"
    r"disabled_account|dialogs|verify|upload|file_check|binary|export|chain)\.py"
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


def run(ctx, part):
    """Run them on a database without demo data, and print the table."""
    found = {name: _get_files(ctx, name) for name in ctx.modules}
    modules = [name for name, files in found.items() if files]
    tags = ",".join(f"/{m}/tests/{file}" for m in modules for file in found[m])
    with ctx.databases.copy(False, "attacks") as name:
        report = ctx.odoo_tests(part, "attacks", name, tags, modules, env=ctx.slapd)
    for line in table(report.started, [record.text for record in report.records]):
        part.tell(line)
    part.tell(f"{report.failed} of {report.tests} tests let somebody in, or broke")


def _get_files(ctx, module):
    folder = ctx.settings.addons / module / "tests"
    return sorted(p.name for p in folder.glob("test_*.py") if FILES.fullmatch(p.name))


def table(started, texts):
    """The lines of the table.

    :param started: {addon: number of its tests}
    :param texts: what the tests have logged
    """
    counts = Counter()
    for text in texts:
        if told := _TOLD.fullmatch(text):
            # the suite of the routes comes beside that of the rights
            counts[told[1], told[3]] = max(counts[told[1], told[3]], int(told[2]))
    names = [*sorted(started), "all"]
    for kind in KINDS:
        counts["all", kind] = sum(counts[name, kind] for name in started)
    tests = {**started, "all": sum(started.values())}
    lines = [f"{'addon':<24}{'tests':>8}{''.join(f'{kind:>9}' for kind in KINDS)}"]
    for name in names:
        cells = "".join(f"{counts[name, kind]:>9}" for kind in KINDS)
        lines.append(f"{name:<24}{tests[name]:>8}{cells}")
    return [*lines, *(f"{kind}: {what}" for kind, what in KINDS.items())]
