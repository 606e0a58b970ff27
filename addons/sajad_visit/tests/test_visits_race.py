from odoo.tests import tagged

from odoo.addons.sajad_base.tests.test_race import RaceCommon

from .common import VisitFactory


@tagged("post_install", "-at_install")
class TestVisitsRace(VisitFactory, RaceCommon):
    """Two students choose at one moment, with two real cursors."""

    def test_last_place_of_a_slot(self):
        """Two students choose the last place at one moment: one of them gets it."""
        with self.environment() as env:
            type(self).env = env
            type(self).engine = env["sajad.engine"]
            process = env["sajad.process"].browse(self.ids["process"])
            university = env["sajad.student"].browse(self.ids["student"]).university_id
            tasks = env["sajad.task"]
            for number in ("1101", "1102"):
                student = self.make_student(number, university)
                request = self.make_request(process, student)
                tasks |= request.task_ids.filtered(lambda t: t.stage_id.code == "left")
            first, second = env["sajad.visit"]._expect(tasks).ids
            tasks.write({"state": "student", "student_wait": "visit"})
            slot_id = self.make_slot(tasks.cartable_id).id

        def book(visit_id):
            def run(env):
                visit = env["sajad.visit"].sudo().browse(visit_id)
                visit._book(env["sajad.visit.slot"].sudo().browse(slot_id))

            return run

        results = self.race(book(first), book(second), user="user")
        self.assertIn("just taken", str(results["second"]))
        with self.environment() as env:
            slot = env["sajad.visit.slot"].browse(slot_id)
            self.assertEqual(slot.taken_count, 1)
            self.assertEqual(slot.visit_ids.ids, [first])
