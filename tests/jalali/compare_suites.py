"""Odoo's own date suites with and without sajad_jalali: the same result, test by test.

    python tests/jalali/compare_suites.py -c odoo.conf

Makes a database with `web` alone and a copy of it (or uses both), installs sajad_jalali
in the copy, runs the same HOOT suites in both and compares. Exit code 1 and the list of
tests when one of them differs, and when no suite ran at all. Run it with the Python of
Odoo.
"""

import argparse
import re
import subprocess
import sys

SUITES = (
    "@web/core/l10n/dates",
    "@web/core/components/datetime/datetime_input",
    "@web/core/components/datetime/datetime_hook",
    "@web/core/components/datetime/datetime_picker",
    "@web/core/py_js/py_date",
    "@web/search/search_utils",
    "@web/search/search_bar",
    "@web/search/search_bar_menu/filter_menu",
    "@web/search/search_bar_menu/groupby_menu",
    "@web/search/search_bar_menu/favorite_menu",
    "@web/views/fields/date_field",
    "@web/views/fields/datetime_field",
    "@web/views/fields/daterange_field",
    "@web/views/fields/remaining_days_field",
    "@web/views/fields/formatters",
    "@web/views/calendar/calendar_view",
    "@web/views/calendar/calendar_common_popover",
    "@web/views/calendar/calendar_common_renderer",
    "@web/views/calendar/calendar_date_picker",
    "@web/views/calendar/calendar_year_popover",
    "@web/views/calendar/calendar_year_renderer",
    "@web/views/graph/graph_view",
    "@web/views/pivot_view",
)
LINE = re.compile(r'\[HOOT\] Test "(?P<test>@[^"]*)" (?P<state>passed|failed|skipped)')


def main():
    options = parse_arguments()
    without, ours = (f"{options.prefix}_{name}" for name in ("without", "with"))
    if not options.keep:
        install(options, without, "-i", "web")
        copy(options, without, ours)
        install(options, ours, "-i", "sajad_jalali")
    results = {
        "without": run_suites(options, without),
        "with": run_suites(options, ours),
    }
    repeat_differing(options, results)
    return report(results["without"], results["with"])


def repeat_differing(options, results):
    """Run the suites that differ once more: a busy machine makes browsers stumble."""
    again = {
        suite
        for test in get_different(results["without"], results["with"])
        for suite in SUITES
        if test.startswith(f"{suite}/")
    }
    if not again:
        return
    options.suite = sorted(again)
    for name, found in results.items():
        found.update(run_suites(options, f"{options.prefix}_{name}"))


def get_different(without, with_jalali):
    """{test: (state without, state with)} of the tests whose states differ."""
    return {
        test: (without.get(test), with_jalali.get(test))
        for test in sorted(without.keys() | with_jalali.keys())
        if without.get(test) != with_jalali.get(test)
    }


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-c", "--config", required=True, help="configuration of Odoo")
    parser.add_argument("--prefix", default="sajad_compare", help="of the databases")
    parser.add_argument(
        "--keep", action="store_true", help="use the databases there are"
    )
    parser.add_argument("--http-port", default="8069", help="of the server under test")
    parser.add_argument("--gevent-port", default="8072", help="likewise")
    parser.add_argument("--suite", action="append", help="only these suites")
    return parser.parse_args()


def odoo(options, *arguments):
    verb, *rest = arguments
    command = [sys.executable, "-m", "odoo", verb, "-c", options.config, *rest]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def install(options, database, *arguments):
    """What is asked for, and nothing that would install itself with it."""
    done = odoo(
        options,
        *("server", "-d", database, "--stop-after-init", "--skip-auto-install"),
        *("--log-level=error", *arguments),
    )
    if done.returncode:
        sys.exit(f"{database} was not installed:\n{done.stderr}")


def copy(options, database, name):
    """A copy of a database and its files, in place of what has the name."""
    done = odoo(options, "db", "duplicate", "-f", database, name)
    if done.returncode:
        sys.exit(f"{database} was not copied:\n{done.stderr}")


def run_suites(options, database):
    """{test: state} of one database."""
    suites = ",".join(options.suite or SUITES)
    done = odoo(
        options,
        *("server", "-d", database, "--stop-after-init", "--log-level=test"),
        *("--http-port", options.http_port, "--gevent-port", options.gevent_port),
        *("--test-tags", f"/web:WebSuite.test_unit_desktop[{suites}]"),
    )
    log = done.stdout + done.stderr
    return {match["test"]: match["state"] for match in LINE.finditer(log)}


def report(without, with_jalali):
    different = get_different(without, with_jalali)
    lines = [f"{'suite':48} without  with"]
    lines += [
        row for suite in SUITES if (row := suite_row(suite, without, with_jalali))
    ]
    for test, (before, after) in different.items():
        lines.append(f"DIFFERENT {test}: {before} without, {after} with sajad_jalali")
    if not without:
        lines.append("NO TEST RAN")
    failed = [test for test, state in without.items() if state == "failed"]
    lines += [
        f"fails in stock Odoo too: {test}" for test in failed if test not in different
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if different or not without else 0


def suite_row(suite, without, with_jalali):
    def count(results, state):
        return sum(
            test.startswith(f"{suite}/") and found == state
            for test, found in results.items()
        )

    cells = [
        f"{count(results, 'passed')}/{count(results, 'failed')}"
        for results in (without, with_jalali)
    ]
    return f"{suite:48} {cells[0]:>7} {cells[1]:>7}"


if __name__ == "__main__":
    sys.exit(main())
