"""Prints what a page of PDF costs: Odoo's report route, and the same HTML bare."""

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import weasyprint
from fill import fill
from pypdf import PdfReader
from server import open_registry, say, superuser
from timing import Case, interleave

REPORT = "sajad_base.sajad_request_sheet"
SHEET = "sajad_report/static/src/report/report.css"
CHROMIUM = ["chromium", "chromium-browser", "google-chrome"]


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-c", "--config", help="configuration file of Odoo")
    parser.add_argument("-d", "--database", required=True, help="begins with bench")
    parser.add_argument("--records", type=int, default=20)
    parser.add_argument("--tasks", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


class Printer:
    """The same sheets by different ways; each way returns PDF files."""

    def __init__(self, env, count, folder):
        from odoo.tools import file_path

        from odoo.addons.sajad_report.tools import pdf_pages

        self.ids = env["sajad.request"].search([], limit=count).ids
        # attachments are not at stake, and without this nothing is printed in tests
        self.report = env["ir.actions.report"].with_context(force_report_rendering=True)
        self.style = Path(file_path(SHEET))
        self.html = self.get_html().decode()
        self.pages = pdf_pages.split(self.html, "sajad.request").pages
        self.folder = folder
        self.files = [self.save(n, p.content) for n, p in enumerate(self.pages)]
        whole = self.html.replace(f"/{SHEET}", self.style.as_uri())
        self.all = self.save("all", whole)

    def save(self, name, content):
        """Write HTML that any engine reads: the stylesheet as a file."""
        path = self.folder / f"{name}.html"
        if "stylesheet" not in content:
            link = f'<link rel="stylesheet" href="{self.style.as_uri()}">'
            content = content.replace("<head>", f'<head><meta charset="utf-8">{link}')
        path.write_text(content)
        return path

    def get_html(self):
        return self.report._render_qweb_html(REPORT, self.ids)[0]

    def print_odoo(self):
        return [self.report._render_qweb_pdf(REPORT, self.ids)[0]]

    def print_each(self):
        return [weasyprint.HTML(filename=path).write_pdf() for path in self.files]

    def print_all(self):
        return [weasyprint.HTML(filename=self.all).write_pdf()]

    def print_chromium(self, program, paths):
        return [self.run_chromium(program, path) for path in paths]

    def run_chromium(self, program, path):
        target = path.with_suffix(".pdf")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
        subprocess.run(
            [
                program,
                *options,
                f"--user-data-dir={self.folder}/chromium",
                "--no-pdf-header-footer",
                f"--print-to-pdf={target}",
                path.as_uri(),
            ],
            check=True,
            capture_output=True,
        )
        return target.read_bytes()

    def print_wkhtmltopdf(self, program):
        return [self.run_wkhtmltopdf(program, path) for path in self.files]

    def run_wkhtmltopdf(self, program, path):
        target = path.with_suffix(".wk.pdf")
        command = [program, "--quiet", "--enable-local-file-access", path, target]
        # it complains of what it does not know, and prints all the same
        subprocess.run(command, check=False, capture_output=True)
        return target.read_bytes()


def list_ways(printer):
    """Return {title: function} of the ways that this machine has."""
    ways = {
        "Odoo's report route, WeasyPrint": printer.print_odoo,
        "bare WeasyPrint, a document each": printer.print_each,
        "bare WeasyPrint, one document": printer.print_all,
    }
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium:
        title = "bare Chromium, a process each"
        ways[title] = lambda: printer.print_chromium(chromium, printer.files)
        title = "bare Chromium, one document"
        ways[title] = lambda: printer.print_chromium(chromium, [printer.all])
    wkhtmltopdf = shutil.which("wkhtmltopdf")
    if wkhtmltopdf:
        # as Odoo does: without its patched Qt it prints one document at a time
        title = "bare wkhtmltopdf, a process each"
        ways[title] = lambda: printer.print_wkhtmltopdf(wkhtmltopdf)
    return ways


def measure(env, records, rounds, folder):
    printer = Printer(env, records, folder)
    ways = list_ways(printer)
    counts = {
        title: sum(len(PdfReader(io.BytesIO(pdf)).pages) for pdf in way())
        for title, way in ways.items()
    }
    cases = [Case(title, env, way) for title, way in ways.items()]
    html = Case("its QWeb part: HTML", env, printer.get_html)
    interleave([*cases, html], rounds)
    base = cases[0].median / counts[cases[0].name]
    say(f"{'':36} {'ratio':>6} {'s/page':>8} {'pages':>6} {'s':>8}")
    for case in [*cases, html]:
        pages = counts.get(case.name, counts[cases[0].name])
        each = case.median / pages
        say(
            f"{case.name:36} {each / base:6.2f} {each:8.4f} {pages:6} "
            f"{case.median:8.2f}"
        )
    for name in ("chromium", "wkhtmltopdf"):
        if not any(name in title.lower() for title in ways):
            say(f"{name} is not installed: not measured")


def main():
    args = parse()
    registry = open_registry(args.config, args.database)
    fill(registry, args.tasks)
    say(f"{args.records} request sheets, {args.rounds} rounds, medians")
    with registry.cursor() as cr, tempfile.TemporaryDirectory() as folder:
        measure(superuser(cr), args.records, args.rounds, Path(folder))
        cr.rollback()


if __name__ == "__main__":
    sys.exit(main())
