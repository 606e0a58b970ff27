"""The verb ``translate``: write the translation files of our addons anew."""

import argparse
import os
import subprocess
from pathlib import Path

from ..testrun import context, part_i18n
from ..ui import Problem, say


def main(settings, argv):
    """Export the terms of all addons and translate them with what we have."""
    parser = argparse.ArgumentParser(prog="./sajad translate")
    parser.set_defaults(tags="", demo=False)
    ctx = context.make(settings, parser.parse_args(argv), "translate")
    if not ctx.own:
        raise Problem("there are no addons to translate", f"none in {settings.addons}")
    ctx.databases.sweep()
    try:
        folder = export_all(ctx)
    finally:
        ctx.databases.close()
    code = fill(ctx.dev, settings.addons, folder)
    say("fill the empty terms of i18n/fa.po" if code else "everything is translated")
    return code


def export_all(ctx):
    """Export the terms of all addons; return the folder of the files."""
    for old in part_i18n.pot_file(ctx, "x").parent.glob("*.pot"):
        old.unlink()  # of addons that are gone
    for module in ctx.modules:
        pot, problem = part_i18n.export(ctx, module, ctx.databases.ours(False))
        if problem:
            raise Problem(f"the terms of {module} could not be exported", problem)
    return pot.parent


def fill(venv, addons, folder):
    """Run the compendium in the environment of the tools; return its exit code."""
    argv = [venv / "bin/python", "-m", "sajad_cli.verbs.compendium", addons, folder]
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run([str(a) for a in argv], env=env, cwd="/").returncode
