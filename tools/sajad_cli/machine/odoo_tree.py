"""The Odoo that is used: the unpacked package or a checkout named by ODOO_HOME."""

import ast
from dataclasses import dataclass
from pathlib import Path

from ..ui import Problem, say
from .odoo_deb import OdooPackage, read_lock

WANTED = (19, 0)


@dataclass(frozen=True)
class OdooTree:
    """Where the code of Odoo lies."""

    root: Path  # folder that holds the Python package `odoo`
    addons: tuple  # folders of Odoo's own addons, in addons_path order
    version: str

    @property
    def package(self):
        """Folder of the Python package itself."""
        return self.root / "odoo"


def version_info(release_file):
    """The tuple ``version_info`` of an odoo/release.py, read without running it."""
    tree = ast.parse(Path(release_file).read_text())
    names = {"ALPHA": "alpha", "BETA": "beta", "RELEASE_CANDIDATE": "rc", "FINAL": ""}
    for node in tree.body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "version_info":
            items = node.value.elts
            return tuple(
                e.value if isinstance(e, ast.Constant) else names.get(e.id, "")
                for e in items
            )
    return ()


def from_home(home):
    """The tree of a checkout (or an unpacked package) of 19.0."""
    home = Path(home).absolute()
    for root in (home, home / "usr/lib/python3/dist-packages", home.parent):
        release = root / "odoo/release.py"
        if release.is_file():
            break
    else:
        raise Problem(
            f"ODOO_HOME={home} holds no odoo/release.py",
            "name the top folder of an Odoo 19.0 checkout",
        )
    info = version_info(release)
    if info[:2] != WANTED:
        raise Problem(f"ODOO_HOME={home} is Odoo {info}, this project needs 19.0")
    addons = [root / "odoo/addons"]
    # only a checkout has real addons beside `odoo`; Debian leaves hollow ones there
    if (root / "addons/web/__manifest__.py").is_file():
        addons.append(root / "addons")
    say(f"using Odoo from {root}")
    return OdooTree(root, tuple(addons), f"{info[0]}.{info[1]}-{root}")


def find(settings, archives):
    """The tree to use, fetched and unpacked when needed."""
    if settings.odoo_home:
        return from_home(settings.odoo_home)
    lock = read_lock(settings.project / "tools/odoo.lock")
    root = OdooPackage(settings, archives, lock).unpack()
    version = root.parents[3].name.removeprefix("odoo-")
    return OdooTree(root, (root / "odoo/addons",), version)
