"""Prints what a registrar's list costs, and Odoo's import of as many persons (row A1).

    odoo -c odoo.conf -d bench_register -i sajad_base --stop-after-init
    python tests/bench/register.py -c odoo.conf -d bench_register

Both read the same number of columns out of a CSV file, in the same run and turn by
turn. The list is examined, recorded, and sent again, as Odoo's is tested and imported.
Nothing is committed.
"""

import argparse
import base64
import sys
import time
from unittest.mock import patch

from server import open_registry, say, superuser

NAMES = ("علی", "زهرا", "محمد", "فاطمه", "رضا", "مریم", "حسین", "سارا")
COLUMNS = (
    *("شماره دانشجویی", "نام و نام خانوادگی", "دانشکده", "سال ورود", "کد ملی"),
    *("نام پدر", "شماره شناسنامه", "تاریخ تولد", "محل صدور", "جنسیت"),
    *("موبایل", "ایمیل", "نشانی"),
)
PARTNER = (
    *("ref", "name", "function", "company_name", "vat", "street2", "zip"),
    *("comment", "city", "website", "phone", "email", "street"),
)


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-c", "--config", help="configuration file of Odoo")
    parser.add_argument("-d", "--database", required=True, help="begins with bench")
    parser.add_argument("--rows", type=int, default=20000)
    parser.add_argument("--peer-rows", type=int, default=2000)
    return parser.parse_args()


def make_national_id(number):
    digits = f"{number:09}"
    rest = sum(int(d) * (10 - i) for i, d in enumerate(digits)) % 11
    return f"{digits}{rest if rest < 2 else 11 - rest}"


def make_row(number):
    name = NAMES[number % 8]
    return (
        *(f"9{number:07}", f"{name} {NAMES[number // 8 % 8]}ی", "F", "1402"),
        *(make_national_id(100000000 + number), name, str(number % 99999 + 1)),
        *(f"1382/{number % 12 + 1:02}/{number % 28 + 1:02}", "تهران", "زن"),
        *(f"0912{number:07}", f"s{number}@example.com", f"تهران، خیابان {number}"),
    )


def make_peer_row(number):
    name = NAMES[number % 8]
    return (
        *(f"9{number:07}", f"{name} {NAMES[number // 8 % 8]}ی", "F", "1402"),
        *(make_national_id(100000000 + number), name, ""),
        *(f"1382/{number % 12 + 1:02}", "تهران", "x.example.com"),
        *(f"+98912{number:07}", f"p{number}@example.com", f"تهران، خیابان {number}"),
    )


def make_file(columns, rows):
    return "\n".join(",".join(row) for row in (columns, *rows)).encode()


def measure(title, rows, run):
    start = time.perf_counter()
    run()
    seconds = time.perf_counter() - start
    say(f"{title:44} {rows:6} rows {seconds:8.1f} s {rows / seconds:8.0f} rows/s")
    return rows / seconds


def import_partners(env, count, start, dryrun=False):
    """Have Odoo import persons as its own dialog does, to test or for good."""
    wizard = env["base_import.import"].create(
        {
            "res_model": "res.partner",
            "file": make_file(PARTNER, map(make_peer_row, range(start, start + count))),
            "file_name": "partners.csv",
            "file_type": "text/csv",
        }
    )
    options = {"quoting": '"', "separator": ",", "has_headers": True}
    names = list(PARTNER)
    result = wizard.execute_import(names, names, options, dryrun)
    assert not result["messages"], result["messages"][:3]
    env.flush_all()


class List:
    """The list of one university, as its registrar sends it."""

    def __init__(self, env, university, count):
        self.record = env["sajad.student.import"].create(
            {
                "university_id": university.id,
                "file_name": "list.csv",
                "file": base64.b64encode(
                    make_file(COLUMNS, map(make_row, range(count)))
                ),
            }
        )

    def examine(self):
        self.record.action_check()
        self.record.env.flush_all()

    def record_all(self):
        self.record.action_import()
        with patch.object(
            type(self.record.env["ir.cron"]), "_commit_progress", return_value=60
        ):
            self.record._cron_run()
        self.record.env.flush_all()
        assert self.record.state == "done" and not self.record.refused_count


def run(env, count, peer_count):
    university = env["sajad.university"].create(
        {
            "name": "Bench University",
            "code": "BENCHR",
            "faculty_ids": [(0, 0, {"name": "Faculty", "code": "F"})],
        }
    )
    peers = [measure_peer(env, peer_count, 5_000_000)]
    speeds = []
    for title in ("the list, new students", "the same list again"):
        students = List(env, university, count)
        examined = measure(f"{title}: examined", count, students.examine)
        recorded = measure(f"{title}: recorded", count, students.record_all)
        speeds.append((examined, recorded))
        peers.append(measure_peer(env, peer_count, 6_000_000 + 100_000 * len(peers)))
    tested, imported = (sum(column) / len(peers) for column in zip(*peers, strict=True))
    for title, (examined, recorded) in zip(("new", "again"), speeds, strict=True):
        both = join(examined, recorded)
        ratios = recorded / imported, both / join(tested, imported), both / imported
        say(f"{title}: recording / Odoo's import {ratios[0]:.1f}")
        say(f"{title}: both steps / its test and import {ratios[1]:.1f}")
        say(f"{title}: both steps / its import {ratios[2]:.1f}")


def join(*speeds):
    """Return the rows per second of steps one after the other."""
    return 1 / sum(1 / speed for speed in speeds)


def measure_peer(env, count, start):
    """Return the rows per second of Odoo's test and of its import."""
    return tuple(
        measure(
            f"Odoo's {title} of res.partner",
            count,
            lambda dryrun=dryrun: import_partners(env, count, start, dryrun),
        )
        for title, dryrun in (("test", True), ("import", False))
    )


def main():
    arguments = parse()
    registry = open_registry(arguments.config, arguments.database)
    with registry.cursor() as cr:
        env = superuser(cr)
        run(env, arguments.rows, arguments.peer_rows)
        cr.rollback()


if __name__ == "__main__":
    sys.exit(main())
