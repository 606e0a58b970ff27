"""Parts ``unit`` and ``tours``: the tests our addons bring along."""

import re


def _with_tours(ctx):
    """Addons whose tests start a tour."""
    found = []
    for name in ctx.modules:
        tests = (ctx.settings.addons / name / "tests").rglob("*.py")
        if any(re.search(r"\bself\.start_tour\b", p.read_text()) for p in tests):
            found.append(name)
    return found


def unit(ctx, part):
    """All tests but the tours; the update makes the at_install ones run too.

    On a database in English and without demo data, on which no test may depend.
    """
    tags = ctx.tags or ",".join([*(f"/{m}" for m in ctx.modules), "-is_tour"])
    modules = [] if ctx.tags else ctx.modules
    update = ctx.modules if ctx.own else ()
    with ctx.databases.copy(ctx.demo, "unit") as name:
        report = ctx.odoo_tests(
            part, "tests", name, tags, modules, update, env=ctx.slapd
        )
    for module, count in sorted(report.started.items()):
        part.tell(f"      {count} tests of {module}")


def tours(ctx, part):
    """The browser tours, in Persian, on the database with demo data."""
    modules = _with_tours(ctx)
    if not modules:
        part.tell("no addon has a tour")
        return
    tags = ",".join(f"is_tour/{m}" for m in modules)
    with ctx.databases.copy(True, "tours") as name:
        ctx.odoo_tests(part, "tours", name, tags, modules)
