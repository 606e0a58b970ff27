"""Opens the registry of a database, as a server that is only asked by this process."""

import socket
import sys

import odoo
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config


def say(text=""):
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def open_registry(conf, database, options=()):
    """Return the registry of `database`; it must be one that is made for this.

    :raise SystemExit: the name does not say that the database may be filled
    """
    if not database.startswith("bench"):
        raise SystemExit("The name of the database has to begin with bench.")
    arguments = ["-d", database, "--log-level=warn", "--max-cron-threads=0", *options]
    if conf:
        arguments = ["-c", conf, *arguments]
    config.parse_config(arguments, setup_logging=True)
    odoo.modules.module.initialize_sys_path()
    return Registry(database)


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def superuser(cr):
    return api.Environment(cr, SUPERUSER_ID, {"lang": "en_US", "tz": "Asia/Tehran"})


def vacuum(registry, *tables):
    """Leave tables as autovacuum does: visible to index-only scans, with figures."""
    with registry.cursor() as cr:
        cr.commit()
        cr._cnx.autocommit = True
        for table in tables:
            cr.execute(f"VACUUM ANALYZE {table}")
        cr._cnx.autocommit = False
