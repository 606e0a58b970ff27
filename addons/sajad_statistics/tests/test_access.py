from odoo.tests import tagged

from odoo.addons.sajad_base.tests.access_table import AccessTable
from odoo.addons.sajad_base.tests.common import SajadCommon
from odoo.addons.sajad_base.tools.clock import get_country_today

TABLE = """
record      student other officer  none     super    liaison  auditor  org      admin
stat        -       -     r        -        r        -        r        r        r
country     -       -     -        -        -        -        r        r        r
pace        -       -     -        -        -        -        -        -        r
open        -       -     r        -        r        -        r        r        r
ended       -       -     -        -        -        -        r        r        r
office      -       -     r        -        r        -        r        r        r
forecast    -       -     -        -        -        -        r        r        r
"""
# what the maker of a dialog may do; nobody else may do anything
DIALOGS = """
dialog           student other officer none super liaison auditor org admin
sajad.stat.print -       -     -       -    -     -       rwc     rwc rwc
"""


@tagged("post_install", "-at_install")
class TestAccess(AccessTable, SajadCommon):
    """Who reads which report (row E5)."""

    module = "sajad_statistics"
    table = TABLE
    dialogs = DIALOGS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("acc", {"a": {}})
        cls.cartable = cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.env["sajad.cartable.member"].create(
            {
                "cartable_id": cls.cartable.id,
                "user_id": cls.user_supervisor.id,
                "kind": "supervisor",
            }
        )
        cls.request = cls.make_request(cls.process)
        cls.records = cls.make_statistics()

    @classmethod
    def make_statistics(cls):
        """Return a record of each report (see also `test_stat_access.py`)."""
        Day = cls.env["sajad.stat.day"]
        today = get_country_today()
        Day._fill(today, today)
        # at a place that none of the others has to do with
        third = cls.make_university("Third University", "3U")
        cancelled = cls.make_request(cls.process, cls.make_student("11", third))
        cls.engine._cancel(cancelled)
        forecast = {
            "request_id": cls.request.id,
            "process_id": cls.process.id,
            "university_id": cls.university.id,
        }
        stage = cls.process.stage_ids
        domain = [("process_id", "=", cls.process.id)]
        return {
            "stat": Day.search(domain),
            "country": cls.env["sajad.stat.country"].search(domain, limit=1),
            "pace": cls.env["sajad.stat.pace"].create({"stage_id": stage.id}),
            "open": cls.env["sajad.report.open"].search(domain),
            "ended": cls.env["sajad.report.request"].search(
                [("university_id", "=", third.id)]
            ),
            "office": cls.env["sajad.bottleneck"].search(domain),
            "forecast": cls.env["sajad.forecast"].create(forecast),
        }
