from odoo.tests import HttpCase, tagged

from odoo.addons.sajad_base.tests.sweep import PERSIAN, SweepCase
from odoo.addons.sajad_base.tests.test_portal import PDF

from .common import ClearanceCommon

FORM = """
    await until(() => document.querySelector("iframe.o_sajad_paper"));
    const office = box("div[name=office]");
    const first = box("div[name=office] .o_field_properties");
    const who = box(".o_field_widget[name=requester_kind]");
    const what = box(".o_field_widget[name=request_id]");
    const papers = box(".o_sajad_papers");
    const paper = box("iframe.o_sajad_paper");
    const history = box(".o_notebook");
    must(first.top >= office.top && first.bottom <= office.bottom, "its boxes");
    must(first.top < window.innerHeight, "the first box is below the screen");
    must(office.bottom <= who.top, "who asks stands before the office's boxes");
    must(office.bottom <= what.top, "what is asked stands before the office's boxes");
    must(papers.right <= office.left, "files do not stand beside, on the left");
    must(papers.top < office.bottom, "files begin below the office's boxes");
    must(paper.width > 300 && paper.height > 300, "a file is too small to be read");
    must(history.top >= who.bottom && history.top >= paper.bottom, "not last");
    must(history.top < 1900, "history is " + history.top + " px down");
"""


@tagged("post_install", "-at_install", "is_tour")
class TestFormLayout(SweepCase, ClearanceCommon, HttpCase):
    """The work form has in sight what the office decides on (row A10)."""

    browser_size = "1366x768"

    def test_work_form(self):
        self.setUpPersian()
        request = self._submit(note="توضیح")
        Upload = self.env["sajad.upload"].with_user(self.user_student)
        Upload._attach(request, [("a.pdf", PDF)])
        self._approve_until(request, "dormitories")
        expert = self.experts["dormitories"]
        expert.write(PERSIAN)
        work = self.task(request, "dormitories")
        ready = ".o_form_view .o_sajad_papers"
        self.measure(f"/odoo/sajad-inbox/{work.id}", ready, expert, FORM)
