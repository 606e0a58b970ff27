from pathlib import Path

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger
from odoo.tools.misc import file_path

from ..tools.limited_routes import get_limit
from .route_table import RouteTable
from .test_access import TestAccess
from .throttle import set_call_limit


@tagged("post_install", "-at_install")
class TestRoutes(RouteTable, TestAccess, HttpCase):
    """What each route answers to those whom it does not concern (row E5)."""

    # who may do what is tested where it is declared
    allow_inherited_tests_method = False

    def test_routes(self):
        self.check_routes()

    def test_routes_below(self):
        """Addons that are useful alone have no students to ask for."""
        self.check_routes(
            ["sajad_jalali", "sajad_persian", "sajad_report"], "routes_below.txt"
        )

    # ------------------------------------------------------------
    # HOW OFTEN
    # ------------------------------------------------------------

    def get_public_routes(self):
        """Return {line: route} of what visitors may call and no table of ours has."""
        found = {}
        for rule in self.env["ir.http"].routing_map().iter_rules():
            routing = rule.endpoint.routing
            module = rule.endpoint.func.__module__.split(".")[2]
            if routing["auth"] not in ("public", "none") or module.startswith("sajad_"):
                continue
            methods = ",".join(sorted(map(str.upper, routing.get("methods") or ["*"])))
            limited = "yes" if get_limit(rule) else "no"
            line = f"{module} {rule.rule} {methods} {routing['type']} limited={limited}"
            found[line] = (rule, methods, routing["type"])
        return found

    def test_limits(self):
        """A new public route of Odoo's fails here until somebody decided on it."""
        path = Path(file_path("sajad_base/tests/limits.txt"))
        lines = [line.partition("#") for line in path.read_text().splitlines()]
        decided = {start.rstrip(): reason.strip() for start, _, reason in lines}
        found = self.get_public_routes()
        self.assertEqual(sorted(found.keys() - decided.keys()), [], "nobody decided")
        here = self.env["ir.module.module"]._installed()
        gone = {line for line in decided.keys() - found if line.split()[0] in here}
        self.assertEqual(sorted(gone), [], "there are none")
        silent = [k for k, why in decided.items() if k.endswith("=no") and not why]
        self.assertEqual(silent, [], "a reason is missing")

    def test_limits_refuse(self):
        """Whoever is limited is refused, and told when to come again."""
        set_call_limit(self.env, 0)
        self.authenticate(None, None)
        for line, (rule, methods, kind) in self.get_public_routes().items():
            if get_limit(rule):
                with self.subTest(line):
                    method = "POST" if "POST" in methods else "GET"
                    answer = self.ask_limit((rule, method, kind))
                    self.assertEqual(answer, "yes")

    def test_limit_is_of_each_caller(self):
        """What is not found counts, and somebody else gets on (row E5)."""
        set_call_limit(self.env, 3)
        self.env["sajad.throttle"].search([]).unlink()
        self.authenticate(None, None)
        path = "/mail/unfollow?model=x&res_id=1&pid=1&token=wrong"
        with mute_logger("odoo.http", "odoo.addons.mail.controllers.mail"):
            codes = [self.url_open(path).status_code for _n in range(3)]
            self.assertNotIn(429, codes)
            refused = self.url_open(path)
            self.assertEqual(refused.status_code, 429)
            self.assertGreater(int(refused.headers["Retry-After"]), 0)
            self.assertIn("There were too many tries from here", refused.text)
            # an account is counted for itself, and so is another address
            self.authenticate("t_other_student", "t_other_student")
            self.assertNotEqual(self.url_open(path).status_code, 429)
        Throttle = self.env["sajad.throttle"]
        page = "mail_action_unfollow"
        self.assertTrue(Throttle._take(page, "127.0.0.1"))
        self.assertFalse(Throttle._take(page, "198.51.100.7"))
