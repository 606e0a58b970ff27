"""The memory of a server after a thousand mixed requests, beside Odoo alone.

    python memory.py -c odoo.conf -d bench_small --plain bench_plain

The first database has all addons and is filled (see README.md), the other one has
`project` and `portal` alone. Both are served in turn by one process with threads, and
its administrator (password: admin) opens views, lists, records and pages.
"""

import argparse
import itertools
import json
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

from served import Served
from server import say

AFTER = (1, 100, 1000)
OURS = ("sajad.task", "sajad.request", "sajad.student", "sajad.cartable")
PLAIN = ("project.task", "project.project", "res.partner", "mail.message")
BOTH = ("res.users", "res.groups", "ir.attachment")
PAGES = ("/odoo", "/my", "/my/account")
FIELDS = {"display_name": {}, "create_date": {}}


class Visitor:
    """Somebody who is signed in and asks, request by request."""

    def __init__(self, url, database):
        self.url = url
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(jar)
        account = {"db": database, "login": "admin", "password": "admin"}
        self.call("/web/session/authenticate", account)

    def call(self, path, parameters):
        """Return the result of a call.

        :raise SystemExit: the server refused it
        """
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": parameters})
        head = {"Content-Type": "application/json"}
        asked = urllib.request.Request(self.url + path, body.encode(), head)
        with self.opener.open(asked, timeout=600) as response:
            answer = json.load(response)
        if "error" in answer:
            raise SystemExit(f"{path}: {answer['error']['data']['message']}")
        return answer["result"]

    def call_model(self, model, method, *args, **kwargs):
        parameters = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.call(f"/web/dataset/call_kw/{model}/{method}", parameters)

    def open_views(self, model):
        views = [[False, "list"], [False, "form"], [False, "search"]]
        self.call_model(model, "get_views", views=views)

    def open_list(self, model):
        self.call_model(model, "web_search_read", [], FIELDS, limit=80)

    def open_record(self, model):
        self.call_model(model, "search_read", [], limit=1)

    def open_page(self, path):
        with self.opener.open(self.url + path, timeout=600) as response:
            response.read()


def get_requests(visitor, models):
    """Yield what is asked, without an end: views, lists, records and pages in turn."""
    asked = [(visitor.open_page, path) for path in PAGES]
    for open_one in (visitor.open_views, visitor.open_list, visitor.open_record):
        asked += [(open_one, model) for model in models]
    return itertools.cycle(asked)


def get_memory(pid):
    """Return (resident, proportional) megabytes of a process."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    figures = {line.split()[0]: int(line.split()[1]) for line in lines}
    return figures["Rss:"] / 1024, figures["Pss:"] / 1024


def measure(config, database, models):
    """Return {number of requests: (resident, proportional)}."""
    found = {}
    with Served(config, database) as server:
        requests = get_requests(Visitor(server.url, database), models)
        for number in range(1, AFTER[-1] + 1):
            open_one, what = next(requests)
            open_one(what)
            if number in AFTER:
                found[number] = get_memory(server.process.pid)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-c", "--config", help="configuration file of Odoo")
    parser.add_argument("-d", "--database", required=True)
    parser.add_argument("--plain", required=True, help="database without our addons")
    args = parser.parse_args()
    ours = measure(args.config, args.database, (*OURS, *BOTH))
    plain = measure(args.config, args.plain, (*PLAIN, *BOTH))
    say(f"{'requests':>10} {'ours, RSS / PSS':>18} {'plain':>18} {'ratio':>7}  MB")
    for number in AFTER:
        cells = [f"{a:8.0f} / {b:7.0f}" for a, b in (ours[number], plain[number])]
        ratio = ours[number][1] / plain[number][1]
        say(f"{number:10} {cells[0]:>18} {cells[1]:>18} {ratio:7.2f}")


if __name__ == "__main__":
    main()
