"""Part ``i18n``: the Persian translation covers every term of the code."""

from ..checks import pocheck


def run(ctx, part):
    """Export the terms of each addon anew and compare them with its files."""
    if not ctx.own:
        part.tell("there are no addons of ours")
        return
    with ctx.databases.copy(False, "i18n") as name:
        for module in ctx.modules:
            pot, problem = export(ctx, module, name)
            wrong = [problem] if problem else compare(ctx, module, pot)
            part.check(f"translation of {module}", wrong)


def pot_file(ctx, module):
    """Where the terms of an addon are exported to."""
    return ctx.odoo.data / "pot" / f"{module}.pot"


def export(ctx, module, database):
    """Export the terms of an addon from a database with our addons.

    :return: (the file, what went wrong or nothing)
    """
    pot = pot_file(ctx, module)
    log = ctx.logs / f"i18n-{module}.log"
    argv = ["i18n", "export", "-l", "pot", "-o", pot, module]
    code = ctx.odoo.run(log, *argv, database=database)
    return pot, log.read_text(errors="replace") if code else ""


def compare(ctx, module, pot):
    """What the Persian file of an addon lacks or has too much."""
    folder = ctx.settings.addons / module / "i18n"
    return pocheck.call(ctx.dev, pot, folder / "fa.po", folder / f"{module}.pot")
