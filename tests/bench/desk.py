"""Prints what experts of support and requesters wait for beside a peer (row D2).

    pip download --no-deps -d PEER odoo-addon-helpdesk-mgmt odoo-addon-helpdesk-mgmt-sla
    (unpack both wheels in PEER, and put PEER/odoo/addons into the path of addons)
    odoo -c odoo.conf -d bench_desk -i sajad_helpdesk,helpdesk_mgmt_sla \\
        --stop-after-init
    python tests/bench/desk.py -c odoo.conf --sizes 10000 100000 1000000

Requests and tickets grow to each size by SQL (`desk_fill.py`); the boards and lists are
read as an expert opens them, the portal's list by somebody who asked a hundred times,
and the figures of a year out of rolled-up days, turn by turn. The peer is no
dependency: without it, its lines are left out. Rows stay: drop the database afterwards.
"""

import argparse
from datetime import timedelta
from statistics import median
from time import perf_counter

from desk_fill import Ours, Peer, roll_up
from screens import Screen
from server import open_registry, say, superuser, vacuum
from table import DESK, get_table
from timing import MEASURED, Case, interleave, report
from visitor import Visitor, counted

from odoo import fields

BARE, MINE = "bare route, signed in", "portal, my requests"
PERCENT = "percent met of a year"
TABLES = {
    "sajad_request": ("sajad_request", "sajad_task", "sajad_sla_clock"),
    "helpdesk_ticket": ("helpdesk_ticket", "helpdesk_ticket_sla"),
}


class Ticket(Screen):
    """What the web client asks for when an agent opens the team of the dashboard."""

    def __init__(self, env, kind, team):
        self.action = env.ref(
            "helpdesk_mgmt.action_helpdesk_ticket_kanban_from_dashboard"
        ).sudo()
        self.model = env["helpdesk.ticket"].with_context(default_team_id=team.id)
        self.view = self.get_view(False, kind)
        self.order = self.view.get("default_order") or ""
        self.count_limit = 10_000
        self.domain = [("team_id", "=", team.id)]
        self.specification = self.get_specification()


def get_cases(ours, peer):
    """Return (board, list) of both sides, of the first desk and of its open work."""
    env = ours.env(user=ours.experts[0])
    action = "sajad_helpdesk.sajad_request_action_desk"
    cases = {"board": [], "list": []}
    for kind, view in (("board", "kanban"), ("list", "list")):
        screen, bare = Screen(env, action, view), Screen(env, action, view)
        # the best that any specification gives: the page, and the name of each
        bare.specification = {"name": {}}
        for name, shown in (("ours", screen), ("ours, names alone", bare)):
            read = shown.read_board if kind == "board" else shown.read_list
            cases[kind].append(Case(name, env, read))
    if not peer:
        return cases
    env = peer.env(user=peer.experts[0])
    for kind, view in (("board", "kanban"), ("list", "list")):
        for name in ("all of a team", "open"):
            screen = Ticket(env, view, peer.teams[0])
            if name == "open":
                screen.domain.append(("closed", "=", False))
            read = screen.read_board if kind == "board" else screen.read_list
            cases[kind].append(Case(f"peer, {name}", env, read))
    return cases


def measure_screens(ours, peer, count, rounds):
    cases = get_cases(ours, peer)
    interleave([case for both in cases.values() for case in both], rounds)
    for kind, both in cases.items():
        for line in report(f"Desk, {kind}, {count:,}", both, both[0]):
            say(line)


def time_turns(functions, rounds):
    """Return {name: (seconds of each turn, queries)}."""
    found = {name: [] for name in functions}
    queries = {}
    for turn in range(rounds + 2):
        for name, function in functions.items():
            with counted() as statements:
                start = perf_counter()
                function()
                seconds = perf_counter() - start
            queries[name] = len(statements)
            # the first ones fill the caches
            if turn > 1:
                found[name].append(seconds)
    return {name: (found[name], queries[name]) for name in found}


def read_year(env, process, names):
    """Read figures of a year as a page would: with an empty record cache."""
    env.invalidate_all()
    today = fields.Date.today()
    since = today - timedelta(days=365)
    if names:
        domain = [("process_id", "=", process.id), ("day", ">=", since)]
        env["sajad.sla.day"]._read_group(domain, ["metric"], names)
    else:
        process._get_sla_figures(since, today)


def measure_pages(ours, count, rounds):
    env = ours.env
    visitor = Visitor(env, ours.student_user)
    env.cr.commit()
    functions = {
        BARE: visitor.bare,
        MINE: lambda: visitor.read("/my/requests"),
        PERCENT: lambda: read_year(env, ours.process, ["met_percent:avg"]),
        "all figures of a year": lambda: read_year(env, ours.process, []),
    }
    found = time_turns(functions, rounds)
    MEASURED[f"Desk, pages, {count:,}"] = {name: t for name, (t, _n) in found.items()}
    times = {name: (median(t), queries) for name, (t, queries) in found.items()}
    bare = times[BARE][0]
    say(f"\npages and figures, {count:,}")
    for name, (seconds, queries) in times.items():
        say(f"{name:44} {seconds / bare:8.2f} {seconds * 1000:7.1f} ms {queries:8}")
    return times[MINE][0], bare


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("-c", "--config")
    parser.add_argument("-d", "--database", default="bench_desk")
    parser.add_argument("--addons-path", help="with that of the peer")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    args = parser.parse_args()
    options = [f"--addons-path={args.addons_path}"] if args.addons_path else []
    registry = open_registry(args.config, args.database, options)
    with registry.cursor() as cr:
        env = superuser(cr)
        ours = Ours(env)
        peer = Peer(env, ours.students.partner_id) if "helpdesk.sla" in env else None
        sides = [side for side in (ours, peer) if side]
        ours.man_lines()
        for side in sides:
            side.seeds = side.make_seeds()
        if not env["sajad.sla.day"].search_count([], limit=1):
            roll_up(env, ours.process)
        cr.commit()
        pages = []
        for count in sorted(args.sizes):
            for side in sides:
                side.fill(count)
                cr.commit()
                vacuum(registry, *TABLES[side.table])
            vacuum(registry, "sajad_sla_day", "res_partner")
            measure_screens(ours, peer, count, args.rounds)
            pages.append((count, *measure_pages(ours, count, args.rounds)))
        first = pages[0]
        for count, page, bare in pages[1:]:
            ratio = page / first[1]
            relative = ratio / (bare / first[2])
            say(
                f"portal list at {count:,} to {first[0]:,}: {ratio:.2f}, "
                f"measured in bare routes {relative:.2f}"
            )
        say(get_table(MEASURED, lines=DESK))


if __name__ == "__main__":
    main()
