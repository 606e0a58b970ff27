"""Node and what runs on it: rtlcss turns Odoo's styles, eslint reads our JavaScript."""

import hashlib
import os
import shutil
from pathlib import Path

from .. import proc
from ..ui import Problem, say
from . import venvs


def machine_node(settings):
    """The folder of the machine's node and npm, if the run user may use them."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        return None
    test = "process.exit(parseInt(process.versions.node) >= 16 ? 0 : 1)"
    if not proc.succeeds([node, "-e", test], cwd="/", **settings.drop):
        return None
    return Path(node).parent


def find_node(settings):
    """A folder with node and npm: the machine's, else a wheel with Node's own build."""
    folder = machine_node(settings)
    if folder:
        return folder
    requirements = settings.project / "tools/requirements-node.txt"
    return venvs.ensure(settings.state / "venv-node", requirements) / "bin"


def ensure(settings):
    """Install rtlcss; return the folders for PATH."""
    why = "rtlcss (needed for right-to-left styles)"
    return _install(settings, settings.project, "node", why)


def ensure_eslint(settings):
    """Install eslint and prettier; return the folders for PATH."""
    sources = settings.project / "tools/eslint"
    return _install(settings, sources, "node-eslint", "eslint (needed for the checks)")


def _install(settings, sources, name, why):
    """Install the npm packages that a folder pins; return the folders for PATH."""
    target = settings.state / name
    files = [sources / n for n in ("package.json", "package-lock.json")]
    node = find_node(settings)
    text = b"".join(p.read_bytes() for p in files) + os.fsencode(str(node))
    want, mark = hashlib.sha256(text).hexdigest(), target / ".stamp"
    path = [target / "node_modules/.bin", node]
    if mark.exists() and mark.read_text() == want:
        return path
    say(f"node packages: {why.partition(' ')[0]}")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for file in files:
        shutil.copy(file, target)
    env = os.environ | {"PATH": f"{node}:{os.environ['PATH']}"}
    flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        proc.capture([node / "npm", "ci", *flags], env=env, cwd=target)
    except Problem as problem:
        raise Problem(
            f"npm could not install {why}",
            *problem.hints,
            "no npm registry? set npm_config_registry to a mirror of yours",
        ) from None
    mark.write_text(want)
    return path
