import io
import json
from datetime import timedelta

from openpyxl import load_workbook

from odoo import http
from odoo.tests import HttpCase, tagged

from .test_stat_day import START, StatCommon


@tagged("post_install", "-at_install")
class TestStatExport(StatCommon, HttpCase):
    """A reporting officer takes the lists along, as the screen shows them (row B12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number, hours in enumerate((2, 4, 30)):
            student = cls.make_student(f"96{number}", cls.university)
            cls.play(hours, student=student, start=START + timedelta(days=number % 2))
        cls.Day._fill(START.date(), START.date() + timedelta(days=5))

    def export(self, model, names, groupby=(), user=None):
        user = user or self.user_reporting
        self.authenticate(user.login, user.login)
        fields = self.env[model]._fields
        data = {
            "model": model,
            "fields": [
                {"name": name, "label": name, "type": fields[name].type}
                for name in names
            ],
            "ids": False,
            "domain": [("process_id", "=", self.process.id)],
            "groupby": list(groupby),
            "import_compat": False,
            "context": {},
        }
        return self.url_open(
            "/web/export/xlsx",
            data={
                "data": json.dumps(data),
                "csrf_token": http.Request.csrf_token(self),
            },
        )

    def read_sheet(self, *args, **kwargs):
        response = self.export(*args, **kwargs)
        response.raise_for_status()
        sheet = load_workbook(io.BytesIO(response.content)).active
        return [[cell.value for cell in row] for row in sheet]

    def test_lists(self):
        """All lists of the reports, also those that are no tables."""
        for model in ("sajad.stat.day", "sajad.report.open", "sajad.bottleneck"):
            with self.subTest(model):
                rows = self.read_sheet(model, ["stage_id", "process_id"])
                self.assertGreater(len(rows), 1)

    def test_groups_say_what_the_screen_says(self):
        names = ["stage_id", "decided", "waiting", "wait_p50"]
        rows = self.read_sheet("sajad.stat.day", names, ["stage_id"])
        heads = {row[0].split(" (")[0]: row[1:] for row in rows[1:] if "(" in row[0]}
        groups = self.Day.with_user(self.user_reporting).formatted_read_group(
            [("process_id", "=", self.process.id)],
            ["stage_id"],
            ["decided:sum", "waiting:avg", "wait_p50:avg"],
        )
        self.assertEqual(len(heads), 2)
        for group in groups:
            decided, waiting, median = heads[group["stage_id"][1]]
            self.assertEqual(int(decided), group["decided:sum"])
            self.assertAlmostEqual(float(waiting), group["waiting:avg"])
            self.assertEqual(median, group["wait_p50:avg"] or None)
        # neither the mean of the medians of days nor that of their rows
        self.assertEqual(heads[self.process.stage_ids[0].name][2], 4)
