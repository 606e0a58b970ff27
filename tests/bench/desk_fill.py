"""Makes support requests and tickets of the peer: a few by their models, many by SQL.

Both sides alike: ten desks (teams) with an expert each, of a hundred requests five are
open and one is solved, 5,000 people ask, one of whom asked a hundred times. Work and
clocks are copied for what is not closed: screens read no others.
"""

from datetime import timedelta

from odoo import Command, fields
from odoo.tools import SQL

DESKS = 10
PEOPLE = 5000
OWN = 100
# how many of a hundred stand where
SHARES = {"new": 2, "progress": 2, "waiting": 1, "solved": 1, "closed": 94}
OFFICER = "sajad_base.group_sajad_officer"


def make_user(env, login, groups):
    user = env["res.users"].search([("login", "=", login)])
    return user or env["res.users"].create(
        {
            "name": login,
            "login": login,
            "group_ids": [Command.set([env.ref(group).id for group in groups])],
        }
    )


def copy_rows(env, table, pairs, changes):
    """Copy rows, each as often as `pairs` (id, new id, n) has its id."""
    names = env.execute_query(
        SQL(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
            "AND table_schema = current_schema AND is_generated = 'NEVER'",
            table,
        )
    )
    names = [name for (name,) in names]
    values = [changes.get(name) or f'source."{name}"' for name in names]
    columns = ", ".join(f'"{name}"' for name in names)
    env.cr.execute(
        f"INSERT INTO {table} ({columns}) SELECT {', '.join(values)} FROM {pairs}"
    )


class Ours:
    """Support requests of ten universities, with their work and clocks."""

    table = "sajad_request"

    def __init__(self, env):
        self.env = env
        self.process = env.ref("sajad_helpdesk.sajad_process_support")
        self.student_user = make_user(env, "bench_portal", ["base.group_portal"])
        self.experts = [
            make_user(env, f"bench_desk{number}", [OFFICER]) for number in range(DESKS)
        ]
        self.desks = [self.make_desk(number) for number in range(DESKS)]
        self.make_people()

    def make_desk(self, number):
        env = self.env
        university = env["sajad.university"].search([("code", "=", f"BD{number}")])
        if university:
            return university.cartable_ids
        university = env["sajad.university"].create(
            {
                "name": f"Bench {number}",
                "code": f"BD{number}",
                "calendar_id": env.company.resource_calendar_id.id,
                "faculty_ids": [Command.create({"name": "F", "code": "F"})],
            }
        )
        member = {"user_id": self.experts[number].id}
        return env["sajad.cartable"].create(
            {
                "role_id": env.ref("sajad_helpdesk.sajad_role_support_university").id,
                "process_id": self.process.id,
                "university_id": university.id,
                "member_ids": [Command.create(member)],
            }
        )

    def make_people(self):
        env, place = self.env, self.desks[0].university_id
        values = {"university_id": place.id, "faculty_id": place.faculty_ids.id}
        Student = env["sajad.student"]
        domain = [("student_number", "=like", "77%"), ("university_id", "=", place.id)]
        self.students = Student.search(domain, order="id")
        if self.students:
            return
        people = env["res.partner"].create(
            [{"name": f"Person {number}"} for number in range(PEOPLE)]
        )
        partners = [self.student_user.partner_id, *people]
        self.students = Student.create(
            [
                {"partner_id": p.id, "student_number": f"77{n:06}", **values}
                for n, p in enumerate(partners)
            ]
        )

    def make_seeds(self):
        """Return {state: ids} of requests that the engine moved there, at each desk."""
        env, found = self.env, {state: [] for state in SHARES}
        for desk, expert in zip(self.desks, self.experts, strict=True):
            for state in SHARES:
                request = self.make_seed(desk.university_id)
                self.refer(request)
                task = request.task_ids.filtered(lambda t: t.state == "ready")
                self.move(task.with_user(expert), state)
                found[state].append(request.id)
        env.flush_all()
        return found

    def make_seed(self, university):
        env = self.env
        category = env["sajad.support.category"].search([], limit=1)
        partner = env["res.partner"].create({"name": "Seed"})
        count = env["sajad.student"].search_count([])
        student = env["sajad.student"].create(
            {
                "partner_id": partner.id,
                "student_number": f"88{count:06}",
                "university_id": university.id,
                "faculty_id": university.faculty_ids.id,
            }
        )
        request = env["sajad.request"].create(
            {
                "process_id": self.process.id,
                **student._prepare_requester_vals(),
                "support_category_id": category.id,
                "note": "It does not work.",
            }
        )
        env["sajad.engine"]._submit(request)
        return request

    def refer(self, request):
        """From the line of the Organization to the desk of the university."""
        task = request.task_ids.filtered(lambda t: t.state in ("ready", "suspended"))
        stage = self.process.stage_ids.filtered(lambda s: s.code == "university")
        expert = self.get_expert(task.cartable_id)
        engine = self.env["sajad.engine"].with_user(expert)
        if problems := engine._refer(task.with_user(expert), stage, "Yours."):
            raise SystemExit(problems)

    def get_expert(self, cartable):
        if not cartable.member_ids:
            raise SystemExit("the line of the Organization has nobody")
        return cartable.member_ids[0].user_id

    def move(self, task, state):
        if state == "new":
            return
        task.action_claim()
        engine = self.env["sajad.engine"].with_user(task.env.user)
        if state == "waiting":
            engine._return_to_student(task, "Which page?")
        elif state != "progress":
            engine._decide(task, "approved", "Try again now.")
        if state == "closed":
            task.request_id.sudo().support_state = "closed"

    def man_lines(self):
        """Put somebody into the lines of the Organization that come first."""
        env = self.env
        organization = env.ref("sajad_base.sajad_university_organization")
        for line in ("technical", "regulations"):
            role = env.ref(f"sajad_helpdesk.sajad_role_support_{line}")
            domain = [("role_id", "=", role.id), ("process_id", "=", self.process.id)]
            if env["sajad.cartable"].search(domain):
                continue
            expert = make_user(env, f"bench_{line}", [OFFICER])
            env["sajad.cartable"].create(
                {
                    "role_id": role.id,
                    "process_id": self.process.id,
                    "university_id": organization.id,
                    "member_ids": [Command.create({"user_id": expert.id})],
                }
            )

    def fill(self, count):
        """Copy the seeds until there are `count` requests."""
        env = self.env
        map_seeds(env, self.table, self.seeds, count, "sajad_request_id_seq")
        env.cr.execute(
            "CREATE TEMP TABLE bench_people ON COMMIT DROP AS SELECT id, partner_id, "
            "row_number() OVER (ORDER BY id) - 1 AS rank FROM sajad_student "
            "WHERE id = ANY(%s); CREATE UNIQUE INDEX ON bench_people (rank); "
            "ANALYZE bench_people",
            [self.students.ids],
        )
        copy_rows(
            env,
            self.table,
            "bench_map map JOIN sajad_request source ON source.id = map.seed "
            f"JOIN bench_people person ON person.rank = {self.get_rank()}",
            {
                "id": "map.id",
                "name": "'B' || map.id",
                "student_id": "person.id",
                "partner_id": "person.partner_id",
                "access_token": "NULL",
                "date_submit": "source.date_submit - map.n * interval '20 seconds'",
                "open_key": "NULL",
            },
        )
        for table in ("sajad_task", "sajad_sla_clock"):
            copy_rows(
                env,
                table,
                f"bench_map map JOIN {table} source ON source.request_id = map.seed "
                "AND map.is_open",
                {"id": f"nextval('{table}_id_seq')", "request_id": "map.id"},
            )
        env.cr.execute("DROP TABLE bench_map, bench_people")

    def get_rank(self):
        """One of the people for each; the first one asks `OWN` times in all."""
        return f"CASE WHEN map.all_n <= {OWN} THEN 0 ELSE 1 + map.n % {PEOPLE} END"


class Peer:
    """Tickets of ten teams with two SLA policies."""

    table = "helpdesk_ticket"

    def __init__(self, env, people):
        self.env = env
        self.people = people
        groups = ["base.group_user", "helpdesk_mgmt.group_helpdesk_user_team"]
        self.experts = [
            make_user(env, f"bench_agent{number}", groups) for number in range(DESKS)
        ]
        stages = env["helpdesk.ticket.stage"].search([], order="sequence")
        names = ["new", "progress", "waiting", "solved"]
        self.stages = dict(zip(names, stages, strict=False))
        self.stages["closed"] = self.stages["solved"] = stages.filtered("closed")[0]
        self.teams = [self.make_team(number) for number in range(DESKS)]
        if not env["helpdesk.sla"].search([]):
            self.make_promises()

    def make_team(self, number):
        Team = self.env["helpdesk.ticket.team"]
        return Team.search([("name", "=", f"Bench {number}")]) or Team.create(
            {
                "name": f"Bench {number}",
                "use_sla": True,
                "user_ids": [Command.set(self.experts[number].ids)],
                "resource_calendar_id": self.env.company.resource_calendar_id.id,
            }
        )

    def make_promises(self):
        teams = self.env["helpdesk.ticket.team"].union(*self.teams)
        for state, hours in (("progress", 4), ("closed", 16)):
            self.env["helpdesk.sla"].create(
                {
                    "name": state,
                    "team_ids": [Command.set(teams.ids)],
                    "stage_id": self.stages[state].id,
                    "hours": hours,
                }
            )

    def make_seeds(self):
        Ticket, found = self.env["helpdesk.ticket"], {state: [] for state in SHARES}
        for team, expert in zip(self.teams, self.experts, strict=True):
            for state in SHARES:
                ticket = Ticket.create(
                    {
                        "name": "It does not work.",
                        "description": "Something",
                        "team_id": team.id,
                        "partner_id": self.people[0].id,
                    }
                )
                if state != "new":
                    ticket.write(
                        {"stage_id": self.stages[state].id, "user_id": expert.id}
                    )
                found[state].append(ticket.id)
        self.env.flush_all()
        return found

    def fill(self, count):
        env = self.env
        map_seeds(env, self.table, self.seeds, count, "helpdesk_ticket_id_seq")
        env.cr.execute(
            "CREATE TEMP TABLE bench_people ON COMMIT DROP AS SELECT id AS partner_id, "
            "row_number() OVER () - 1 AS rank FROM unnest(%s) AS id; "
            "CREATE UNIQUE INDEX ON bench_people (rank); ANALYZE bench_people",
            [self.people.ids],
        )
        names = ("partner_id", "commercial_partner_id")
        copy_rows(
            env,
            self.table,
            "bench_map map JOIN helpdesk_ticket source ON source.id = map.seed JOIN "
            f"bench_people person ON person.rank = {Ours.get_rank(self)}",
            {
                "id": "map.id",
                "number": "'HT' || map.id",
                "access_token": "NULL",
                **dict.fromkeys(names, "person.partner_id"),
            },
        )
        table = "helpdesk_ticket_sla"
        copy_rows(
            env,
            table,
            f"bench_map map JOIN {table} source ON source.ticket_id = map.seed "
            "AND map.is_open",
            {"id": f"nextval('{table}_id_seq')", "ticket_id": "map.id"},
        )
        env.cr.execute("DROP TABLE bench_map, bench_people")


def map_seeds(env, table, seeds, count, sequence):
    """Make the temporary table of which seed each new row is a copy of."""
    ((have,),) = env.execute_query(SQL(f"SELECT count(*) FROM {table}"))
    missing = max(count - have, 0)
    states = [state for state, share in SHARES.items() for _n in range(share)]
    rows = [seeds[state][desk] for state in states for desk in range(DESKS)]
    closed = seeds["closed"]
    env.cr.execute(
        "CREATE TEMP TABLE bench_map ON COMMIT DROP AS SELECT seed, id, n, "
        "%s + n AS all_n, seed != ALL(%s) AS is_open FROM (SELECT (%s::int[])"
        f"[1 + n %% %s] AS seed, nextval('{sequence}')::int AS id, n "
        "FROM generate_series(1, %s) n) rows ORDER BY n",
        [have, closed, rows, len(rows), missing],
    )
    env.cr.execute("CREATE INDEX ON bench_map (seed); ANALYZE bench_map")


def roll_up(env, process):
    """Figures of a year of days, as the job of each night leaves them."""
    today = fields.Date.today()
    universities = env["sajad.university"].search([("code", "=like", "BD%")])
    for metric in ("first_answer", "next_answer", "solution"):
        env["sajad.sla.day"].create(
            [
                {
                    "day": today - timedelta(days=1 + day),
                    "process_id": process.id,
                    "university_id": university.id,
                    "metric": metric,
                    "met": 90 + day % 10,
                    "missed": 5,
                    "used_seconds": 95 * 3600.0,
                }
                for university in universities
                for day in range(365)
            ]
        )
    env.flush_all()
    env.cr.execute(
        "UPDATE sajad_sla_day SET used = (SELECT array_agg(600 * g) "
        "FROM generate_series(1, met + missed) g) WHERE used IS NULL"
    )
