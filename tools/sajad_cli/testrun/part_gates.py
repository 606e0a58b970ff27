"""Part ``gates``: Odoo's own checks of whatever is installed, pointed at our addons."""

import shutil

from ..machine import venvs
from .part_lint import command

_REGISTRY_TESTS = (
    "/base:TestEveryModel",
    "/base:TestOverrides",
    "/base:TestModelDeprecations",
    "/base:TestInvisibleField",
    "migration/base:TestAllViews",
    "render_all_views/base:TestRenderAllViews",
)
# these two lint all of Odoo; the first runs below on our addons alone
_LINT_TAGS = "/test_lint,-:TestPyLint,-:TestESLint"
_CLICK_TAG = "sajad_click_all"
_PYLINT_CHECKS = (
    "used-before-assignment",
    "undefined-variable",
    "eval-used",
    "unreachable",
    "function-redefined",
    "sql-injection",
    "missing-gettext",
    "gettext-variable",
    "gettext-placeholders",
    "gettext-repr",
    "raise-unlink-override",
)
_PYLINT_PLUGINS = (
    "_pylint_path_setup",
    "pylint.extensions.bad_builtin",
    "_odoo_checker_sql_injection",
    "_odoo_checker_gettext",
    "_odoo_checker_unlink_override",
)

_BORROWED = ("astroid", "dill", "isort", "mccabe", "pygments", "pylint", "tomlkit")


def run(ctx, part):
    """Registry-wide tests, every menu clicked, Odoo's lint and its pylint plugins."""
    _registry(ctx, part)
    _click_all(ctx, part)
    _test_lint(ctx, part)
    if ctx.own:
        _pylint(ctx, part)


def _registry(ctx, part):
    with ctx.databases.copy(True, "registry") as name:
        tags = ",".join(_REGISTRY_TESTS)
        ctx.odoo_tests(part, "registry-wide tests", name, tags, ["base"])


def _click_all(ctx, part):
    """Every menu and view, for each addon whose tests bring the clicking."""
    modules = [m for m in ctx.modules if _clicks(ctx.settings.addons / m / "tests")]
    if not modules:
        part.tell(f"no addon has tests tagged {_CLICK_TAG}")
        return
    with ctx.databases.copy(True, "click") as name:
        ctx.odoo_tests(part, "click everywhere", name, _CLICK_TAG, modules)


def _clicks(tests):
    return any(_CLICK_TAG in p.read_text(encoding="utf-8") for p in tests.rglob("*.py"))


def _test_lint(ctx, part):
    with ctx.databases.copy(False, "lint") as name:
        borrowed = _borrow(ctx)
        path = f"{borrowed / 'bin'}:{ctx.odoo.env['PATH']}"
        env = {"PYTHONPATH": str(borrowed / "lib"), "PATH": path}
        names = ("test_lint",)
        ctx.odoo_tests(
            part, "test_lint", name, _LINT_TAGS, names, install=names, env=env
        )


def _borrow(ctx):
    """A folder with pylint out of the environment of the tools.

    Odoo's tests import it; the rest of that environment must not shadow Odoo's own.
    """
    folder = ctx.settings.state / "borrowed"
    site = venvs.site_packages(ctx.dev)
    links = {f"lib/{name}": site / name for name in _BORROWED}
    links["bin/pylint"] = ctx.dev / "bin/pylint"
    shutil.rmtree(folder, ignore_errors=True)
    for name, target in links.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(target)
    return folder


def _pylint(ctx, part):
    tests = ctx.stack.tree.package / "addons/test_lint/tests"
    if not tests.is_dir():  # a checkout keeps it elsewhere
        tests = ctx.stack.tree.addons[-1] / "test_lint/tests"
    env = {
        "PYTHONPATH": f"{tests}:{ctx.stack.tree.root}",
        "ADDONS_PATH": str(ctx.settings.addons),
    }
    argv = [ctx.dev / "bin/pylint", "--rcfile=/dev/null", "--score=n", "--reports=n"]
    argv += ["--disable=all,useless-option-value,unknown-option-value"]
    argv += [f"--enable={','.join(_PYLINT_CHECKS)}"]
    argv += [f"--load-plugins={','.join(_PYLINT_PLUGINS)}", "--bad-functions=input"]
    # tests have no texts and no SQL of clients; ruff and pylint-odoo read them, too
    argv += ["--ignore=tests"]
    argv += [ctx.settings.addons / m for m in ctx.modules]
    command(part, "Odoo's pylint plugins", argv, ctx, env=env)
