"""Prints what requests with clocks cost beside the tickets of a peer (row D4).

    pip download --no-deps -d PEER odoo-addon-helpdesk-mgmt odoo-addon-helpdesk-mgmt-sla
    (unpack both wheels in PEER, and put PEER/odoo/addons into the path of addons)
    odoo -c odoo.conf -d bench_clocks -i sajad_sla,helpdesk_mgmt_sla --stop-after-init
    python tests/bench/clocks.py -c odoo.conf -d bench_clocks

Requests of a service with three promises are submitted in batches of 500, tickets of
`helpdesk_mgmt` with two SLA policies created in batches of 500, turn by turn. Then the
nightly recheck of all clocks beside the plain SQL that reads their histories and rows.
The peer is no dependency: without it, its lines are left out. Rows are rolled back.
"""

import argparse
import time
from datetime import timedelta
from statistics import median

from server import open_registry, say, superuser

from odoo import Command, fields

BATCH = 500


def measure(env, function):
    before, start = env.cr.sql_log_count, time.perf_counter()
    result = function()
    env.flush_all()
    return result, time.perf_counter() - start, env.cr.sql_log_count - before


def make_calendar(env):
    days = [(day, 8, 16) for day in "56012"] + [("3", 8, 12)]
    return env["resource.calendar"].create(
        {
            "name": "Bench",
            "tz": "Asia/Tehran",
            "attendance_ids": [Command.clear()]
            + [
                Command.create(
                    {"name": day, "dayofweek": day, "hour_from": b, "hour_to": e}
                )
                for day, b, e in days
            ],
        }
    )


class Ours:
    """A service of one office that promises three things."""

    def __init__(self, env, promises=True):
        self.env = env
        self.university = env["sajad.university"].create(
            {
                "name": "Bench",
                "code": f"bench{promises}",
                "calendar_id": make_calendar(env).id,
                "faculty_ids": [Command.create({"name": "F", "code": "F"})],
            }
        )
        self.process = self.make_process(f"bench{promises}")
        for metric in ("first_answer", "next_answer", "solution") if promises else ():
            env["sajad.sla.policy"].create(
                {
                    "name": metric,
                    "metric": metric,
                    "process_id": self.process.id,
                    "step_ids": [
                        Command.create({"offset": -2}),
                        Command.create({"offset": 0}),
                    ],
                }
            )
        partner = env["res.partner"].create({"name": "Bench"})
        self.student = env["sajad.student"].create(
            {
                "partner_id": partner.id,
                "student_number": f"1{int(promises)}",
                "university_id": self.university.id,
                "faculty_id": self.university.faculty_ids.id,
            }
        )

    def make_process(self, code):
        env = self.env
        process = env["sajad.process"].create({"name": code, "code": code})
        flow = env["sajad.flow"].create({"process_id": process.id})
        role = env["sajad.role"].create({"name": code, "code": code})
        stage = env["sajad.stage"].create(
            {
                "name": code,
                "code": code,
                "process_id": process.id,
                "role_id": role.id,
            }
        )
        env["sajad.flow.step"].create({"flow_id": flow.id, "stage_id": stage.id})
        flow.action_publish()
        env["sajad.cartable"].create(
            {
                "role_id": role.id,
                "process_id": process.id,
                "university_id": self.university.id,
                "member_ids": [Command.create({"user_id": env.uid})],
            }
        )
        return process

    def create(self):
        values = {
            "process_id": self.process.id,
            **self.student._prepare_requester_vals(),
        }
        requests = self.env["sajad.request"].create(
            [dict(values) for _n in range(BATCH)]
        )
        self.env["sajad.engine"]._submit(requests)
        return requests


class Peer:
    """A team with two SLA policies."""

    def __init__(self, env):
        self.env = env
        self.team = env["helpdesk.ticket.team"].create(
            {
                "name": "Bench",
                "use_sla": True,
                "resource_calendar_id": make_calendar(env).id,
            }
        )
        stages = env["helpdesk.ticket.stage"].search([], order="sequence")
        for stage, hours in ((stages[1], 4), (stages[-1], 16)):
            env["helpdesk.sla"].create(
                {
                    "name": stage.name,
                    "team_ids": [Command.set(self.team.ids)],
                    "stage_id": stage.id,
                    "hours": hours,
                }
            )
        self.partner = env["res.partner"].create({"name": "Bench"})

    def create(self):
        return self.env["helpdesk.ticket"].create(
            [
                {
                    "name": f"Ticket {number}",
                    "description": "Something",
                    "team_id": self.team.id,
                    "partner_id": self.partner.id,
                }
                for number in range(BATCH)
            ]
        )


def bench_creation(env, rounds):
    makers = {"three promises": Ours(env), "no promise": Ours(env, promises=False)}
    if "helpdesk.sla" in env:
        makers["peer, two SLAs"] = Peer(env)
    found = {name: [] for name in makers}
    for _round in range(rounds + 1):
        for name, maker in makers.items():
            env.invalidate_all()
            found[name].append(measure(env, maker.create)[1:])
    rates = {}
    for name, rows in found.items():
        # the first one fills the caches
        rates[name] = median(BATCH / seconds for seconds, _queries in rows[1:])
        queries = median(queries for _seconds, queries in rows[1:]) / BATCH
        say(f"{name:>16}: {rates[name]:8.0f} records/s, {queries:6.2f} queries each")
    if "peer, two SLAs" in rates:
        ratio = rates["three promises"] / rates["peer, two SLAs"]
        say(f"{'ratio':>16}: {ratio:8.1f}")
    return makers["three promises"]


def bench_recheck(env, ours, count, rounds):
    """Copy requests with answers, questions and ends; recheck them all."""
    requests = ours.create()
    env.flush_all()
    seed = requests[0].id
    env.cr.execute(
        """
        INSERT INTO sajad_request (name, process_id, flow_id, state, requester_kind,
            student_id, partner_id, university_id, faculty_id, scope_id, date_submit)
        SELECT 'copy' || n, process_id, flow_id, state, requester_kind, student_id,
               partner_id, university_id, faculty_id, scope_id, date_submit
          FROM sajad_request, generate_series(1, %(count)s) n WHERE id = %(seed)s
        """,
        {"seed": seed, "count": count},
    )
    env.cr.execute(
        """
        INSERT INTO sajad_event (request_id, kind, date, visible_to_student)
        SELECT request.id, kind,
               date_submit + (minutes + request.id %% 300) * interval '1 minute',
               true
          FROM sajad_request request,
               (VALUES (1, 'submitted', 0), (2, 'replied', 400), (3, 'wrote', 3000),
                       (4, 'replied', 4000), (5, 'done', 6000))
               AS event(number, kind, minutes)
         WHERE request.name LIKE 'copy%%' AND request.process_id = %(process)s
         ORDER BY request.id, number
        """,
        {"process": ours.process.id},
    )
    env.invalidate_all()
    env.cr.execute("ANALYZE sajad_event, sajad_request")
    env.cr.execute("SELECT id FROM sajad_request WHERE name LIKE 'copy%%' ORDER BY id")
    ids = [row[0] for row in env.cr.fetchall()]
    keeper = env["sajad.sla.keeper"]
    later = fields.Datetime.now() + timedelta(days=30)
    start = time.perf_counter()
    for first in range(0, len(ids), 2000):
        part = env["sajad.request"].browse(ids[first : first + 2000])
        keeper._refresh(part, later)
        env.invalidate_all()
    made = time.perf_counter() - start
    env.cr.execute("ANALYZE sajad_sla_clock")
    plain, recheck = [], []
    for _round in range(rounds):
        start = time.perf_counter()
        for first in range(0, len(ids), 2000):
            keeper._read_clocks(ids[first : first + 2000])
            keeper._read_events(ids[first : first + 2000])
        plain.append(time.perf_counter() - start)
        start, last, found = time.perf_counter(), 0, 0
        while part := env["sajad.sla.check"]._get_next(last):
            records = env["sajad.request"].browse(part)
            found += len(env["sajad.sla.check"]._find_differences(records))
            last = part[-1]
            env.invalidate_all()
        recheck.append(time.perf_counter() - start)
    say(f"{count} requests: made {made:.1f} s, read {median(plain):.1f} s, ")
    say(
        f"  rechecked {median(recheck):.1f} s = {median(recheck) / median(plain):.1f} x"
    )
    say(f"  differences: {found}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("-c", "--config")
    parser.add_argument("-d", "--database", default="bench_clocks")
    parser.add_argument("--addons-path", help="with that of the peer")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=20000)
    args = parser.parse_args()
    options = [f"--addons-path={args.addons_path}"] if args.addons_path else []
    registry = open_registry(args.config, args.database, options)
    with registry.cursor() as cr:
        env = superuser(cr)
        ours = bench_creation(env, args.rounds)
        bench_recheck(env, ours, args.count, min(args.rounds, 3))
        cr.rollback()


if __name__ == "__main__":
    main()
