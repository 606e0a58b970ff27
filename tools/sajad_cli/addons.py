"""Our addons: what they are, what they need, whether they changed."""

import ast
import hashlib
import shutil
from pathlib import Path

from . import proc
from .ui import Problem, say

FALLBACK = ("portal",)
# Odoo's modules that only databases with demo data have: a bank to try payments with.
DEMO = ("payment_demo",)
_IGNORED = ("__pycache__",)


def manifest(folder):
    """The manifest of an addon as a dict."""
    path = Path(folder) / "__manifest__.py"
    try:
        return ast.literal_eval(path.read_text(encoding="utf-8"))
    except (SyntaxError, ValueError) as error:
        raise Problem(f"{path} is no plain dict: {error}", "fix the manifest") from None


def discover(folder):
    """Our installable addons as {name: manifest}, every one after what it needs."""
    found = {}
    if Path(folder).is_dir():
        for path in sorted(Path(folder).glob("*/__manifest__.py")):
            data = manifest(path.parent)
            if data.get("installable", True):
                found[path.parent.name] = data
    return {name: found[name] for name in in_order(found)}


def in_order(manifests):
    """Names of the addons, dependencies first."""
    done = []

    def visit(name):
        if name in done or name not in manifests:
            return
        for needed in manifests[name].get("depends", []):
            visit(needed)
        done.append(name)

    for name in manifests:
        visit(name)
    return done


def dependencies(manifests):
    """The foreign modules that our addons name, sorted."""
    named = {d for data in manifests.values() for d in data.get("depends", [])}
    return sorted((named | {"base", "web"}) - set(manifests))


def leaves(manifests):
    """Our addons that install themselves where what they need is installed."""
    return [name for name, data in manifests.items() if data.get("auto_install")]


def below_leaves(manifests):
    """Our addons on which others install themselves: they must do without those."""
    needed = {d for name in leaves(manifests) for d in manifests[name]["depends"]}
    return [name for name in manifests if name in needed]


def demo_modules(manifests):
    """Modules of Odoo for databases with demo data, where ours have a use for them."""
    needed = dependencies(manifests)
    return [name for name in DEMO if name.partition("_")[0] in needed]


def checksum(folder):
    """A checksum over every file of our addons (name and content)."""
    digest = hashlib.sha256()
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file() and not set(path.parts) & set(_IGNORED):
            digest.update(str(path.relative_to(folder)).encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def readable_by_run_user(settings):
    """Whether the run user can read every file of our addons."""
    argv = ["find", settings.addons, "!", "-readable", "-print", "-quit"]
    try:
        return not proc.capture(argv, cwd="/", **settings.drop).strip()
    except Problem:
        return False


def accessible(settings, purpose):
    """The folder of addons to give to Odoo.

    A clone in root's home is closed to the run user: then Odoo gets a copy, one for
    each purpose, so that a test never changes what a server is reading.
    """
    if not settings.addons.is_dir():
        return None
    if not settings.root or readable_by_run_user(settings):
        return settings.addons
    target = settings.state / "addons-copy" / purpose
    say(f"user {settings.run_user} cannot read {settings.addons}: Odoo uses a copy")
    if target.is_dir() and checksum(target) == checksum(settings.addons):
        return target
    fresh = target.with_name(target.name + ".new")
    for folder in (fresh, target):
        shutil.rmtree(folder, ignore_errors=True)
    ignore = shutil.ignore_patterns(*_IGNORED)
    shutil.copytree(settings.addons, fresh, ignore=ignore)
    for path in (fresh, *fresh.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    fresh.rename(target)
    return target
