"""The verb ``test``: run the parts, judge them, print the table."""

import argparse
import os

from ..machine import browser, node
from ..ui import Problem, say
from ..verbs import serve
from . import (
    context,
    lanes,
    part_attacks,
    part_cluster,
    part_dates,
    part_faults,
    part_gates,
    part_i18n,
    part_install,
    part_lint,
    part_suites,
    part_upgrade,
)
from .results import Part, table, timed

PARTS = {
    "lint": part_lint.run,
    "install": part_install.install,
    "cycle": part_install.cycle,
    "upgrade": part_upgrade.run,
    "i18n": part_i18n.run,
    "unit": part_suites.unit,
    "tours": part_suites.tours,
    "gates": part_gates.run,
    "dates": part_dates.run,
    "faults": part_faults.run,
}
# only when named: a server of several machines, started and killed; and what the unit
# tests try of strangers, by itself and with a table
EXTRA = {"cluster": part_cluster.run, "attacks": part_attacks.run}


def parse(argv):
    """Options of the verb."""
    parser = argparse.ArgumentParser(prog="./sajad test")
    known = PARTS | EXTRA
    parser.add_argument("--only", default="", help=f"parts: {','.join(known)}")
    parser.add_argument(
        "--cluster", action="store_true", help="stories and faults of several machines"
    )
    parser.add_argument(
        "--attacks", action="store_true", help="what strangers try, and a table of it"
    )
    parser.add_argument("--tags", default="", help="Odoo test tags, for one quick run")
    parser.add_argument(
        "--demo",
        action="store_true",
        help="run the tests of --tags in Persian, on a database with demo data",
    )
    options = parser.parse_args(argv)
    names = [n for n in options.only.split(",") if n] or list(PARTS)
    if options.cluster:
        names = ["cluster"]
    if options.attacks:
        names = ["attacks"]
    if options.tags:
        names = ["unit"]
    unknown = [n for n in names if n not in known]
    if unknown:
        raise Problem(
            f"no such part: {', '.join(unknown)}", f"parts: {', '.join(known)}"
        )
    return options, [n for n in known if n in names]


def main(settings, argv):
    """Run the wanted parts; 0 when nothing failed."""
    options, names = parse(argv)
    preparing = Part("setup")
    with timed(preparing):
        ctx = context.make(settings, options)
        ctx.databases.sweep()
        if {"tours", "gates", "dates"} & set(names) or options.tags:
            browser.ensure(settings)
        if {"lint", "gates", "i18n"} & set(names):
            _ = ctx.dev
        if "lint" in names:
            node.ensure_eslint(settings)
        if {"unit", "attacks"} & set(names):
            _ = ctx.slapd
        preparing.check("everything is in place", [])
    parts = [preparing]
    if not preparing.failed:
        try:
            parts += _run_parts(ctx, names)
        finally:
            ctx.databases.close()
            _stop_in_ci(ctx)
    _print(parts, settings)
    return 1 if sum(p.failed for p in parts) else 0


def _run_parts(ctx, names):
    parts = {name: Part(name) for name in names}
    lanes.run(parts, lambda part: (PARTS | EXTRA)[part.name](ctx, part))
    return list(parts.values())


def _stop_in_ci(ctx):
    """Leave no server behind where nobody will use it."""
    ci = os.environ.get("CI", "") not in ("", "0", "false")
    if ci and ctx.stack.started_postgres and not serve.running(ctx.settings):
        ctx.stack.postgres.stop()


def _print(parts, settings):
    failures = [line for part in parts for line in part.output]
    if failures:
        print("\n".join(["", *failures]))
    say(f"logs: {settings.logs / 'test'}")
    print(f"\n{table(parts)}", flush=True)
