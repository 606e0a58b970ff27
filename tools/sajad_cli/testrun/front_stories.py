"""What nginx of config/ does for people, before one machine or several."""

import base64
import http.client
import json
import os
import re

from .. import proc
from ..cluster.front import PROXY
from ..cluster.written import adapt
from ..database.pg_cluster import own_folder
from ..ui import Problem
from .cluster_client import Listener, Person, fetch, trusting

DATABASE = "sajad"
OFFICER = ("cluster_officer", "cluster_officer")
STUDENT = ("cluster_student", "cluster_student")
LIE = "203.0.113.9"  # an address that no client here has
CLOSED = (
    "/web/database/manager",
    "/web/database/selector",
    "/xmlrpc/2/common",
    "/jsonrpc",
    # what the machines around Odoo ask, they ask Odoo itself
    "/sajad/ready",
    "/sajad/metrics",
)


class Proxied(Person):
    """Who comes in through another proxy, which says who it is."""

    def _connect(self, timeout):
        return http.client.HTTPSConnection(
            "127.0.0.1",
            self.port,
            timeout=timeout,
            context=trusting(),
            source_address=(PROXY, 0),
        )


def expect(is_right, text):
    """Say what is wrong.

    :raise Problem: it is
    """
    if not is_right:
        raise Problem(text)


def sign_in(cluster):
    """An officer who came in through nginx."""
    return Person(cluster.port, DATABASE, *OFFICER)


# ------------------------------------------------------------
# STORIES
# ------------------------------------------------------------


def _student(cluster):
    """A student signs in by the form and reads the own request."""
    person = Person(cluster.port, DATABASE, *STUDENT)
    page = fetch(person, "/my/requests")
    where = page.headers.get("Location", "")
    expect(page.status == 200, f"/my/requests: {page.status} {where}")
    expect("Process cluster" in page.text, "the request is not on the page")


def _closed(cluster):
    """Routes that nobody needs are closed; the cookie is marked; no header is lost."""
    person = sign_in(cluster)
    for path in CLOSED:
        for method in ("GET", "POST"):
            page = fetch(person, path, method)
            expect(page.status == 404, f"{method} {path}: {page.status}")
    person.cookie = ""
    headers = fetch(person, "/web/login").headers
    cookie = headers.get("Set-Cookie", "").lower()
    for mark in ("httponly", "secure", "samesite=lax"):
        expect(mark in cookie, f"the cookie is not {mark}")
    for name in ("Strict-Transport-Security", "X-Frame-Options", "Referrer-Policy"):
        expect(headers.get(name), f"no header {name}")


def _plain(cluster):
    """Who comes without TLS is sent to the address that has it."""
    connection = http.client.HTTPConnection("127.0.0.1", cluster.plain_port, timeout=20)
    connection.request("GET", "/my", headers={"Host": "localhost"})
    reply = connection.getresponse()
    where = reply.getheader("Location")
    expect((reply.status, where) == (301, "https://localhost/my"), f"{where}")


def _watched(cluster):
    """What watches asks Odoo itself, without a session; from outside only health."""
    outside = sign_in(cluster)
    outside.cookie = ""
    alive = fetch(outside, "/web/health")
    expect(alive.status == 200, f"/web/health: {alive.status}")
    for name, ports in cluster.ports.items():
        inside = outside.at(ports.http)
        ready = fetch(inside, "/sajad/ready")
        expect((ready.status, ready.text) == (200, "ready\n"), f"{name}: {ready.text}")
        figures = fetch(inside, "/sajad/metrics")
        expect(figures.status == 200, f"{name}, metrics: {figures.status}")
        expect("\nsajad_tasks_late " in figures.text, f"{name} counts no late work")


def _address(cluster):
    """Who asks is what nginx sees, never what the client says of itself."""
    _say_address(sign_in(cluster))
    expect(not _heard(cluster), "a node believes the client")


def _proxied(cluster):
    """A proxy before nginx that is named in its file is believed, and nobody else."""
    person = sign_in(cluster)
    other = Proxied.__new__(Proxied)
    other.port, other.cookie, other.numbers = person.port, "", person.numbers
    _say_address(other)
    expect(_heard(cluster), "the proxy is not believed")


def _say_address(client):
    values = {"db": DATABASE, "login": OFFICER[0], "password": OFFICER[1]}
    page = fetch(
        client,
        "/web/session/authenticate",
        "POST",
        json.dumps({"params": values}),
        {"Content-Type": "application/json", "X-Forwarded-For": LIE, "X-Real-IP": LIE},
    )
    expect(page.status == 200, f"status {page.status}")


def _heard(cluster):
    """Whether a node has written down the address: each sign-in is."""
    logs = [cluster.folder / f"log/{name}.log" for name in cluster.people]
    return any(f"from {LIE}" in log.read_text() for log in logs)


def _large(cluster):
    """A body that is too large is refused unread, in Persian."""
    person = sign_in(cluster)
    page = fetch(person, "/web/login", "POST", b"x" * (33 * 1024**2))
    expect(page.status == 413, f"33 MB: {page.status}")
    expect("بازگردید" in page.text, f"33 MB: {page.text[:200]}")


def _file(cluster):
    """A file that came in at one node is sent by nginx, whichever node is asked."""
    person = sign_in(cluster)
    nodes = [person.at(cluster.ports[name].http) for name in cluster.people]
    data = os.urandom(200_000)
    values = {"name": "scan.bin", "datas": base64.b64encode(data).decode()}
    (number,) = nodes[0].call("ir.attachment", "create", [values])
    path = f"/web/content/{number}"
    named = fetch(nodes[-1], path).headers.get("X-Accel-Redirect")
    expect(named, "the node sends the file itself")
    for _time in range(4):
        page = fetch(person, path)
        expect(page.body == data, "nginx sends another file")
        expect(page.headers.get("X-Content-Type-Options"), "its header is lost")
    closed = fetch(person, named)
    expect(closed.status == 404, f"{named} is open: {closed.status}")
    person.cookie = ""
    stranger = fetch(person, path)
    expect(data != stranger.body, "a stranger has the file")


def _news(cluster):
    """Whoever waits behind nginx hears what happened at any node."""
    person = sign_in(cluster)
    node = person.at(cluster.ports[cluster.people[0]].http)
    doors = [(cluster.ports[name].websocket, None) for name in cluster.people]
    for door in (*doors, (cluster.port, trusting())):
        with Listener(person, *door) as listener:
            _change(node)
            listener.hear("res.users.settings")


def _change(node):
    """Change something that the user's other pages are told."""
    (user,) = node.call("res.users", "search", [["login", "=", OFFICER[0]]])
    settings = node.call(
        "res.users.settings", "search", [["user_id", "=", user]]
    ) or node.call("res.users.settings", "create", [{"user_id": user}])
    name = "is_discuss_sidebar_category_chat_open"
    (before,) = node.call("res.users.settings", "read", settings, [name])
    change = {name: not before[name]}
    node.call("res.users.settings", "set_res_users_settings", settings, change)


def _backup(cluster):
    """The unit of the backup reaches the database, as the guide says."""
    name, binaries = "systemd/sajad-backup.service", cluster.primary.binaries
    unit = (cluster.settings.project / "config" / name).read_text()
    command = re.search(r"ExecStart=/bin/sh -ec '(.*?)'", unit, re.S)[1]
    # not every machine has rsync
    command = command.partition("rsync")[0].replace("\\\n", "")
    folder = cluster.folder / "backup"
    own_folder(cluster.settings, folder)
    command = adapt(command, {"/var/lib/sajad-backup": folder}, name)
    env = binaries.environment | cluster.backup_env()
    env["PATH"] = f"{binaries['pg_dump'].parent}:{env['PATH']}"
    argv = ["/bin/sh", "-ec", command]
    proc.capture(argv, env=env, cwd="/", **cluster.settings.drop)
    listed = proc.capture(
        [binaries["pg_restore"], "-l", folder / "database.dump"],
        env=env,
        cwd="/",
        **cluster.settings.drop,
    )
    expect("TABLE DATA public sajad_request " in listed, "no requests in the dump")


STORIES = {
    "a student's requests": _student,
    "closed routes, marks of the cookie, headers": _closed,
    "without TLS": _plain,
    "health, readiness, figures": _watched,
    "the address of the client": _address,
    "the address that a proxy of before says": _proxied,
    "a body that is too large": _large,
    "a file, sent by nginx": _file,
    "news, through nginx and at each node": _news,
    "a backup by its unit": _backup,
}
