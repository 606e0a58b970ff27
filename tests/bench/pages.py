"""The pages of students, asked of Odoo's application in this process."""

import threading
from time import perf_counter

from server import say
from timing import Case, interleave, report
from werkzeug.test import Client

import odoo.http
from odoo.fields import Command
from odoo.tools import mute_logger

from odoo.addons.portal.controllers.portal import CustomerPortal

OWN = 10_000
TITLES = {"few": "Pages, a few own rows", "own": "Pages, 10,000 own rows"}
BARE = "bare: signed in, no counter"
# Odoo's own page with nothing in it: what each page pays before its first word
LAYOUT, ACCOUNT = "an empty page", "an empty page beside the account"
# and what each list pays: one statement, and a line for each row
ROWS = "an empty page with 20 lines"
EMPTY = """
<t t-name="%(key)s"><t t-call="portal.portal_layout">
    <t t-set="my_details" t-value="%(details)s"/>
    <p t-foreach="rows" t-as="row" t-out="row.name"/>
</t></t>
"""

# requests and debts become those of one student; he has the rows, whoever had them
GIVE = """
UPDATE sajad_request SET student_id = %(student)s, partner_id = %(partner)s
 WHERE id IN (SELECT id FROM sajad_request
               WHERE state = 'done' AND university_id = %(university)s
                 AND id %% 7 = %(turn)s ORDER BY id LIMIT %(rows)s);

UPDATE sajad_request SET student_id = %(student)s, partner_id = %(partner)s
 WHERE id = (SELECT max(id) FROM sajad_request
              WHERE state = 'running' AND university_id = %(university)s
                AND id %% 7 = %(turn)s);

INSERT INTO sajad_office (role_id, university_id, late_plan)
SELECT DISTINCT role_id, university_id, 'tell' FROM sajad_cartable
 WHERE university_id = %(university)s AND faculty_id IS NULL AND active
ON CONFLICT DO NOTHING;

INSERT INTO sajad_hold (student_id, partner_id, office_id, university_id, kind,
                        description, state, amount, residual, date, source,
                        currency_id)
SELECT %(student)s, %(partner)s,
       (SELECT min(id) FROM sajad_office WHERE university_id = %(university)s),
       %(university)s, 'debt', 'Debt ' || n, 'open', 1000, 1000, current_date, 'manual',
       (SELECT id FROM res_currency WHERE name = 'IRR')
  FROM generate_series(1, %(rows)s) n;
"""


class EmptyPortal(odoo.http.Controller):
    """Pages of Odoo's layout without anything of ours in them."""

    # routes are looked for by the addon that their module belongs to
    __module__ = "odoo.addons.portal.bench"

    @odoo.http.route(
        "/bench/<name>", type="http", auth="user", website=True, readonly=True
    )
    def empty(self, name):
        """Show the layout, with the numbers of the own requests or without."""
        values = CustomerPortal()._prepare_portal_layout_values()
        values["page_name"] = "bench"
        request = odoo.http.request
        rows = request.env["sajad.request"].sudo()
        if name == "rows":
            own = [("partner_id", "=", request.env.user.partner_id.id)]
            rows = rows.search_fetch(own, ["name"], order="id desc", limit=20)
        return request.render(f"bench.{name}", {**values, "rows": rows})


class Page(Case):
    """A page asked for as a browser does, with Odoo's own transaction."""

    def __init__(self, name, env, session, path, data=None):
        super().__init__(name, env, None)
        self.session = session
        self.path = path
        self.data = data

    def measure(self):
        """Return (seconds, queries) of one visit.

        :raise SystemExit: the page is not shown
        """
        client = Client(odoo.http.root)
        client.set_cookie("session_id", self.session, domain="localhost")
        thread = threading.current_thread()
        start = perf_counter()
        if self.data is None:
            response = client.get(self.path)
        else:
            response = client.post(self.path, json=self.data)
        seconds = perf_counter() - start
        if response.status_code != 200:
            raise SystemExit(f"{self.path}: {response.status}")
        return seconds, thread.query_count


def measure_pages(env, rounds):
    """Print what the pages cost beside a route that is signed in and does nothing."""
    make_empty(env)
    for turn, (name, title) in enumerate(TITLES.items()):
        user = get_student(env, name, OWN if name == "own" else 5, turn)
        session = sign_in(env, user)
        cases = get_pages(env, user, session)
        with mute_logger("werkzeug"):
            interleave(cases, rounds)
        for line in report(title, cases, cases[0]):
            say(line)


def get_pages(env, user, session):
    Request = env["sajad.request"]
    newest = Request.search([("partner_id", "=", user.partner_id.id)], limit=1)
    nothing = {"jsonrpc": "2.0", "method": "call", "params": {"counters": []}}
    paths = {
        "home": "/my",
        "my requests": "/my/requests",
        "one request": f"/my/requests/{newest.id}",
        "catalogue": "/my/services",
        "debts": "/my/holds",
    }
    return [
        Page(BARE, env, session, "/my/counters", nothing),
        Page(LAYOUT, env, session, "/bench/layout"),
        Page(ACCOUNT, env, session, "/bench/account"),
        Page(ROWS, env, session, "/bench/rows"),
        *(Page(name, env, session, path) for name, path in paths.items()),
    ]


def make_empty(env):
    """Make the templates of the empty pages, once in the life of a database."""
    View = env["ir.ui.view"]
    for name in ("layout", "account", "rows"):
        key = f"bench.{name}"
        if not View.search_count([("key", "=", key)]):
            arch = EMPTY % {"key": key, "details": name == "account"}
            View.create({"name": key, "key": key, "type": "qweb", "arch": arch})
    env.cr.commit()


def get_student(env, name, rows, turn):
    """Return the account of a student of the largest university with that many rows.

    It is made once in the life of a database, and committed: pages have transactions
    of their own.
    """
    Users = env["res.users"].with_context(no_reset_password=True)
    login = f"bench_student_{name}"
    if user := Users.search([("login", "=", login)]):
        return user
    university = env["sajad.university"].search([("code", "=", "B1")])
    domain = [
        ("university_id", "=", university.id),
        ("partner_id.user_ids", "=", False),
    ]
    student = env["sajad.student"].search(domain, limit=1, offset=turn)
    portal = [Command.set(env.ref("base.group_portal").ids)]
    values = {"login": login, "partner_id": student.partner_id.id, "group_ids": portal}
    user = Users.create(values)
    env.flush_all()
    parameters = {
        "student": student.id,
        "partner": student.partner_id.id,
        "university": university.id,
        "turn": turn,
        "rows": rows,
    }
    env.cr.execute(GIVE, parameters)
    env.cr.execute("ANALYZE sajad_hold, sajad_office")
    env.cr.commit()
    return user


def sign_in(env, user):
    """Return the cookie of a session of the user."""
    store = odoo.http.root.session_store
    session = store.new()
    session.update(odoo.http.get_default_session(), db=env.cr.dbname)
    session.update(login=user.login, uid=user.id)
    session.context = dict(env(user=user)["res.users"].context_get())
    session.session_token = user._compute_session_token(session.sid)
    store.save(session)
    return session.sid
