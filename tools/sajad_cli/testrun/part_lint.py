"""Part ``lint``: everything that can be said without a database."""

import os
import subprocess

from ..checks import arrows, house, odoo20, pocheck, sources, style


def run(ctx, part):
    """Style, OCA checks, old idioms, translations, and this command's own tests."""
    dev = ctx.dev / "bin"
    command(part, "style (ruff check)", [dev / "ruff", "check", "."], ctx)
    command(part, "format (ruff format)", [dev / "ruff", "format", "--check", "."], ctx)
    _own_tests(ctx, part)
    part.check("forbidden texts", sources.findings(ctx.settings.project))
    if not ctx.own:
        part.tell("there are no addons of ours")
        return
    addons = ctx.settings.addons
    rc = ctx.settings.project / ".pylintrc-mandatory"
    argv = [dev / "pylint", f"--rcfile={rc}", *ctx.modules]
    command(part, "pylint-odoo", argv, ctx, addons)
    manifests = [addons / m / "__manifest__.py" for m in ctx.modules]
    # Markdown, as everywhere in this project
    argv = [dev / "oca-checks-odoo-module", "--disable=prefer-readme-rst", *manifests]
    command(part, "OCA module checks", argv, ctx)
    _house(ctx, part)
    _javascript(ctx, part)
    _translations(ctx, part, dev)
    _old_idioms(ctx, part)


def command(part, name, argv, ctx, cwd=None, env=None):
    """A check that is a program: it passes with exit code 0."""
    done = _call(argv, cwd or ctx.settings.project, env)
    if done.returncode:
        text = (done.stdout + done.stderr).strip() or f"exit code {done.returncode}"
        return part.check(name, text.splitlines())
    return part.check(name, [])


def _call(argv, cwd, env=None):
    env = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"} | (env or {})
    return subprocess.run(
        [str(a) for a in argv],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


def _own_tests(ctx, part):
    """The tests of this command, with plain unittest."""
    project = ctx.settings.project
    # with the tools of development: clocks, flows and texts are tried by hypothesis
    python = ctx.dev / "bin/python"
    argv = [python, "-m", "unittest", "discover", "-s", "tests/cli", "-t", "tests/cli"]
    done = _call(argv, project, {"PYTHONPATH": str(project / "tools")})
    part.unittest("tests of the command itself", done.returncode, done.stderr)


def _house(ctx, part):
    """How the addons are built (CONTRIBUTING, "How the house is built")."""
    addons, project = ctx.settings.addons, ctx.settings.project
    wrong = arrows.against_plan(ctx.manifests)
    wrong += arrows.wrong_arrows(addons, ctx.manifests)
    part.check("arrows between addons", wrong)
    classes = house.model_classes(addons)
    part.check("no addon overrides itself", house.overrides(classes))
    part.check("re-openings of own models", house.too_many_reopenings(classes))
    part.check("sizes of files", house.sizes(addons))
    part.check("elevations in the engine", house.elevations(addons))
    rows = (project / "docs/specification.md").read_text(encoding="utf-8")
    part.check("rows of the specification", house.unknown_rows(addons, rows))


def _javascript(ctx, part):
    names = ("JavaScript (eslint, prettier)", "JavaScript (Odoo's test_lint)")
    calls = style.eslint(ctx.settings, ctx.stack.tree)
    for name, (argv, env) in zip(names, calls, strict=True):
        command(part, name, argv, ctx, env=env)


def _translations(ctx, part, dev):
    folder = ctx.settings.addons
    files = sorted(p for m in ctx.modules for p in (folder / m).glob("i18n/*.po*"))
    if files:
        argv = [dev / "oca-checks-po", *files]
        command(part, "OCA translation checks", argv, ctx)
    for module in ctx.modules:
        wrong = pocheck.call(ctx.dev, "-", folder / module / "i18n/fa.po")
        part.check(f"Persian of {module} is complete", wrong)


def _old_idioms(ctx, part):
    """Odoo's own rewriting scripts as a check: they must find nothing to rewrite."""
    argv = [ctx.stack.venv / "bin/python", ctx.odoo.script, "upgrade_code"]
    argv += ["--addons-path", ctx.settings.addons, "--from", "17.0"]
    argv += ["--glob", "sajad_*/**/*", "--dry-run"]
    done = _call(argv, ctx.settings.project, ctx.odoo.env)
    wrong = [f"would be rewritten: {line}" for line in done.stdout.splitlines() if line]
    if done.returncode and not wrong:
        wrong = done.stderr.splitlines()[-10:] or [f"exit code {done.returncode}"]
    part.check("old idioms (upgrade_code)", wrong)
    part.check("names that Odoo 20 dropped", odoo20.findings(ctx.settings.project))
