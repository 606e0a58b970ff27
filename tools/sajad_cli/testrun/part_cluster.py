"""Part ``cluster``: what config/ describes for several machines, and its faults."""

import base64
import json
import os
from concurrent.futures import ThreadPoolExecutor

from ..cluster.cluster import Cluster
from ..proc import server_port
from ..ui import Problem
from . import cluster_faults
from . import spare as spare_module
from .approvals import LOST
from .cluster_client import Listener, Page, Person, fetch

DATABASE = "sajad"
OFFICER = ("cluster_officer", "cluster_officer")
STUDENT = ("cluster_student", "cluster_student")
ROUNDS = 60
CROWD = 80  # who come in the same moment
LIE = "203.0.113.9"  # an address that no client here has
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
        cluster = Cluster(
            ctx.stack, ctx.odoo, folder, server_port(), rate=500, limit=LIMIT
        )
        with cluster.running(source):
            for name, story in STORIES.items():
                _tell(part, name, story, cluster)
            cluster_faults.check(part, cluster, tasks)
        part.check("all of it ends", list(cluster.processes().values()))


def _tell(part, name, story, cluster):
    try:
        note, wrong = story(cluster), []
    except (*LOST, KeyError, ValueError, AssertionError) as error:
        note, wrong = "", [repr(error)]
    part.check(name, wrong, note or "")


def _expect(is_right, text):
    if not is_right:
        raise Problem(text)


def _officer(cluster):
    return Person(cluster.port, DATABASE, *OFFICER)


def _nodes(cluster, person):
    return [person.at(cluster.ports[name].http) for name in ("web1", "web2")]


# ------------------------------------------------------------
# STORIES
# ------------------------------------------------------------


def _one_session(cluster):
    """Whoever signed in at one node is known to the others."""
    first = Person.at(_officer(cluster), cluster.ports["web1"].http)
    first.cookie = ""
    values = {"db": DATABASE, "login": OFFICER[0], "password": OFFICER[1]}
    first.post("/web/session/authenticate", values)
    for name in ("web2", "work"):
        other = Person.at(first, cluster.ports[name].http)
        found = other.post("/web/session/get_session_info", {})
        _expect(found["username"] == OFFICER[0], f"{name} does not know the session")


def _read_at_once(cluster):
    """What was saved at one node is found at the other in the next moment."""
    first, second = _nodes(cluster, _officer(cluster))
    missed = 0
    for number in range(ROUNDS):
        values = {"name": f"cluster {number}", "model_id": "sajad.task"}
        saved = first.call("ir.filters", "create", [values])
        domain = [["id", "in", saved]]
        missed += len(second.call("ir.filters", "search_read", domain, ["name"])) != 1
        first, second = second, first
    _expect(not missed, f"{missed} of {ROUNDS} were not found")
    return f"{ROUNDS} of {ROUNDS}"


def _reports_read_the_replica(cluster):
    """The figures of reports come from the replica, and nothing else does."""
    person = _officer(cluster)
    before = _reads(cluster)
    person.call("sajad.task", "search_read", [], ["id"])
    person.call("sajad.task", "search_count", [])
    _expect(_reads(cluster) == before, "work was read from the replica")
    person.call("sajad.report.request", "search_read", [], ["id"])
    _expect(_is_asked(cluster), "a report was not read from the replica")


def _reads(cluster):
    """The connections of Odoo to the replica, and what they last asked."""
    sql = "SELECT count(*), max(state_change) FROM pg_stat_activity"
    return cluster.replica.query(f"{sql} WHERE usename = 'sajad'", "postgres")


def _is_asked(cluster):
    sql = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'sajad'"
    sql += " AND state_change > now() - interval '10 seconds'"
    return int(cluster.replica.query(sql, "postgres")) > 0


def _file(cluster):
    """A file that came in at one node is sent by nginx, whichever node is asked."""
    person = _officer(cluster)
    first, second = _nodes(cluster, person)
    data = os.urandom(200_000)
    values = {"name": "scan.bin", "datas": base64.b64encode(data).decode()}
    (number,) = first.call("ir.attachment", "create", [values])
    path = f"/web/content/{number}"
    named = fetch(second, path).headers.get("X-Accel-Redirect")
    _expect(named, "the node sends the file itself")
    for _time in range(4):
        _expect(fetch(person, path).body == data, "nginx sends another file")
    closed = fetch(person, named)
    _expect(closed.status == 404, f"{named} is open: {closed.status}")


def _news(cluster):
    """Whoever waits at one node hears what happened at the other."""
    first, second = _nodes(cluster, _officer(cluster))
    port = cluster.ports["web2"].websocket
    with Listener(second, port) as listener:
        (user,) = first.call("res.users", "search", [["login", "=", OFFICER[0]]])
        settings = first.call(
            "res.users.settings", "search", [["user_id", "=", user]]
        ) or first.call("res.users.settings", "create", [{"user_id": user}])
        change = {"is_discuss_sidebar_category_chat_open": False}
        first.call("res.users.settings", "set_res_users_settings", settings, change)
        listener.hear("res.users.settings")


def _student(cluster):
    """A student signs in by the form and reads the own request."""
    person = Person(cluster.port, DATABASE, *STUDENT)
    page = fetch(person, "/my/requests")
    _expect(page.status == 200, f"/my/requests: {page.status}")
    _expect("Process cluster" in page.text, "the request is not on the page")


def _closed(cluster):
    """Routes that nobody needs are closed; the cookie is marked; no header is lost."""
    person = _officer(cluster)
    for path in ("/web/database/manager", "/xmlrpc/2/common", "/jsonrpc"):
        page = fetch(person, path)
        _expect(page.status == 404, f"{path}: {page.status}")
    person.cookie = ""
    headers = fetch(person, "/web/login").headers
    cookie = headers.get("Set-Cookie", "").lower()
    for mark in ("httponly", "secure", "samesite=lax"):
        _expect(mark in cookie, f"the cookie is not {mark}")
    for name in ("Strict-Transport-Security", "X-Frame-Options", "Referrer-Policy"):
        _expect(headers.get(name), f"no header {name}")


def _address(cluster):
    """Who asks is what nginx sees, never what the client says of itself."""
    values = {"db": DATABASE, "login": OFFICER[0], "password": OFFICER[1]}
    page = fetch(
        _officer(cluster),
        "/web/session/authenticate",
        "POST",
        json.dumps({"params": values}),
        {"Content-Type": "application/json", "X-Forwarded-For": LIE, "X-Real-IP": LIE},
    )
    _expect(page.status == 200, f"status {page.status}")
    for name in ("web1", "web2"):
        log = cluster.folder / f"log/{name}.log"
        _expect(LIE not in log.read_text(), f"{name} believes the client")


def _large(cluster):
    """A body that is too large is refused unread, in Persian."""
    person = _officer(cluster)
    page = fetch(person, "/web/login", "POST", b"x" * (33 * 1024**2))
    _expect(page.status == 413, f"33 MB: {page.status}")
    _expect("بازگردید" in page.text, f"33 MB: {page.text[:200]}")


def _crowd(cluster):
    """More than the nodes let wait: the others read so, and no node is left out."""
    person = _officer(cluster)
    with ThreadPoolExecutor(CROWD) as pool:
        pages = list(pool.map(lambda _n: fetch(person, "/my"), range(CROWD)))
    for page in pages:
        if page.status != 200:
            _expect_page(page, "خودش دوباره باز می‌شود")
    answered = sum(page.status == 200 for page in pages)
    _expect(answered >= cluster.most_waiting, f"only {answered} were answered")
    _expect(fetch(person, "/my").status == 200, "nobody answers after the crowd")
    log = (cluster.folder / "log/nginx.log").read_text()
    _expect("timed out" not in log, "a node was taken for dead")
    return f"{answered} of {CROWD} answered at once"


def _busy(cluster):
    """With all nodes away, nginx says so in Persian; what was sent is another page."""
    person = _officer(cluster)
    nodes = [cluster.programs[name] for name in ("web1", "web2")]
    for node in nodes:
        node.kill()
    try:
        read, sent = (fetch(person, "/my", method) for method in ("GET", "POST"))
    finally:
        for node in nodes:
            node.start()
        for node in nodes:
            node.wait()
    _expect_page(read, "خودش دوباره باز می‌شود")
    _expect_page(sent, "پیش از ارسال دوباره")
    _expect("refresh" not in sent.text, "what was sent is sent again")
    _expect_back(person)


def _expect_page(page: Page, text):
    _expect(page.status == 503, f"status {page.status}")
    _expect(text in page.text, f"another page: {page.text[:200]}")
    _expect(page.headers.get("Retry-After"), "no Retry-After")


def _expect_back(person):
    """The session that was there before is there again."""
    found = person.post("/web/session/get_session_info", {})
    _expect(found["username"] == OFFICER[0], "the session is lost")


STORIES = {
    "signed in at one node, known to all": _one_session,
    "saved at one node, read at once at the other": _read_at_once,
    "reports read the replica, work does not": _reports_read_the_replica,
    "a file of one node, sent for the other": _file,
    "news of one node, heard at the other": _news,
    "a student's requests": _student,
    "closed routes, marks of the cookie, headers": _closed,
    "the address of the client": _address,
    "a body that is too large": _large,
    "a crowd at once": _crowd,
    "all nodes away: a page in Persian": _busy,
}
