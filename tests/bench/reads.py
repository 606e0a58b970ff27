"""The screens of officers, with the record rule and without."""

from screens import LIMIT, Screen
from server import say
from structure import PEOPLE, get_user
from timing import Case, interleave, report

from odoo.tools import SQL

# who opens the board of a process and lists of all requests
READERS = ("small", "big", "many", "national", "liaison", "auditor")
# whoever has an inbox
WORKERS = ("small", "big", "many", "national", "clerk")
LEAST = "one scan, rows without a rule"


def measure_reads(env, rounds, match=""):
    """Print the screens of work and of requests whose title contains `match`."""
    people = {name: env(user=get_user(env, name)) for name in PEOPLE}
    everyone = {"no rule": env, **{name: people[name] for name in READERS}}
    workers = {name: people[name] for name in WORKERS}
    describe(people)
    for title, make in TITLES.items():
        audience = workers if "Inbox" in title else everyone
        if match.lower() in title.lower():
            cases = [Case(name, env, make(env)) for name, env in audience.items()]
            if "Inbox" in title:
                cases += [
                    Case(f"{name}: {LEAST}", env, read_least(people[name], env))
                    for name in ("many", "national", "clerk")
                ]
            if make is students:
                cases.append(Case("all counted", env, count_to_the_end(env)))
            run(title, cases, rounds)


def run(title, cases, rounds):
    interleave(cases, rounds)
    for line in report(title, cases, cases[0]):
        say(line)


def describe(people):
    """Print who the people are, and how much work they see."""
    for name, env in people.items():
        Task = env["sajad.task"]
        opened = Task.search_count(Task._get_open_domain())
        say(f"{name}: {PEOPLE[name][1]}; {opened} open of {Task.search_count([])}")


def open_board(env, kind):
    """Open the board of the eleven steps; the Organization works in the other one."""
    code = "bench_four" if env.user.login == "bench_national" else "bench_eleven"
    process = env["sajad.process"].search([("code", "=", code)])
    return Screen(env, "sajad_task_action_board", kind, process)


def board(env):
    return open_board(env, "kanban").read_board


def board_list(env):
    return open_board(env, "list").read_list


def count_open(env):
    return open_board(env, "list").count


def count_all(env):
    return lambda: env["sajad.task"].search_count([])


def inbox(kind, method):
    return lambda env: getattr(Screen(env, "sajad_task_action", kind), method)


def read_least(env, no_rule):
    """Return what finds and counts a page by one statement and reads it, without rules.

    Whoever shows so many rows of so many cartables pays that, however it is asked.
    """
    screen = Screen(env, "sajad_task_action", "list")
    query = screen.model._search(screen.domain, order=screen.order, limit=LIMIT)
    statement = query.select(SQL.identifier(query.table, "id"), SQL("count(*) OVER ()"))
    Task = no_rule["sajad.task"]

    def read():
        no_rule.cr.execute(statement)
        ids = [task_id for task_id, _count in no_rule.cr.fetchall()]
        Task.browse(ids).web_read(screen.specification)

    return read


def requests_open(env):
    return Screen(env, "sajad_request_action_open", "list").read_list


def requests_all(env):
    return Screen(env, "sajad_request_action", "list").read_list


def requests_count_open(env):
    return Screen(env, "sajad_request_action_open", "list").count


def requests_count(env):
    return lambda: env["sajad.request"].search_count([])


def students(env):
    return Screen(env, "sajad_student_action", "list").read_list


def count_to_the_end(env):
    """Return the list without a rule and without an end to its count."""
    screen = Screen(env, "sajad_student_action", "list")
    screen.count_limit = None
    return screen.read_list


TITLES = {
    "Board of a process: web_read_group, 80 cards a column": board,
    "Board as a list of 80, with its count": board_list,
    "Count of the open work": count_open,
    "Count of all work": count_all,
    "Inbox of the day: web_read_group by status": inbox("kanban", "read_board"),
    "Inbox as a list of 80, with its count": inbox("list", "read_list"),
    "Requests: open, list of 80, with its count": requests_open,
    "Requests: all, list of 80, with its count": requests_all,
    "Requests: count of the open ones": requests_count_open,
    "Requests: count of all": requests_count,
    "Students: list of 80, with its count": students,
}
