"""Part ``i18n``: the Persian translation covers every term of the code."""

from . import pocheck


def run(ctx, part):
    """Export the terms of each addon anew and compare them with its files."""
    if not ctx.own:
        part.tell("there are no addons of ours")
        return
    database = ctx.databases.ours(False)
    for module in ctx.modules:
        pot = ctx.odoo.data / "pot" / f"{module}.pot"
        log = ctx.logs / f"i18n-{module}.log"
        argv = ["i18n", "export", "-l", "pot", "-o", pot, module]
        code = ctx.odoo.run(log, *argv, database=database)
        if code:
            part.check(f"export of {module}", [log.read_text(errors="replace")])
            continue
        part.check(f"translation of {module}", compare(ctx, module, pot))


def compare(ctx, module, pot):
    """What the Persian file of an addon lacks or has too much."""
    folder = ctx.settings.addons / module / "i18n"
    return pocheck.call(ctx.dev, pot, folder / "fa.po", folder / f"{module}.pot")
