"""Certificates of a class: Odoo's report beside WeasyPrint on the same HTML."""

from unittest.mock import patch

from cohort import OFFICES, Place, print_bare, split_bare
from server import say
from timing import Case, interleave, report

NAME = "sajad_clearance.sajad_clearance_certificate_report"
# enough for a process for each processor, which begins while the first round warms up
PRINTS = 24


def measure_papers(env, rounds):
    """Print what new certificates cost, to the same pages and nothing else."""
    if "sajad.clearance.certificate" not in env:
        return
    papers = Papers(env)
    cases = [
        Case("bare, a document each", env, papers.print_bare, papers.get_pages, PRINTS),
        Case("the report", env, papers.print_report, papers.certify, PRINTS),
    ]
    title = f"Certificates, {PRINTS} new ones of {OFFICES} offices"
    interleave(cases, rounds)
    for line in report(title, cases, cases[0]):
        say(line)


class Papers:
    """A class that was cleared. Each measurement takes it back."""

    def __init__(self, env):
        self.env = env
        self.report = env["ir.actions.report"].with_context(force_report_rendering=True)

    def certify(self):
        """Return new certificates."""
        place = Place(self.env, PRINTS)
        cohort = place.make_cohort()
        cohort.action_check()
        with patch.object(type(cohort), "_trigger_start"):
            cohort.action_start()
            place.start(cohort)
        for number in range(OFFICES):
            place.approve(cohort, f"s{number}")
        return cohort._get_certificates()

    def get_pages(self):
        """Return the HTML of each new certificate."""
        html = self.report._render_qweb_html(NAME, self.certify().ids)[0]
        return split_bare(html)

    def print_bare(self, pages):
        for page in pages:
            print_bare(page)

    def print_report(self, certificates):
        self.report._render_qweb_pdf(NAME, certificates.ids)
