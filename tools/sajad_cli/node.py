"""Node and rtlcss: Odoo turns its styles right-to-left with them."""

import hashlib
import os
import shutil
from pathlib import Path

from . import proc, venvs
from .ui import Problem, say


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
    """Install the pinned npm packages; return the folders for PATH."""
    target = settings.state / "node"
    sources = [settings.project / n for n in ("package.json", "package-lock.json")]
    node = find_node(settings)
    text = b"".join(p.read_bytes() for p in sources) + os.fsencode(str(node))
    want, mark = hashlib.sha256(text).hexdigest(), target / ".stamp"
    path = [target / "node_modules/.bin", node]
    if mark.exists() and mark.read_text() == want:
        return path
    say("node packages (rtlcss)")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for source in sources:
        shutil.copy(source, target)
    env = os.environ | {"PATH": f"{node}:{os.environ['PATH']}"}
    flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        proc.capture([node / "npm", "ci", *flags], env=env, cwd=target)
    except Problem as problem:
        raise Problem(
            "npm could not install rtlcss (needed for right-to-left styles)",
            *problem.hints,
            "no npm registry? set npm_config_registry to a mirror of yours",
        ) from None
    mark.write_text(want)
    return path
