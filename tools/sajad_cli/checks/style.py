"""One style: ruff on Python, Odoo's own rules of eslint and prettier on JavaScript."""

import os
import subprocess

from ..machine import node, odoo_tree, venvs
from ..machine.archives import Archives
from . import sources

# the first has the style and what is good; the second what breaks in Odoo
_RULES = ("web/tooling/_eslintrc.json", "test_lint/tests/eslintrc")


def javascript(project):
    """Our JavaScript; code of others lies in a folder ``static/lib``."""
    names = [name for name in sources.files(project) if name.startswith("addons/")]
    return [n for n in names if n.endswith(".js") and "/static/lib/" not in n]


def rule_files(tree):
    """Odoo's two files of rules, wherever this Odoo keeps its addons."""
    return [
        next(folder / rules for folder in tree.addons if (folder / rules).is_file())
        for rules in _RULES
    ]


def eslint(settings, tree, *options):
    """The calls of eslint, one for each file of rules: [(arguments, environment)]."""
    path = node.ensure_eslint(settings)
    env = {"PATH": ":".join([*map(str, path), os.environ["PATH"]])}
    argv = [path[0] / "eslint", "--no-eslintrc", "--no-ignore", "--max-warnings=0"]
    argv += ["--resolve-plugins-relative-to", path[0].parent, *options]
    names = javascript(settings.project)
    return [([*argv, "-c", rules, *names], env) for rules in rule_files(tree)]


def mend(settings):
    """Format our files and print what is left to mend; 1 when there is something."""
    tree = odoo_tree.find(settings, Archives(settings))
    ruff = venvs.dev_environment(settings) / "bin/ruff"
    calls = [([ruff, "check", "--fix", "."], {}), ([ruff, "format", "."], {})]
    calls += eslint(settings, tree, "--fix")
    codes = [
        subprocess.run(
            [str(a) for a in argv], cwd=settings.project, env=os.environ | env
        ).returncode
        for argv, env in calls
    ]
    return 1 if any(codes) else 0
