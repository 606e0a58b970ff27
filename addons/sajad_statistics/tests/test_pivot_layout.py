from datetime import datetime, timedelta

from odoo.tests import HttpCase, tagged

from odoo.addons.sajad_base.tests.sweep import PERSIAN, SweepCase
from odoo.addons.sajad_base.tools.clock import get_country_today

from .test_stat_day import StatCommon

PIVOT = """
    const table = document.querySelector(".o_pivot table");
    const names = [...table.querySelectorAll(".o_pivot_measure_row")];
    must(names.length > 3, "there are but " + names.length + " columns");
    must(table.querySelectorAll("tbody tr").length > 1, "nothing is counted");
    const place = table.getBoundingClientRect();
    must(place.left >= 0 && place.right <= window.innerWidth, "the pivot is too wide");
    for (let host = table; host; host = host.parentElement) {
        must(host.scrollWidth <= host.clientWidth + 1, host.className + " scrolls");
    }
    const rows = box(".o_pivot tbody th");
    must(rows.left > names[0].getBoundingClientRect().right - 1, "not from the right");
    for (const name of names) {
        must(name.scrollWidth <= name.clientWidth + 1, name.innerText + " is cut");
    }
"""


@tagged("post_install", "-at_install", "is_tour")
class TestPivotLayout(SweepCase, StatCommon, HttpCase):
    """A pivot of a page from the right fits the screen of an office (row B12)."""

    browser_size = "1366x768"

    def test_pivot(self):
        self.setUpPersian()
        self.user_reporting.write(PERSIAN)
        self.play(5, 6, start=datetime.now() - timedelta(days=4))
        # demo data has counted these days before
        today = get_country_today()
        self.fill(today - timedelta(days=6), today - timedelta(days=1))
        self.measure(
            "/odoo/sajad-statistics",
            ".o_pivot .o_pivot_measure_row",
            self.user_reporting,
            PIVOT,
        )
