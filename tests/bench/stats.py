"""The nightly statistics and what is read from them, against live aggregation."""

from datetime import timedelta
from time import perf_counter

from server import say
from structure import get_user
from timing import Case, interleave, report

from odoo.addons.sajad_base.engine.states import IN_CARTABLE
from odoo.addons.sajad_base.tools.clock import get_country_today

LIVE = """
SELECT stage_id, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY waited),
       percentile_cont(0.9) WITHIN GROUP (ORDER BY waited)
  FROM sajad_event
 WHERE kind = 'approved' AND date >= %s
 GROUP BY stage_id
"""
# what a day is counted from: work that lies in an office, and what happened to work
DAY = """
SELECT count(*), min(date_ready), min(date_due), min(date_student)
  FROM sajad_task WHERE state IN %s AND date_ready < now()
 UNION ALL
SELECT count(*), min(task.date_ready), min(task.date_due), min(event.date)
  FROM sajad_event event JOIN sajad_task task ON task.id = event.task_id
 WHERE event.date >= %s
"""
LIVE_MONTHS = """
SELECT task.stage_id, date_trunc('month', event.date), count(*),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY waited)
  FROM sajad_event event JOIN sajad_task task ON task.id = event.task_id
 WHERE event.kind = 'approved'
 GROUP BY 1, 2
"""


def measure_stats(env, rounds):
    """Fill the statistics of all history once, then time a night and the readers."""
    Day = env["sajad.stat.day"]
    env.cr.execute("TRUNCATE sajad_stat_day")
    start = perf_counter()
    first, last = Day._get_open_days()
    while first <= last:
        until = min(first + timedelta(days=199), last)
        Day._fill(first, until)
        first = until + timedelta(days=1)
    say(f"filled the statistics of all history in {perf_counter() - start:.0f} s")
    Day._compact()
    env.cr.execute("ANALYZE sajad_stat_day")
    env["sajad.stat.pace"]._fill()
    env.cr.execute("ANALYZE sajad_stat_pace")
    env.cr.execute(
        "SELECT count(*), pg_total_relation_size('sajad_stat_day') / 1048576"
        " FROM sajad_stat_day"
    )
    say("{} rows, {} MB".format(*env.cr.fetchone()))
    # the cases roll back what they wrote
    env.cr.commit()
    measure_night(env, rounds)
    measure_reading(env, rounds)


def measure_night(env, rounds):
    Day = env["sajad.stat.day"]
    last = get_country_today() - timedelta(days=1)
    since = last - timedelta(days=90)
    cases = [
        Case("live: median of 90 days", env, lambda: env.cr.execute(LIVE, [since])),
        Case(
            "scan of its rows",
            env,
            lambda: env.cr.execute(DAY, [tuple(IN_CARTABLE), last]),
        ),
        Case(
            "scan and its rows written",
            env,
            lambda day: write_day(env, day),
            lambda: keep_day(env, last),
        ),
        Case("count one day", env, lambda: Day._fill(last, last)),
        Case("paces of 90 days", env, env["sajad.stat.pace"]._fill),
        Case("forecast 500 requests", env, lambda: forecast(env, 500), rows=500),
        Case("forecast one request", env, lambda: forecast(env, 1), rows=1),
    ]
    interleave(cases, rounds)
    for line in report("A night", cases, cases[0]):
        say(line)


def keep_day(env, day):
    """Take the rows of a day out of the table; they stand ready to be written."""
    env.cr.execute(
        "CREATE TEMP TABLE bench_day ON COMMIT DROP AS"
        " SELECT * FROM sajad_stat_day WHERE day = %s",
        [day],
    )
    env.cr.execute("DELETE FROM sajad_stat_day WHERE day = %s", [day])
    return day


def write_day(env, day):
    """Scan, and write what was counted: its indexes and foreign keys, no figures."""
    env.cr.execute(DAY, [tuple(IN_CARTABLE), day])
    env.cr.execute("INSERT INTO sajad_stat_day SELECT * FROM bench_day")


def forecast(env, number):
    Request = env["sajad.request"]
    Request.search([("state", "=", "running")], limit=number)._get_forecast()


def measure_reading(env, rounds):
    auditor = env(user=get_user(env, "auditor"))
    officer = env(user=get_user(env, "big"))
    measures = ["decided:sum", "wait_p50:avg", "wait_p90:avg"]
    totals = (["stage_id"], ["day:month"], [])
    Day = env["sajad.stat.day"]
    names = ["display_name", "waiting", "late", "wait_p50", "trend"]

    def pivot(env, *groups):
        # in Jalali months, as the web client asks for it
        Day = env["sajad.stat.day"].with_context(jalali_groups=True)
        groups = [["stage_id", "day:month"], *groups]
        Day._read_grouping_sets([], groups, ["__count", *measures])

    def quarter(env):
        domain = [("day", ">=", get_country_today() - timedelta(days=90))]
        env["sajad.stat.day"]._read_group(domain, ["stage_id"], measures)

    def cards(env):
        env["sajad.bottleneck"].search([("waiting", ">", 0)], limit=80).read(names)

    cases = [
        Case("live: stages by months", env, lambda: env.cr.execute(LIVE_MONTHS)),
        Case("pivot: stages by months", Day.env, lambda: pivot(auditor)),
        Case("the same with its totals", Day.env, lambda: pivot(auditor, *totals)),
        Case("the same of an officer", Day.env, lambda: pivot(officer)),
        Case("stages, 90 days, auditor", Day.env, lambda: quarter(auditor)),
        Case("overview, 80 cards, auditor", Day.env, lambda: cards(auditor)),
        Case("overview, 80 cards, officer", Day.env, lambda: cards(officer)),
    ]
    interleave(cases, rounds)
    for line in report("Reading", cases, cases[0]):
        say(line)
