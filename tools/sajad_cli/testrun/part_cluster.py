"""Part ``cluster``: what config/ describes, for one machine and several; its faults."""

from ..cluster.cluster import Cluster
from ..cluster.single import Single
from ..proc import server_port
from . import cluster_faults, crowd_stories, front_stories
from . import spare as spare_module
from .approvals import LOST
from .cluster_client import Person
from .front_stories import DATABASE, OFFICER, expect, sign_in

ROUNDS = 60
# seconds that a request may take, so that one that hangs is ended soon
LIMIT = 20


def run(ctx, part):
    """Start it with work to do, tell the stories, then let its parts fall."""
    if ctx.settings.external_db:
        part.tell("a PostgreSQL of yours is not copied into a cluster")
        return
    folder = ctx.settings.state / "cluster-test"
    with ctx.databases.copy(False, "cluster") as source:
        script = ctx.settings.project / "tests/cluster/fill.py"
        text = spare_module.run_shell(
            ctx.odoo, script, ctx.logs / "cluster-fill.log", source
        )
        tasks = [int(word) for word in text.rpartition("TASKS")[2].split()]
        single, cluster = (
            kind(ctx.stack, ctx.odoo, folder, server_port(), rate=500, limit=LIMIT)
            for kind in (Single, Cluster)
        )
        common = front_stories.STORIES | crowd_stories.STORIES
        with single.running(source):
            _tell(part, "one machine", common, single)
        with cluster.running(source):
            _tell(part, "several", STORIES | common, cluster)
            cluster_faults.check(part, cluster, tasks)
        part.check("all of it ends", list(cluster.processes().values()))


def _tell(part, kind, stories, cluster):
    for name, story in stories.items():
        try:
            note, wrong = story(cluster), []
        except (*LOST, KeyError, ValueError, AssertionError) as error:
            note, wrong = "", [repr(error)]
        part.check(f"{kind}: {name}", wrong, note or "")


def _nodes(cluster, person):
    return [person.at(cluster.ports[name].http) for name in ("web1", "web2")]


# ------------------------------------------------------------
# STORIES
# ------------------------------------------------------------


def _one_session(cluster):
    """Whoever signed in at one node is known to the others."""
    first = Person.at(sign_in(cluster), cluster.ports["web1"].http)
    first.cookie = ""
    values = {"db": DATABASE, "login": OFFICER[0], "password": OFFICER[1]}
    first.post("/web/session/authenticate", values)
    for name in ("web2", "work"):
        other = Person.at(first, cluster.ports[name].http)
        found = other.post("/web/session/get_session_info", {})
        expect(found["username"] == OFFICER[0], f"{name} does not know the session")


def _read_at_once(cluster):
    """What was saved at one node is found at the other in the next moment."""
    first, second = _nodes(cluster, sign_in(cluster))
    missed = 0
    for number in range(ROUNDS):
        values = {"name": f"cluster {number}", "model_id": "sajad.task"}
        saved = first.call("ir.filters", "create", [values])
        domain = [["id", "in", saved]]
        missed += len(second.call("ir.filters", "search_read", domain, ["name"])) != 1
        first, second = second, first
    expect(not missed, f"{missed} of {ROUNDS} were not found")
    return f"{ROUNDS} of {ROUNDS}"


def _reports_read_the_replica(cluster):
    """The figures of reports come from the replica, and nothing else does."""
    person = sign_in(cluster)
    before = _reads(cluster)
    person.call("sajad.task", "search_read", [], ["id"])
    person.call("sajad.task", "search_count", [])
    expect(_reads(cluster) == before, "work was read from the replica")
    person.call("sajad.report.request", "search_read", [], ["id"])
    expect(_is_asked(cluster), "a report was not read from the replica")


def _reads(cluster):
    """The connections of Odoo to the replica, and what they last asked."""
    sql = "SELECT count(*), max(state_change) FROM pg_stat_activity"
    return cluster.replica.query(f"{sql} WHERE usename = 'sajad'", "postgres")


def _is_asked(cluster):
    sql = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'sajad'"
    sql += " AND state_change > now() - interval '10 seconds'"
    return int(cluster.replica.query(sql, "postgres")) > 0


STORIES = {
    "signed in at one node, known to all": _one_session,
    "saved at one node, read at once at the other": _read_at_once,
    "reports read the replica, work does not": _reports_read_the_replica,
}
