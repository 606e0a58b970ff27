from odoo.exceptions import AccessError
from odoo.tests import tagged, users

from odoo.addons.sajad_base.tests.common import SajadCommon

DORMITORY = "[('has_dormitory', '=', True)]"


@tagged("post_install", "-at_install")
class TestFlowDrawing(SajadCommon):
    """The drawing of a version, and rules in words (row A5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "draw",
            {
                "a": {"time_limit": 16},
                "dorm": {"after": ["a"], "condition": DORMITORY},
                "loan": {"after": ["a"]},
                "info": {"after": ["dorm", "loan"], "mode": "information"},
            },
        )
        cls.flow = cls.process.published_flow_id
        cls.make_cartables(cls.process, cls.university, cls.user_officer)

    def boxes(self, flow=None, user=None):
        flow = (flow or self.flow).with_user(user or self.user_admin)
        drawing = flow.get_drawing()
        steps = self.env["sajad.flow.step"]
        return {steps.browse(box["id"]).stage_id.code: box for box in drawing["boxes"]}

    def test_boxes_say_what_a_step_is(self):
        boxes = self.boxes()
        self.assertEqual(boxes["a"]["hours"], 16)
        self.assertEqual(boxes["a"]["role"], "Role draw_a")
        self.assertEqual(boxes["dorm"]["condition"], "Has Dormitory: yes")
        self.assertEqual(boxes["info"]["mode"], "information")
        self.assertEqual([boxes[c]["layer"] for c in boxes], [0, 1, 1, 2])

    def test_counts_of_live_work(self):
        requests = [
            self.make_request(self.process, self.make_student(n, self.university))
            for n in ("71", "72", "73")
        ]
        lost = self.make_request(self.process, self.other_student)
        self.assertEqual(lost.state, "suspended")
        self.approve(requests[0], "a")
        late = self.task(requests[1], "a").sudo()
        late.date_due = "2020-01-01"
        self.env.flush_all()
        boxes = self.boxes()
        self.assertEqual(boxes["a"]["waiting"], 2)
        self.assertEqual(boxes["a"]["late"], 1)
        self.assertEqual(boxes["a"]["suspended"], 1)
        self.assertLess(boxes["a"]["mean"], 60)
        self.assertEqual(boxes["loan"]["waiting"], 1)
        self.assertNotIn("waiting", boxes["dorm"])

    def test_counts_are_of_what_the_user_may_read(self):
        self.make_request(self.process)
        self.assertEqual(self.boxes(user=self.user_officer)["a"]["waiting"], 1)
        self.assertNotIn("waiting", self.boxes(user=self.user_stranger)["a"])

    def test_queries_do_not_grow(self):
        def measure():
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(30):
                self.flow.with_user(self.user_admin).get_drawing()

        self.boxes()
        self.make_request(self.process)
        measure()
        for number in range(20):
            student = self.make_student(f"8{number}", self.university)
            self.make_request(self.process, student)
        measure()

    @users("t_student")
    def test_students_see_no_drawing(self):
        with self.assertRaises(AccessError):
            self.flow.with_env(self.env).get_drawing()

    @users("t_admin")
    def test_a_box_opens_the_work(self):
        request = self.make_request(self.process)
        step = self.task(request, "a").step_id.with_env(self.env)
        action = step.action_open_work()
        self.assertEqual(
            self.env["sajad.task"].search(action["domain"]), self.task(request, "a")
        )
        self.assertEqual(step.action_open_step()["res_id"], step.id)

    # ------------------------------------------------------------
    # WORDS
    # ------------------------------------------------------------

    def describe(self, text):
        return self.flow.with_context(lang="en_US")._describe_condition(text)

    def test_conditions_in_words(self):
        self.flow.request_properties_definition = [
            {
                "name": "kind",
                "string": "Kind of Loan",
                "type": "selection",
                "selection": [["s", "Short"], ["l", "Long"]],
            }
        ]
        faculty = self.faculty.display_name
        for text, words in (
            ("", ""),
            ("[]", ""),
            (DORMITORY, "Has Dormitory: yes"),
            ("[('has_dormitory', '!=', True)]", "Has Dormitory: no"),
            ("[('note', '=', False)]", "Explanation is empty"),
            ("[('properties.kind', '=', 'l')]", "Kind of Loan is Long"),
            (
                "[('properties.kind', 'in', ['s', 'l'])]",
                "Kind of Loan is Short or Long",
            ),
            (
                f"['|', ('faculty_id', '=', {self.faculty.id}),"
                " ('note', 'ilike', 'x')]",
                f"(Faculty is {faculty} or Explanation contains x)",
            ),
            ("['!', ('note', '=', 'x')]", "Explanation is not x"),
            ("[('student_id.entry_year', '>=', 99)]", None),
            ("rubbish(", "rubbish("),
            ("[('no_such_field', '=', 1)]", "no_such_field is 1"),
        ):
            with self.subTest(text):
                found = self.describe(text)
                if words is None:
                    self.assertIn(" is at least 99", found)
                else:
                    self.assertEqual(found, words)
