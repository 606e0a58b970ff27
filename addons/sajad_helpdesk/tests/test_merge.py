from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import SupportCommon


@tagged("post_install", "-at_install")
class TestMerge(SupportCommon):
    """Requests that are one, and requests that experts make (row D2)."""

    def setUp(self):
        super().setUp()
        self.main, self.second = self.ask(), self.ask()
        self.other = self.ask(self.other_student)

    def merge(self, requests, user=None, **values):
        requests = requests.with_user(user or self.user_technical)
        action = requests.action_support_merge()
        dialog = requests.env[action["res_model"]].browse(action["res_id"])
        dialog.write(values)
        return dialog.action_apply()

    def open(self, user=None, **values):
        Dialog = self.env["sajad.support.open"].with_user(user or self.user_technical)
        values = {"category_id": self.category.id, "note": "By telephone.", **values}
        action = Dialog.create(values).action_apply()
        return self.env["sajad.request"].browse(action["res_id"])

    def test_merge_and_undo(self):
        self.merge(self.main | self.second)
        self.assertEqual(self.second.support_main_id, self.main)
        self.assertBoard(self.second, state="closed")
        self.assertBoard(self.main, state="new")
        message = self.second.message_ids[0]
        self.assertIn(self.main.name, message.body)
        # told once, by the notice
        self.assertFalse(message.notified_partner_ids)
        notice = self.second.sudo().notice_ids.filtered(lambda n: n.kind == "done")
        self.assertEqual(notice.partner_id, self.student.partner_id)
        with self.assertRaisesRegex(UserError, self.main.name):
            self.second._support_reopen("But mine is open.")
        self.second.with_user(self.user_technical).action_support_part()
        self.assertFalse(self.second.support_main_id)
        self.assertBoard(self.second, state="progress", user_id=self.user_technical)
        self.assertReplay(self.second)

    def test_requests_of_others_are_not_merged(self):
        with self.assertRaisesRegex(UserError, "of one requester"):
            self.merge(self.main | self.other, mode="merge")
        self.assertBoard(self.other, state="new")
        self.assertFalse(self.other.message_ids.filtered("body"))

    def test_merge_into_a_number(self):
        self.merge(self.second, number=self.main.name)
        self.assertEqual(self.second.support_main_id, self.main)
        with self.assertRaisesRegex(UserError, "no support request"):
            self.merge(self.other, number="none")
        with self.assertRaisesRegex(UserError, "two requests at least"):
            self.merge(self.main)

    def test_an_incident_has_one_answer(self):
        self.merge(self.main | self.other, mode="link")
        self.assertEqual(self.other.support_main_id, self.main)
        self.assertBoard(self.other, state="new")
        requests = self.main.with_user(self.user_technical)
        action = requests.action_support_answer()
        dialog = requests.env["sajad.support.answer"].browse(action["res_id"])
        self.assertEqual(dialog.linked_ids.ids, self.other.ids)
        dialog.body = "The server runs again, {name}."
        dialog.action_send()
        self.assertBoard(self.main, state="solved")
        self.assertBoard(self.other, state="solved")
        self.assertIn("t_other_student", self.other.message_ids[0].body)

    def test_a_part_of_an_incident_ends_like_any_other(self):
        """It is not said to go on in the request of somebody else."""
        for is_closed in (False, True):
            main, part = self.ask(), self.ask(self.other_student)
            self.merge(main | part, mode="link")
            requests = main.with_user(self.user_technical)
            action = requests.action_support_answer()
            dialog = requests.env["sajad.support.answer"].browse(action["res_id"])
            dialog.body = "The server runs again."
            dialog.action_send()
            with self.subTest(is_closed=is_closed):
                if is_closed:
                    part._support_close()
                own = part.with_user(self.user_other_student)
                self.assertEqual(own._get_support_reopen_problem(), "")
                self.assertFalse(part.support_is_merged)

    def test_an_incident_that_grows(self):
        """Its main request is offered as such; another choice is told what to do."""
        third = self.ask(self.other_student)
        self.merge(self.second | self.other, mode="link", main_id=self.second.id)
        every = self.main | self.second | self.other | third
        with self.assertRaisesRegex(UserError, f"belong to {self.second.name} alr"):
            self.merge(every, mode="link", main_id=self.main.id)
        known = f"{self.other.name} belongs to request {self.second.name}"
        with self.assertRaisesRegex(UserError, known):
            self.merge(self.main | self.other, mode="link", main_id=self.other.id)
        self.merge(every)
        self.assertEqual((every - self.second).support_main_id, self.second)

    def test_only_who_is_in_charge_merges(self):
        refused = {
            self.experts["regulations"]: UserError,
            self.user_stranger: AccessError,
            self.user_student: AccessError,
        }
        for user, error in refused.items():
            with self.subTest(user.login), self.assertRaises(error):
                self.merge(self.main | self.second, user)
        with self.assertRaises(AccessError):
            self.second.with_user(self.user_student).action_support_part()
        self.assertFalse(self.second.support_main_id)

    def test_split(self):
        requests = self.main.with_user(self.user_technical)
        action = requests.action_support_split()
        self.assertFalse(action.get("res_id"))
        Dialog = requests.env[action["res_model"]].with_context(**action["context"])
        form = Form(Dialog, "sajad_helpdesk.sajad_support_open_view_form")
        form.note = "Another matter"
        form.category_id = self.category
        action = form.save().action_apply()
        request = self.env["sajad.request"].browse(action["res_id"])
        self.assertEqual(request.support_former_id, self.main)
        self.assertEqual(request.student_id, self.student)
        self.assertBoard(request, state="new")

    def test_on_behalf_of_a_student(self):
        request = self.open(number="1001")
        self.assertEqual(request.student_id, self.student)
        self.assertEqual(request.partner_id, self.student.partner_id)
        notice = self.env["sajad.notice"].search([("request_id", "=", request.id)])
        self.assertEqual(notice.partner_id, self.student.partner_id)
        self.assertEqual(request.event_ids[:1].user_id, self.user_technical)
        for number in ("100", "", "10%"):
            with self.subTest(number), self.assertRaisesRegex(UserError, "no student"):
                self.open(number=number)

    def test_on_behalf_by_a_university_for_its_own(self):
        user = self.experts["university"]
        self.assertEqual(self.open(user, number="1001").student_id, self.student)
        with self.assertRaisesRegex(UserError, "no student"):
            self.open(user, number="2001")
        with self.assertRaisesRegex(UserError, "no expert"):
            self.open(self.user_stranger, number="1001")

    # ------------------------------------------------------------
    # UNIVERSITIES
    # ------------------------------------------------------------

    def test_a_university_never_sees_requests_of_another(self):
        office = self.experts["university"]
        self.assertFalse(self.main.with_user(office).has_access("read"))
        stage = self.process.stage_ids.filtered(lambda s: s.code == "university")
        for request in (self.main, self.other):
            task = self.task(request, "technical", self.user_technical)
            self.engine.with_user(self.user_technical)._refer(task, stage, "Yours.")
        self.assertTrue(self.main.with_user(office).has_access("read"))
        self.assertFalse(self.other.with_user(office).has_access("read"))
        found = self.env["sajad.request"].with_user(office)
        found = found.search([("support_state", "!=", False)])
        self.assertNotIn(self.other.id, found.ids)
        self.assertFalse(
            self.main.with_user(self.user_other_student).has_access("read")
        )
