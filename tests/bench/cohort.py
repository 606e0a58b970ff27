"""Prints what a class of 5,000 costs (row B11), and printing its certificates (B8).

    odoo -c odoo.conf -d bench_cohort -i sajad_clearance --stop-after-init
    python tests/bench/cohort.py -c odoo.conf -d bench_cohort

The class is started and cleared by the engine, in batches as the job does, and taken
back at the end. Nothing is committed.
"""

import argparse
import resource
import sys
import time
from unittest.mock import patch

from server import open_registry, say, superuser

OFFICES = 11


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-c", "--config", help="configuration file of Odoo")
    parser.add_argument("-d", "--database", required=True, help="begins with bench")
    parser.add_argument("--students", type=int, default=5000)
    parser.add_argument("--prints", type=int, default=500)
    return parser.parse_args()


def get_cpu():
    """Return the seconds of this process and of those that print for it."""
    from odoo.addons.sajad_report.tools import pdf_workers

    # only a process that has ended is counted
    pdf_workers.close_idle()
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(part.ru_utime + part.ru_stime for part in used)


class Meter:
    """Says how long a part took, its queries, and the most memory until then."""

    def __init__(self, env, title, rows):
        self.env, self.title, self.rows = env, title, rows

    def __enter__(self):
        self.env.flush_all()
        self.env.invalidate_all()
        self.queries = self.env.cr.sql_log_count
        self.start, self.cpu = time.perf_counter(), get_cpu()

    def __exit__(self, *error):
        self.env.flush_all()
        seconds = time.perf_counter() - self.start
        cpu = get_cpu() - self.cpu
        queries = self.env.cr.sql_log_count - self.queries
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        say(
            f"{self.title:34} {self.rows:6} {seconds:8.1f} s {cpu:8.1f} s CPU "
            f"{queries:7} queries {queries / self.rows:6.2f} each {memory:6} MB"
        )


class Place:
    """A university with one officer in charge of eleven offices."""

    def __init__(self, env, students):
        from odoo.addons.sajad_base.tests.common import OFFICER, SajadFactory

        class Factory(SajadFactory):
            pass

        Factory.env, Factory.engine = env, env["sajad.engine"]
        env.ref("sajad_base.sajad_university_organization")
        self.env = env
        self.university = Factory.make_university("Bench University", "BENCHC")
        self.officer = Factory.make_user("bench_cohort_officer", OFFICER)
        spec = {"s0": {"time_limit": 16}}
        for number in range(1, OFFICES):
            spec[f"s{number}"] = {"after": [f"s{number - 1}"], "time_limit": 16}
        self.process = Factory.make_process(
            "bench_cohort", spec, matter="clearance", exclusive_group="clearance"
        )
        Factory.make_cartables(self.process, self.university, self.officer)
        partners = env["res.partner"].create(
            [{"name": f"C{n}"} for n in range(students)]
        )
        env["sajad.student"].create(
            [
                {
                    "partner_id": partner.id,
                    "student_number": f"90{number:06}",
                    "university_id": self.university.id,
                    "faculty_id": self.university.faculty_ids.id,
                }
                for number, partner in enumerate(partners)
            ]
        )
        self.numbers = "\n".join(f"90{number:06}" for number in range(students))

    def make_cohort(self):
        return self.env["sajad.cohort"].create(
            {
                "name": "Bench",
                "university_id": self.university.id,
                "process_id": self.process.id,
                "numbers": self.numbers,
            }
        )

    def start(self, cohort):
        remaining = 1
        while remaining:
            _processed, remaining = cohort._start_batch()
            self.env.flush_all()
            # each batch of the job is a transaction
            self.env.invalidate_all()

    def approve(self, cohort, code):
        Task = self.env["sajad.task"].with_user(self.officer)
        tasks = Task.search(
            [
                ("request_id.cohort_id", "=", cohort.id),
                ("stage_id.code", "=", code),
                ("state", "=", "ready"),
            ]
        )
        tasks.action_approve()


def print_bare(content):
    """Return the PDF of HTML as WeasyPrint makes it, with nothing kept in between."""
    import weasyprint

    import odoo.addons
    from odoo.addons.sajad_report.tools.pdf_fetcher import BASE_URL, AddonsFetcher

    fetcher = AddonsFetcher(list(odoo.addons.__path__))
    source = weasyprint.HTML(string=content, base_url=BASE_URL, url_fetcher=fetcher)
    return source.write_pdf()


def split_bare(html):
    """Return a document for each certificate, with its stylesheets."""
    from odoo.addons.sajad_report.tools import pdf_pages

    parts = pdf_pages.split(html, "sajad.clearance.certificate")
    links = "".join(
        f'<link rel="stylesheet" href="{value}">'
        for kind, value in parts.stylesheets
        if kind == "href"
    )
    return [p.content.replace("<head>", f"<head>{links}") for p in parts.pages]


def measure(env, students, prints):
    place = Place(env, students)
    cohort = place.make_cohort()
    with Meter(env, "dry run", students):
        cohort.action_check()
    with (
        Meter(env, f"start, {OFFICES} work items each", students),
        patch.object(type(cohort), "_trigger_start"),
    ):
        cohort.action_start()
        place.start(cohort)
    for number in range(OFFICES):
        title = f"office {number + 1} approves all"
        if number == OFFICES - 1:
            title += ", certificates"
        if number in (0, OFFICES - 1):
            with Meter(env, title, students):
                place.approve(cohort, f"s{number}")
        else:
            place.approve(cohort, f"s{number}")
    certificates = cohort._get_certificates()[:prints]
    report = env["ir.actions.report"].with_context(force_report_rendering=True)
    name = "sajad_clearance.sajad_clearance_certificate_report"
    with Meter(env, "HTML alone", len(certificates)):
        html = report._render_qweb_html(name, certificates.ids)[0]
    with Meter(env, "bare WeasyPrint, one document", len(certificates)):
        print_bare(html.decode())
    pages = split_bare(html)
    with Meter(env, "bare WeasyPrint, a document each", len(pages)):
        for page in pages:
            print_bare(page)
    with Meter(env, "print in one call", len(certificates)):
        content = report._render_qweb_pdf(name, certificates.ids)[0]
    say(f"{'':34} {len(content) // 1024} kB")
    with Meter(env, "print again, kept", len(certificates)):
        report._render_qweb_pdf(name, certificates.ids)
    minutes = env["sajad.clearance.minutes"].create({"cohort_id": cohort.id})
    minutes.certificate_ids = certificates
    with Meter(env, "minutes of them", len(certificates)):
        report._render_qweb_pdf(
            "sajad_clearance.sajad_clearance_minutes_report", minutes.ids
        )


def main():
    args = parse()
    registry = open_registry(args.config, args.database)
    with registry.cursor() as cr:
        measure(superuser(cr), args.students, args.prints)
        cr.rollback()


if __name__ == "__main__":
    sys.exit(main())
