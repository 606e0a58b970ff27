"""Where things are and who runs them: read once from the environment."""

import hashlib
import os
import pwd
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
# a Unix socket path holds 107 bytes; the file is SOCKET_DIR/.s.PGSQL.PORT
SOCKET_DIR_MAX = 90


@dataclass(frozen=True)
class Settings:
    """The resolved configuration of one call."""

    project: Path
    state: Path
    root: bool
    run_user: str
    http_port: int
    public_url: str
    pg_port: int
    db_host: str
    db_port: int
    db_user: str
    database: str
    odoo_home: str
    odoo_deb: str
    strict: bool
    mirror: str
    suites: tuple

    @property
    def addons(self):
        """Folder of our addons."""
        return self.project / "addons"

    @property
    def prefix(self):
        """Folder of everything unpacked from Debian packages."""
        return self.state / "prefix"

    @property
    def cache(self):
        """Folder of downloaded packages."""
        return self.state / "cache"

    @property
    def logs(self):
        """Folder of log files."""
        return self.state / "log"

    @property
    def data(self):
        """Odoo's data_dir (filestore, sessions); belongs to the run user."""
        return self.state / "data"

    @property
    def external_db(self):
        """Whether the user named a PostgreSQL of his own."""
        return bool(self.db_host)

    @property
    def socket_dir(self):
        """Folder of our PostgreSQL's socket, short enough for the kernel."""
        folder = self.state / "run"
        if len(os.fsencode(str(folder))) <= SOCKET_DIR_MAX:
            return folder
        digest = hashlib.sha256(os.fsencode(str(folder))).hexdigest()[:12]
        return Path("/tmp") / f"sajad-{os.getuid()}-{digest}"

    @property
    def drop(self):
        """Popen arguments that run a child as the run user (none unless root)."""
        if not self.root:
            return {}
        user = pwd.getpwnam(self.run_user)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def from_environment(env=os.environ, project=PROJECT, uid=None):
    """Read the settings that the environment may override."""
    root = (os.getuid() if uid is None else uid) == 0
    default_state = Path("/var/lib/sajad-odoo") if root else project / ".state"
    db_host = env.get("DATABASE_HOST", "")
    return Settings(
        project=project,
        state=Path(env.get("STATE") or default_state).absolute(),
        root=root,
        run_user=env.get("RUN_USER") or "sajad",
        http_port=int(env.get("HTTP_PORT") or 8069),
        public_url=env.get("PUBLIC_URL", "").rstrip("/"),
        pg_port=int(env.get("PG_PORT") or 54329),
        db_host=db_host,
        db_port=int(env.get("DATABASE_PORT") or (5432 if db_host else 0)),
        db_user=env.get("DATABASE_USER") or "odoo",
        database=env.get("DB") or "sajad",
        odoo_home=env.get("ODOO_HOME", ""),
        odoo_deb=env.get("ODOO_DEB", ""),
        strict=env.get("ODOO_STRICT", "") not in ("", "0"),
        mirror=env.get("DEBIAN_MIRROR", "").rstrip("/"),
        suites=tuple((env.get("ODOO_SUITES") or "sid testing").split()),
    )
