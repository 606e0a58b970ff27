"""Put everything together: from a bare machine to an Odoo that can be called."""

import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path

from . import addons, proc
from .database.databases import Databases
from .database.postgres import Postgres
from .machine import directory, node, odoo_tree, scans, syslibs, venvs
from .machine.archives import Archives
from .odoo import Odoo
from .ui import Problem, say

NEEDED_GB = 4


@dataclass
class Stack:
    """A prepared machine."""

    settings: object
    postgres: Postgres
    tree: odoo_tree.OdooTree
    venv: Path
    path: tuple
    extra_env: dict
    started_postgres: bool = False
    archives: Archives | None = None

    def odoo(self, purpose, data=None):
        """The way to call Odoo for one purpose (``run`` or ``test``)."""
        name = "odoo.conf" if purpose == "run" else f"odoo-{purpose}.conf"
        odoo = Odoo(
            settings=self.settings,
            tree=self.tree,
            venv=self.venv,
            postgres=self.postgres,
            addons=addons.accessible(self.settings, purpose),
            data=data or self.settings.data,
            conf=self.settings.state / name,
            path=tuple(self.path),
            extra_env=self.extra_env,
            # Odoo's own tests expect the order of bytes
            template=self.postgres.template if purpose == "run" else "template1",
        )
        odoo.write_conf()
        return odoo

    def databases(self, data=None):
        """The databases whose files lie below a data folder."""
        return Databases(self.settings, self.postgres, data or self.settings.data)


def _service_user(settings):
    """As root: have a system user that Odoo and PostgreSQL run as."""
    try:
        pwd.getpwnam(settings.run_user)
    except KeyError:
        argv = ["/usr/sbin/useradd", "--system", "--no-create-home"]
        argv += ["--home-dir", settings.state, "--shell", "/usr/sbin/nologin"]
        proc.capture([*argv, "--user-group", settings.run_user])


def _check_reachable(settings):
    """The run user must get through to the state (not so below /root)."""
    if settings.root and not proc.succeeds(
        ["test", "-x", settings.state], cwd="/", **settings.drop
    ):
        raise Problem(
            f"user {settings.run_user} cannot enter {settings.state}",
            "set STATE to a folder outside private homes, such as /var/lib/sajad-odoo",
        )


def make_state(settings):
    """Create the state folder and its parts."""
    if settings.root:
        os.umask(0o022)
        _service_user(settings)
    folders = (settings.state, settings.prefix, settings.cache, settings.logs)
    try:
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
    except PermissionError as error:
        raise Problem(
            f"cannot write {error.filename}",
            "set STATE to a folder of yours, or run as the user who owns it",
        ) from None
    _check_reachable(settings)


def _check_space(settings):
    free = shutil.disk_usage(settings.state).free / 1e9
    if free < NEEDED_GB and not (settings.state / "venv/.stamp").exists():
        raise Problem(
            f"{settings.state} has {free:.1f} GB free, {NEEDED_GB} GB are needed",
            "make room, or set STATE to a folder on a larger disk",
        )


def _check_tools(settings):
    if settings.odoo_home and settings.external_db:
        return
    lacking = [t for t in ("dpkg-deb", "apt-get") if not shutil.which(t)]
    if lacking:
        raise Problem(
            f"this machine has no {' and no '.join(lacking)}: not a Debian",
            "name what you have: ODOO_HOME=/path/odoo DATABASE_HOST=… ./sajad …",
        )


def prepare(settings):
    """Fetch, unpack and start what is not there yet (seconds when all is)."""
    make_state(settings)
    with proc.locked(settings.state / ".setup.lock", "setup"):
        _check_tools(settings)
        _check_space(settings)
        archives = Archives(settings)
        tree = odoo_tree.find(settings, archives)
        venv = venvs.odoo_environment(settings, tree)
        path = node.ensure(settings)
        extra_env = syslibs.ensure(settings, archives)
        site = venvs.site_packages(venv)
        extra_env = directory.ensure_client(settings, archives, venv, site, extra_env)
        path, extra_env = scans.ensure(settings, archives, path, extra_env)
        postgres = Postgres(settings, archives)
        started = postgres.start()
    if started:
        say(f"PostgreSQL is up in {postgres.host}")
    return Stack(settings, postgres, tree, venv, path, extra_env, started, archives)
