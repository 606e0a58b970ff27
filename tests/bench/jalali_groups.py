"""What grouping by Jalali months costs, as a ratio to date_trunc on the same rows.

    python tests/bench/jalali_groups.py -c odoo.conf -d bench_jalali

The database needs sajad_jalali; the rows live in a temporary table.
"""

import argparse
from statistics import median
from time import perf_counter

from server import open_registry, say, superuser

from odoo.tools import SQL

FILL = """
CREATE TEMPORARY TABLE moments AS
SELECT DATE '2000-03-20' + (random() * 10000)::int AS day,
       TIMESTAMP '2000-03-20' + random() * INTERVAL '10000 days' AS moment
  FROM generate_series(1, %s)
"""
# as the ORM writes them: a date, and a time in the time zone of the user
VALUES = {
    "date": SQL("day"),
    "datetime": SQL("timezone('Asia/Tehran', timezone('UTC', moment))"),
}


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-c", "--config", help="configuration file of Odoo")
    parser.add_argument("-d", "--database", required=True, help="begins with bench")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    return parser.parse_args()


def stock(value, granularity, is_date):
    start = SQL("date_trunc(%s, %s::timestamp)", granularity, value)
    return SQL("%s::date", start) if is_date else start


def in_jalali(value, granularity, is_date):
    from odoo.addons.sajad_jalali.tools import jalali

    trunc = jalali.trunc_sql if is_date else jalali.trunc_moment_sql
    return trunc(granularity, value)


def seconds(env, expression):
    start = perf_counter()
    env.execute_query(SQL("SELECT %s, count(*) FROM moments GROUP BY 1", expression))
    return perf_counter() - start


def main():
    args = parse()
    with open_registry(args.config, args.database).cursor() as cr:
        env = superuser(cr)
        cr.execute(FILL, (args.rows,))
        cr.execute("ANALYZE moments")
        say(f"{args.rows} rows, {args.rounds} rounds; ratio of medians to date_trunc")
        for kind, value in VALUES.items():
            for granularity in ("month", "quarter", "year"):
                times = {stock: [], in_jalali: []}
                for _round in range(args.rounds):
                    for make, found in times.items():
                        expression = make(value, granularity, kind == "date")
                        found.append(seconds(env, expression))
                ratio = median(times[in_jalali]) / median(times[stock])
                say(f"{kind:10} {granularity:8} {ratio:5.2f}")
        cr.rollback()


if __name__ == "__main__":
    main()
