"""What nginx of config/ does when many come, or slowly, or nobody answers."""

import contextlib
import socket
import time
from concurrent.futures import ThreadPoolExecutor

from .cluster_client import fetch, trusting
from .front_stories import OFFICER, expect, sign_in

CROWD = 80  # who come in the same moment
SLOW = 12  # more than all workers
LIMIT = 25  # client_body_timeout, and what a busy machine takes beside it
TRIES = 1500
KEPT = "/web/static/img/favicon.ico"
READ, SENT = "خودش دوباره باز می‌شود", "پیش از ارسال دوباره"
HEAD = "POST /web/login HTTP/1.1\r\nHost: localhost\r\n"
LENGTH = (
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\n"
)


def _slow(cluster):
    """Who stops within a head or a body costs no worker, and is sent away."""
    person = sign_in(cluster)
    with contextlib.ExitStack() as stack:
        # each second one has sent a whole head and a part of its body
        begun = [HEAD, f"{HEAD}{LENGTH}login="] * (SLOW // 2)
        slow = [stack.enter_context(_begin(cluster, text)) for text in begun]
        start = time.monotonic()
        page = fetch(person, "/my")
        expect(page.status == 200, f"the others: {page.status}")
        answered = time.monotonic() - start
        for client in slow:
            expect(_is_sent_away(client, start + LIMIT), "one of them stays")
    return f"others waited {answered:.1f} s"


def _begin(cluster, text):
    plain = socket.create_connection(("127.0.0.1", cluster.port), timeout=20)
    client = trusting().wrap_socket(plain, server_hostname="localhost")
    client.sendall(text.encode())
    return client


def _is_sent_away(client, until):
    """Whether the connection is closed, with an answer or without."""
    client.settimeout(max(until - time.monotonic(), 1))
    try:
        while client.recv(4096):
            pass
    except TimeoutError:
        return False
    except OSError:
        pass
    return True


def _one_person(cluster):
    """A script with one person's cookie is held back; others are not."""
    person, other = sign_in(cluster), sign_in(cluster)
    connection = person._connect(20)
    with contextlib.closing(connection):
        for answered in range(TRIES):  # noqa: B007
            connection.request("GET", KEPT, headers={"Cookie": person.cookie})
            reply = connection.getresponse()
            text = reply.read()
            if reply.status != 200:
                break
    expect(reply.status == 503, f"{TRIES} were answered, the last: {reply.status}")
    expect(READ in text.decode(), "another page")
    page = fetch(other, KEPT)
    expect(page.status == 200, f"others: {page.status}")
    return f"after {answered}"


def _crowd(cluster):
    """More than the nodes let wait: the others read so, and no node is left out."""
    person = sign_in(cluster)
    with ThreadPoolExecutor(CROWD) as pool:
        pages = list(pool.map(lambda _n: fetch(person, "/my"), range(CROWD)))
    for page in pages:
        if page.status != 200:
            _expect_page(page, READ)
    answered = sum(page.status == 200 for page in pages)
    expect(answered >= cluster.most_waiting, f"only {answered} were answered")
    expect(fetch(person, "/my").status == 200, "nobody answers after the crowd")
    log = (cluster.folder / "log/nginx.log").read_text()
    expect("timed out" not in log, "a node was taken for dead")
    return f"{answered} of {CROWD} answered at once"


def _away(cluster):
    """With all nodes away, nginx says so in Persian; what it has kept is there."""
    person = sign_in(cluster)
    kept = fetch(person, KEPT)
    expect(kept.status == 200, f"{KEPT}: {kept.status}")
    nodes = [cluster.programs[name] for name in cluster.people]
    for node in nodes:
        node.kill()
    try:
        read, sent = (fetch(person, "/my", method) for method in ("GET", "POST"))
        again = fetch(person, KEPT)
    finally:
        for node in nodes:
            node.start()
        for node in nodes:
            node.wait()
    _expect_page(read, READ)
    _expect_page(sent, SENT)
    expect("refresh" not in sent.text, "what was sent is sent again")
    expect((again.status, again.body) == (200, kept.body), "a picture is not kept")
    expect(not again.headers.get("Set-Cookie"), "a picture begins a session")
    _expect_back(person)


def _expect_page(page, text):
    expect(page.status == 503, f"status {page.status}")
    expect(text in page.text, f"another page: {page.text[:200]}")
    expect(page.headers.get("Retry-After"), "no Retry-After")


def _expect_back(person):
    """The session that was there before is there again."""
    found = person.post("/web/session/get_session_info", {})
    expect(found["username"] == OFFICER[0], "the session is lost")


STORIES = {
    "who sends slowly": _slow,
    "a person who asks too often": _one_person,
    "a crowd at once": _crowd,
    "all nodes away: a page in Persian": _away,
}
