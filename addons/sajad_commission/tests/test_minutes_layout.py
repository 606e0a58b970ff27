import io

from pypdf import PdfReader

from odoo.tests import tagged

from .common import CommissionCommon

MM = 72 / 25.4


@tagged("post_install", "-at_install")
class TestMinutesLayout(CommissionCommon):
    """Columns of minutes are as wide as what stands in them (row E4)."""

    def get_runs(self, pdf):
        """Return [(text, left, bottom)] of the first page, in points."""
        runs = []

        def visit(text, matrix, place, _font, _size):
            if text.strip():
                x, y = place[4], place[5]
                left = x * matrix[0] + y * matrix[2] + matrix[4]
                bottom = x * matrix[1] + y * matrix[3] + matrix[5]
                runs.append((text.strip(), left, bottom))

        PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=visit)
        return runs

    def test_columns(self):
        request = self.apply()
        self.bring_to_session(request)
        session = self.hold()
        long = "Let it be done as was asked for, with all that belongs to it. " * 4
        session.item_ids.write({"decision": "conditional", "decision_text": long})
        session.action_close()
        Report = self.env["ir.actions.report"].with_user(self.user_secretary)
        pdf = Report.with_context(force_report_rendering=True)._render_qweb_pdf(
            "sajad_commission.sajad_commission_minutes", session.ids
        )[0]
        runs = self.get_runs(pdf)
        item = session.item_ids
        # the beginnings of a row's columns; a number that is broken is no such text
        starts = {
            "index": "1 t_student",
            "student": item.student_number,
            "university": f"Test University {item.request_id.name}",
            "decision": "Accepted on Condition",
            "letter": item.letter_number,
        }
        lefts = {
            column: next((x for text, x, _y in runs if text == start), runs)
            for column, start in starts.items()
        }
        self.assertLess((lefts["student"] - lefts["index"]) / MM, 10)
        self.assertTrue(20 < (lefts["university"] - lefts["student"]) / MM < 35)
        # sentences stand there: a line has several words
        self.assertGreater((lefts["letter"] - lefts["decision"]) / MM, 40)
        self.assertTrue(
            any(t.startswith("Let it be done as was") for t, _x, _y in runs)
        )
