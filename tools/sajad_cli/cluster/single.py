"""One machine: Odoo beside PostgreSQL, which it asks on the socket, behind nginx."""

from ..ui import say
from .cluster import Cluster
from .server import ROLE


class Single(Cluster):
    """What config/ describes for one machine, with a copy of a database."""

    nodes = {"odoo": "odoo.conf"}
    people, jobs = ("odoo",), "odoo"

    def _databases(self, source):
        say("one machine: PostgreSQL, with a copy of the database")
        self.primary.create()
        self.primary.configure_alone()
        self.primary.start()
        self.primary.run_file(self.settings.project / "config/postgresql/create.sql")
        self._copy(source)

    def _pool(self):
        """Odoo asks PostgreSQL itself."""

    def _places(self, name):
        return {"db_host": self.primary.socket, "db_port": self.primary.port}

    def backup_env(self):
        """Nothing but what this place needs: the unit asks on the socket."""
        where = {"PGHOST": str(self.primary.socket), "PGPORT": str(self.primary.port)}
        return where | {"PGUSER": ROLE}

    def upstreams(self):
        """The file that tells nginx where Odoo is, and what is adapted in it."""
        ports = self.ports["odoo"]
        return "one.conf", {
            "max_conns=70": f"max_conns={self.most_waiting}",
            "127.0.0.1:8069": f"127.0.0.1:{ports.http}",
            "127.0.0.1:8072": f"127.0.0.1:{ports.websocket}",
        }
