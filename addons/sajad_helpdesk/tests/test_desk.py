from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged, users

from odoo.addons.sajad_base.tests.common import OFFICER

from .common import SupportCommon


@tagged("post_install", "-at_install")
class TestDesk(SupportCommon):
    """Experts answer, take, hand over and sort support requests (row D2)."""

    def setUp(self):
        super().setUp()
        self.request = self.ask()

    def as_expert(self, requests, line="technical"):
        return requests.with_user(self.experts[line])

    def answer(self, requests, body, outcome="solve", user=None, **values):
        """Answer in the dialog, as the expert of the technical line."""
        requests = requests.with_user(user or self.user_technical)
        action = requests.action_support_answer()
        dialog = requests.env[action["res_model"]].browse(action["res_id"])
        dialog.write({"body": body, "outcome": outcome, **values})
        return dialog.action_send()

    def refer(self, request, to="second"):
        """Let the technical line refer a request; return it."""
        stage = self.process.stage_ids.filtered(lambda stage: stage.code == to)
        task = self.task(request, "technical", self.user_technical)
        engine = self.engine.with_user(self.user_technical)
        self.assertFalse(engine._refer(task, stage, "Not ours."))
        return request

    def get_messages(self, request):
        return request.message_ids.filtered(lambda m: m.message_type == "comment")

    # ------------------------------------------------------------
    # ANSWER
    # ------------------------------------------------------------

    def test_answer_and_solve(self):
        self.answer(self.request, "Clear the cache,\nthen try again.")
        self.assertBoard(self.request, state="solved", user_id=self.user_technical)
        message = self.get_messages(self.request)
        self.assertIn("Clear the cache,<br", message.body)
        self.assertEqual(message.author_id, self.user_technical.partner_id)
        # the notice tells the requester, with the same text
        self.assertFalse(message.notified_partner_ids)
        notice = self.request.sudo().notice_ids.filtered(lambda n: n.kind == "done")
        self.assertEqual(notice.partner_id, self.student.partner_id)

    def test_answer_and_wait(self):
        self.answer(self.request, "Which page, {name}?", "wait")
        self.assertBoard(self.request, state="waiting", user_id=self.user_technical)
        self.assertEqual(self.request.return_reason, "Which page, t_student?")
        with self.assertRaisesRegex(UserError, "answer first"):
            self.answer(self.request, "Solved.")
        self.as_expert(self.request).action_support_take_back()
        self.assertBoard(self.request, state="progress", user_id=self.user_technical)

    def test_answer_alone_takes_the_request(self):
        self.answer(self.request, "We look into it.", "answer")
        self.assertBoard(self.request, state="progress", user_id=self.user_technical)
        self.answer(self.request, "Still looking.", "answer")
        claims = [e for e in self.request.event_ids if e.kind == "claimed"]
        self.assertEqual(len(claims), 1)

    def test_no_empty_answer(self):
        with self.assertRaisesRegex(UserError, "Write the answer"):
            self.answer(self.request, "  ")
        self.assertFalse(self.get_messages(self.request))

    def test_a_line_answers_its_own_requests_only(self):
        for user in (
            self.experts["regulations"],
            self.user_stranger,
            self.user_student,
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.answer(self.request, "Hello", user=user)
        self.refer(self.request)
        # what was referred is read on, and answered elsewhere
        with self.assertRaisesRegex(UserError, "not in a cartable of yours"):
            self.answer(self.request, "Hello")
        self.assertFalse(self.get_messages(self.request))
        self.assertBoard(self.request, state="new")

    def test_what_a_colleague_has_is_not_answered(self):
        role = self.env.ref("sajad_helpdesk.sajad_role_support_technical")
        self.man(role, self.organization, self.user_technical, self.user_second)
        self.as_expert(self.request).action_support_take()
        with self.assertRaisesRegex(UserError, "has claimed"):
            self.answer(self.request, "Hello", user=self.user_second)
        self.assertFalse(self.get_messages(self.request))

    def test_many_are_answered_each_in_its_own_words(self):
        other = self.ask(self.other_student)
        foreign = self.refer(self.ask())
        result = self.answer(self.request | other | foreign, "{name}: {number}")
        for request, name in ((self.request, "t_student"), (other, "t_other_student")):
            self.assertBoard(request, state="solved")
            self.assertIn(f"{name}: {request.name}", self.get_messages(request).body)
        self.assertBoard(foreign, state="new")
        self.assertFalse(self.get_messages(foreign))
        self.assertIn(foreign.name, result["params"]["message"])
        self.assertEqual(result["params"]["type"], "warning")

    def test_very_many_go_on_in_the_background(self):
        requests = self.request
        for number in range(20):
            student = self.make_student(f"9{number}", self.university)
            requests |= self.ask(student)
        result = self.answer(requests, "Hello {name}")
        self.assertEqual(result["res_model"], "sajad.batch")
        batch = self.env["sajad.batch"].browse(result["res_id"])
        job = requests.with_user(self.user_technical)._batch_support_answer
        self.assertFalse(job(**batch.parameters))
        requests.invalidate_recordset()
        self.assertEqual(set(requests.mapped("support_state")), {"solved"})

    def test_ready_answers(self):
        Reply = self.env["sajad.support.reply"]
        reply = Reply.create(
            {
                "name": "Cache",
                "body": "Dear {name}, see {link}",
                "category_ids": self.category.ids,
                "user_id": False,
            }
        )
        with self.assertRaisesRegex(ValidationError, r"\{nme\}"):
            Reply.create({"name": "Wrong", "body": "Dear {nme}"})
        action = self.as_expert(self.request).action_support_answer()
        Dialog = self.env["sajad.support.answer"].with_user(self.user_technical)
        with Form(Dialog.browse(action["res_id"])) as form:
            form.reply_id = reply
            self.assertIn("Dear t_student, see http", form.body)
            self.assertIn(f"/my/requests/{self.request.id}", form.body)

    def test_collision(self):
        role = self.env.ref("sajad_helpdesk.sajad_role_support_technical")
        self.man(role, self.organization, self.user_technical, self.user_second)
        requests = self.as_expert(self.request)
        action = requests.action_support_answer()
        dialog = requests.env["sajad.support.answer"].browse(action["res_id"])
        self.assertFalse(dialog.writers)
        other = self.request.with_user(self.user_second).action_support_answer()
        Dialog = self.env["sajad.support.answer"].with_user(self.user_second)
        self.assertEqual(Dialog.browse(other["res_id"]).writers, "t_technical")
        self.request.with_user(self.user_student).message_post(
            body="It works now!",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        dialog.body = "Try again."
        self.assertEqual(dialog.action_send()["res_id"], dialog.id)
        self.assertIn("It works now!", dialog.meanwhile)
        self.assertBoard(self.request, state="new")
        dialog.action_send()
        self.assertBoard(self.request, state="solved")
        with self.assertRaisesRegex(UserError, "sent already"):
            dialog.action_send()

    # ------------------------------------------------------------
    # INTERNAL NOTES NEVER REACH THE REQUESTER
    # ------------------------------------------------------------

    def test_notes_stay_inside(self):
        self.request.message_subscribe(self.student.partner_id.ids)
        self.answer(self.request, "A SECRET of ours", "note")
        message = self.get_messages(self.request)
        self.assertTrue(message.subtype_id.internal)
        # by mail, and as a follower
        self.assertNotIn(self.student.partner_id, message.notified_partner_ids)
        self.assertNotIn(self.student.partner_id, message.partner_ids)
        # by RPC
        self.env.invalidate_all()
        request = self.request.with_user(self.user_student)
        self.assertNotIn(message, request.message_ids)
        Message = self.env["mail.message"].with_user(self.user_student)
        self.assertFalse(Message.search([("id", "=", message.id)]))
        with self.assertRaises(AccessError):
            Message.browse(message.id).read(["body"])
        # on the card, in the history of the requester and in the status
        self.assertNotIn("SECRET", self.request.support_last or "")
        self.assertNotIn("SECRET", str(self.request.event_ids.mapped("reason")))
        self.assertBoard(self.request, state="new")

    # ------------------------------------------------------------
    # TAKE, SORT, MOVE
    # ------------------------------------------------------------

    def test_new_requests_go_to_who_has_the_least(self):
        role = self.env.ref("sajad_helpdesk.sajad_role_support_technical")
        helpers = [self.make_user(f"t_helper{n}", OFFICER) for n in range(3)]
        cartable = self.man(role, self.organization, *helpers)
        self.category.is_assigned = True
        requests = [self.ask() for _number in range(7)]
        counts = [
            sum(request.support_user_id == user for request in requests)
            for user in helpers
        ]
        self.assertEqual(sorted(counts), [2, 2, 3])
        # history says that a rule did it, and neither who asked nor an expert
        event = requests[0].event_ids.filtered(lambda e: e.kind == "allotted")
        self.assertEqual(event.reason, requests[0].support_user_id.name)
        self.assertFalse(event.user_id)
        self.assertFalse(event.visible_to_student)
        # who is away gets nothing: the substitute does
        cartable.member_ids = [
            Command.create(
                {
                    "user_id": self.user_second.id,
                    "kind": "substitute",
                    "on_behalf_of_id": helpers[0].id,
                }
            )
        ]
        users = [self.ask().support_user_id for _number in range(4)]
        self.assertIn(self.user_second, users)
        self.assertNotIn(helpers[0], users)
        self.assertBoard(requests[0], state="progress")

    def test_category_and_priority(self):
        requests = self.as_expert(self.request)
        action = requests.action_support_change()
        dialog = requests.env["sajad.support.change"].browse(action["res_id"])
        with self.assertRaisesRegex(UserError, "Choose a category"):
            dialog.action_apply()
        dialog.write({"priority": "3", "category_id": self.category_regulations.id})
        dialog.action_apply()
        self.assertBoard(self.request, priority="3", line="technical")
        self.assertEqual(self.request.support_category_id, self.category_regulations)
        event = self.request.event_ids[-1]
        self.assertEqual(event.kind, "changed")
        self.assertIn("Normal → Urgent", event.reason)
        self.assertIn("Test Technical → Test Rules", event.reason)

    def test_clients_write_nothing(self):
        for user in (self.user_technical, self.user_student, self.user_admin):
            for values in (
                {"support_state": "closed"},
                {"support_priority": "3"},
                {"support_user_id": user.id},
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    self.request.with_user(user).write(values)

    def test_requesters_do_not_read_the_inside_of_offices(self):
        self.as_expert(self.request).action_support_take()
        self.env.invalidate_all()
        request = self.request.with_user(self.user_student)
        self.assertEqual(
            request.read(["support_state"])[0]["support_state"], "progress"
        )
        for name in ("support_user_id", "support_cartable_id", "support_other_ids"):
            with self.subTest(name), self.assertRaises(AccessError):
                request.read([name])

    def test_drop_in_another_column(self):
        request = self.as_expert(self.request)
        with self.assertRaisesRegex(UserError, "cannot be moved"):
            request.action_support_drop("closed")
        request.action_support_drop("progress")
        self.assertBoard(self.request, state="progress")
        with self.assertRaisesRegex(UserError, "cannot be moved"):
            request.action_support_drop("new")
        for state, outcome in (("waiting", "wait"), ("solved", "solve")):
            action = request.action_support_drop(state)
            dialog = request.env["sajad.support.answer"].browse(action["res_id"])
            self.assertEqual(dialog.outcome, outcome)
        self.answer(self.request, "Done.")
        request.invalidate_recordset()
        request.action_support_drop("progress")
        self.assertBoard(self.request, state="progress")
        self.answer(self.request, "Done.")
        request.invalidate_recordset()
        request.action_support_drop("closed")
        self.assertBoard(self.request, state="closed")

    @users("t_technical")
    def test_find_by_number_name_and_text(self):
        self.request.sudo().note = "A قفل page that hangs"
        Request = self.env["sajad.request"]
        for text in (self.request.name, "hangs", "t_student", "1001"):
            with self.subTest(text):
                found = Request.search([("support_text", "ilike", text)])
                self.assertIn(self.request.id, found.ids)
        self.assertFalse(Request.search([("support_text", "ilike", "nowhere at all")]))

    def test_who_wrote_last(self):
        self.assertEqual(self.request.support_last, "It does not work.")
        self.assertEqual(self.request.support_speaker, "requester")
        self.answer(self.request, "We look into it.", "answer")
        self.request.invalidate_recordset()
        self.assertEqual(self.request.support_last, "We look into it.")
        self.assertEqual(self.request.support_speaker, "office")
        self.request.with_user(self.user_student).message_post(
            body="Thank you", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.request.invalidate_recordset()
        self.assertEqual(self.request.support_speaker, "requester")

    def test_other_requests_of_the_requester(self):
        former = self.ask()
        foreign = self.ask(self.other_student)
        request = self.as_expert(self.request)
        self.assertIn(former.id, request.support_other_ids.ids)
        self.assertNotIn(foreign.id, request.support_other_ids.ids)

    def test_what_it_is_about_stands_beside(self):
        """Status and office of one's own request, as the requester sees it."""
        process = self.make_process("about", {"library": {}})
        self.make_cartables(process, self.university, self.user_officer)
        about = self.make_request(process)
        request = self.ask(
            support_about_key=f"request-{about.id}", support_about_id=about.id
        )
        # of another office, and no member of that one
        expert = self.as_expert(request)
        self.assertFalse(about.with_user(self.user_technical).has_access("read"))
        self.assertIn(about.name, expert.support_panel)
        self.assertIn(about.task_ids.stage_id.name, expert.support_panel)
        self.assertFalse(self.as_expert(self.request).support_panel)
        # what is gone says nothing
        request.sudo().support_about_key = "request-999999999"
        expert.invalidate_recordset()
        self.assertFalse(expert.support_panel)
