"""The files of the project's PostgreSQL server: create and configure them."""

import os
import pwd
import shutil

from .. import proc
from ..ui import Problem, say

_CONF = """
listen_addresses = ''                # Unix socket only
unix_socket_directories = '{socket}'
unix_socket_permissions = {permissions}
port = {port}
jit = off
shared_buffers = 512MB
max_connections = 200
synchronous_commit = on              # what was acknowledged is kept
wal_level = minimal
max_wal_senders = 0
max_wal_size = 4GB
"""
_INCLUDE = "include_if_exists = 'sajad.conf'"


def create(settings, binaries, data):
    """Make an empty cluster that belongs to the run user."""
    say("creating the database server's files")
    if data.exists():
        shutil.rmtree(data)
    own_folder(settings, data, 0o700)
    argv = [binaries["initdb"], "-D", data, "-U", "postgres", "-A", "peer"]
    argv += ["--auth-host=reject", "-E", "UTF8", "--locale=C.UTF-8"]
    env = binaries.environment | {"LC_ALL": "C.UTF-8"}
    proc.capture(argv, env=env, cwd="/", **settings.drop)


def configure(settings, data):
    """Write our settings anew at each start, so that ports and paths may change."""
    # as root, Odoo or psql may run as root or as the run user: the map below decides
    folder, socket = (0o755, "0777") if settings.root else (0o700, "0700")
    own_folder(settings, settings.socket_dir, folder)
    main = data / "postgresql.conf"
    if _INCLUDE not in main.read_text():
        with main.open("a") as handle:
            handle.write(f"\n{_INCLUDE}\n")
    conf = _CONF.format(
        socket=settings.socket_dir, permissions=socket, port=settings.pg_port
    )
    _put(settings, data / "sajad.conf", conf)
    _put(settings, data / "pg_ident.conf", ident_map(users(settings)))
    _put(settings, data / "pg_hba.conf", "local all all peer map=m\n")


def users(settings):
    """The system users who may connect."""
    if settings.root:
        return {"root", settings.run_user}
    return {pwd.getpwuid(os.getuid()).pw_name}


def ident_map(names):
    """Let these system users be the roles odoo and postgres, and nobody else."""
    roles = ("odoo", "postgres")
    return "".join(f"m {name} {role}\n" for name in sorted(names) for role in roles)


def _put(settings, path, text):
    path.write_text(text)
    _give(settings, path)


def _give(settings, path):
    drop = settings.drop
    if drop:
        os.chown(path, drop["user"], drop["group"])


def own_folder(settings, path, mode=0o755):
    """Make a folder that belongs to the run user."""
    path.mkdir(parents=True, exist_ok=True)
    if path.stat().st_uid not in (os.getuid(), settings.drop.get("user")):
        raise Problem(f"{path} belongs to someone else", "set STATE to another folder")
    _give(settings, path)
    path.chmod(mode)
