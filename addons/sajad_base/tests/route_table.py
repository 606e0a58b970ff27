import json
import re
from urllib.parse import urlencode, urlsplit

from odoo.http import Request
from odoo.tools import mute_logger

from .throttle import set_call_limit

#: what some say where to go afterwards
ELSEWHERE = "//elsewhere.example/"
WHERE_TO = ("redirect", "next", "url", "return_url", "back", "landing_route")
#: more than any place takes
TOO_LARGE = 4 * 1024**3
#: what makes each page look for something
LOOKED_FOR = dict.fromkeys(
    ("access_token", "code", "login", "number", "rate", "seal", "token"), "1"
)
#: heading of a column -> login, None is nobody
VISITORS = {"anonymous": None, "other": "t_other_student", "none": "t_stranger"}


class Announced:
    """A body that says how large it is, and does not come."""

    def __len__(self):
        return TOO_LARGE

    def __iter__(self):
        return iter([b"x"])


class RouteTable:
    """What each route answers to those whom it does not concern (row E5).

    A mixin beside the access test of an addon, whose records it asks for: a visitor
    without an account, a student of another university, and staff of no office. The
    answers are the lines of `routes.txt` in the tests of the addon.
    """

    def check_routes(self, modules=None, table="routes.txt"):
        """A new route needs its line, and a look at who may ask it."""
        answers = {}
        routes = {}
        for module in modules or [self.module]:
            routes |= self.get_routes(module)
        limits = self.ask_limits(routes)
        for heading, login in VISITORS.items():
            self.authenticate(login, login)
            for key, rule in routes.items():
                answers.setdefault(key, []).append(f"{heading}={self.ask_route(rule)}")
        for key, limit in limits.items():
            answers[key].append(f"limited={limit}")
        found = [f"{key} {' '.join(cells)}" for key, cells in answers.items()]
        self.assertListed(found, table)
        self.tell("routes", len(found) * len(VISITORS))
        for key, route in routes.items():
            with self.subTest(key):
                self.assertEqual(self.send_too_much(route), "refused")
                self.assertFalse(self.leads_away(route))

    def get_routes(self, module):
        """Return {how it is declared: (path, method, type)} of an addon's routes."""
        start = f"odoo.addons.{module}."
        found = {}
        for rule in self.env["ir.http"].routing_map().iter_rules():
            routing = rule.endpoint.routing
            # a route belongs to the addon that says its last word
            if not rule.endpoint.func.__module__.startswith(start):
                continue
            usual = "GET" if routing["type"] == "http" else "POST"
            methods = routing.get("methods") or [usual]
            csrf = routing.get("csrf", routing["type"] == "http")
            for method in sorted(map(str.upper, methods)):
                key = (
                    f"{rule.rule} {method} {routing['type']} auth={routing['auth']} "
                    f"csrf={'yes' if csrf else 'no'}"
                )
                found[key] = (rule, method, routing["type"])
        return dict(sorted(found.items()))

    def ask_route(self, route):
        """Return how a route answers: the status, or the error of JSON."""
        rule, method, kind = route
        url = self.get_path(rule)
        options = {"allow_redirects": False}
        if kind == "jsonrpc":
            options["json"] = {"jsonrpc": "2.0", "method": "call", "params": {}}
        elif method == "POST":
            options["data"] = {"csrf_token": Request.csrf_token(self)}
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            response = self.url_open(url, **options)
        if kind == "jsonrpc" and response.status_code == 200:
            error = json.loads(response.content).get("error")
            return error["data"]["name"].rpartition(".")[2] if error else "answer"
        where = urlsplit(response.headers.get("Location", "")).path
        return f"{response.status_code}{re.sub('[0-9]+', '1', where)}"

    def ask_limits(self, routes):
        """Return which of the routes that visitors may call refuse who asks too often.

        :return: {how it is declared: "yes" or "no"}
        """
        self.authenticate(None, None)
        # nobody is let through more than no times
        set_call_limit(self.env, 0)
        limits = {
            key: self.ask_limit(route)
            for key, route in routes.items()
            if route[0].endpoint.routing["auth"] != "user"
        }
        set_call_limit(self.env, None)
        return limits

    def ask_limit(self, route):
        """Return whether a visitor who asked too often is refused."""
        rule, method, kind = route
        url, options = self.get_path(rule), {"allow_redirects": False}
        if kind == "jsonrpc":
            options["json"] = {"jsonrpc": "2.0", "params": {}}
        elif method == "POST":
            token = Request.csrf_token(self)
            options["data"] = {**LOOKED_FOR, "csrf_token": token}
        else:
            url = f"{url}?{urlencode(LOOKED_FOR)}"
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            response = self.url_open(url, **options)
        refused = response.status_code == 429 or "TooManyRequests" in response.text
        return "yes" if refused else "no"

    def get_path(self, rule):
        values = {name: self.get_value(rule, name) for name in rule.arguments}
        return rule.build(values, append_unknown=False)[1]

    def send_too_much(self, route):
        """Announce a body that is too large; return whether it is refused unread."""
        rule, method, kind = route
        if method != "POST":
            return "refused"
        plain = "application/x-www-form-urlencoded"
        types = {"Content-Type": "application/json" if kind == "jsonrpc" else plain}
        with mute_logger("odoo.http"):
            response = self.url_open(
                self.get_path(rule), data=Announced(), headers=types
            )
        if response.status_code == 413 or "RequestEntityTooLarge" in response.text:
            return "refused"
        return f"{response.status_code} {response.text[:100]}"

    def leads_away(self, route):
        """Return where else somebody is sent who follows a forged link."""
        rule, method, _kind = route
        if method != "GET":
            return ""
        query = "&".join(f"{name}={ELSEWHERE}" for name in WHERE_TO)
        path = f"{self.get_path(rule)}?{query}"
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            response = self.url_open(path, allow_redirects=False)
        where = urlsplit(response.headers.get("Location", ""))
        here = ("", urlsplit(self.base_url()).netloc)
        return "" if where.netloc in here else where.geturl()

    def get_value(self, rule, name):
        """Return what stands in an address: a record of somebody else, if there is."""
        converter = rule._converters[name]
        if words := getattr(converter, "items", None):
            return sorted(words)[0]
        suffix = name.removesuffix("_id").replace("_", ".")
        for record in self.records.values():
            if record._name.endswith(f".{suffix}"):
                return record.id
        return 1 if hasattr(converter, "num_convert") else "x"
