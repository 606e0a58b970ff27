"""Fills a database with a country's work, always the same one."""

from time import perf_counter

import places_sql
import requests_sql
from bare_table import bare_table
from server import say, superuser, vacuum
from structure import make_structure

UNIVERSITIES = 2000
TASKS_PER_REQUEST = 0.7 * 11 + 0.3 * 4
FILLED = "sajad_bench.tasks"
# in the order in which they are filled; the events and the work are the many
BIG = ("sajad_request", "sajad_task", "sajad_event")
TABLES = (
    *BIG,
    *("sajad_student", "sajad_cartable", "sajad_cartable_member", "sajad_scope"),
    *("sajad_cartable_sajad_scope_rel", "sajad_university", "sajad_faculty"),
    *("res_partner", "res_users", "res_groups_users_rel"),
)


def fill(registry, tasks):
    """Fill the database, unless it is filled; return how many work items there are.

    :raise SystemExit: the database has other requests, or is filled with another size
    """
    with registry.cursor() as cr:
        env = superuser(cr)
        if "sajad.task" not in env:
            raise SystemExit("Install sajad_base first, and project as its peer.")
        found = env["ir.config_parameter"].get_param(FILLED)
        if found:
            if int(found) != tasks:
                raise SystemExit(f"The database is filled with {found} tasks already.")
            return tasks
        if env["sajad.request"].search_count([], limit=1):
            raise SystemExit("The database has requests; use one that has none.")
        make_structure(env)
        insert_rows(cr, tasks)
        env["ir.config_parameter"].set_param(FILLED, tasks)
    vacuum(registry, *TABLES)
    return tasks


def insert_rows(cr, tasks):
    requests = round(tasks / TASKS_PER_REQUEST)
    parameters = {
        "universities": UNIVERSITIES,
        "requests": requests,
        "students": requests * 4 // 5,
    }
    # the dice are thrown by one process in a fixed order
    cr.execute("SELECT setseed(0.19)")
    cr.execute("SET LOCAL max_parallel_workers_per_gather = 0")
    cr.execute("SET LOCAL maintenance_work_mem = '512MB'")
    cr.execute("SET LOCAL work_mem = '256MB'")
    for name in ("PLACES", "CARTABLES", "MEMBERS", "PEOPLE"):
        run(cr, name, getattr(places_sql, name), parameters)
    run(cr, "STUDENTS", requests_sql.STUDENTS, parameters)
    for table, name in zip(BIG, ("REQUESTS", "TASKS", "EVENTS"), strict=True):
        with bare_table(cr, table):
            run(cr, name, getattr(requests_sql, name), parameters)
        cr.execute(f"ANALYZE {table}")


def run(cr, name, statements, parameters):
    start = perf_counter()
    cr.execute(statements, parameters)
    say(f"filled {name.lower()} in {perf_counter() - start:.0f} s")
