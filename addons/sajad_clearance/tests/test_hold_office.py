from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCase
from odoo.addons.sajad_base.tests.test_portal import PDF
from odoo.addons.sajad_base.tools.clock import get_country_today

from ..tools.instalments import add_jalali_months, make_plan
from ..wizards import sajad_hold_decide
from .common import ClearanceCommon


class HoldCommon(ClearanceCommon):
    """An office with its expert, and the dialog of decisions."""

    def _decide(self, holds, decision, user=None, files=(), **values):
        """Fill in the dialog as a person does, and confirm."""
        user = user or self.experts["welfare"]
        holds = holds.with_user(user)
        action = holds.with_context(default_decision=decision).action_decide()
        form = Form(
            self.env["sajad.hold.decide"]
            .with_user(user)
            .with_context(**action["context"])
        )
        for name, value in values.items():
            setattr(form, name, value)
        wizard = form.save()
        wizard.proof_ids = [
            Command.link(self._make_file(user, name, content).id)
            for name, content in files
        ]
        result = wizard.action_apply()
        self.env.invalidate_all()
        return result

    def _make_file(self, user, name="letter.pdf", content=PDF):
        return (
            self.env["ir.attachment"]
            .with_user(user)
            .create({"name": name, "raw": content, "res_model": "sajad.hold.decide"})
        )


@tagged("post_install", "-at_install")
class TestHoldOffice(HoldCommon, MailCase):
    """What an office does with its holds (row B7)."""

    def test_expert_records_a_hold(self):
        expert = self.experts["welfare"]
        form = Form(self.env["sajad.hold"].with_user(expert))
        form.student_id = self.student
        form.office_id = self._get_office("welfare")
        form.description = "Loan"
        form.amount = 12500000
        self.assertEqual(
            form.amount_text, "twelve million, five hundred thousand rials"
        )
        hold = form.save()
        self.assertEqual((hold.state, hold.source), ("open", "manual"))
        hold.amount = 13000000
        changed = hold.event_ids.filtered(lambda e: e.kind == "changed")
        self.assertIn("13,000,000", changed.note)
        self.assertEqual(changed.user_id, expert)

    def test_amounts_in_persian_words(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        Hold = self.env["sajad.hold"].with_context(lang="fa_IR")
        known = {
            0: "",
            1: "یک",
            21: "بیست و یک",
            115: "صد و پانزده",
            1000: "هزار",
            500000: "پانصد هزار",
            12500000: "دوازده میلیون و پانصد هزار",
            1000000001: "یک میلیارد و یک",
        }
        for amount, words in known.items():
            text = Hold._get_amount_words(amount)
            self.assertEqual(text.startswith(words) and bool(text), bool(words), amount)
            self.assertIn(text.replace(words, "").strip(), ("ریال", "rials", ""))

    def test_instalments_in_jalali_months(self):
        """A plan begins on the last day of a long month and stays in the calendar."""
        first = date(2026, 9, 22)  # 31 Shahrivar 1405
        plan = make_plan(10000001, 4, first)
        self.assertEqual([amount for _day, amount in plan], [2500001] + [2500000] * 3)
        self.assertEqual(plan[1][0], date(2026, 10, 22))  # 30 Mehr 1405
        self.assertEqual(plan[2][0], date(2026, 11, 21))  # 30 Aban 1405
        # 30 Bahman 1405, then the last day of Esfand 1405, which has 29
        self.assertEqual(add_jalali_months(date(2027, 2, 19), 1), date(2027, 3, 20))
        self.assertEqual(add_jalali_months(first, 12), date(2027, 9, 22))

    def test_plan_with_the_generator(self):
        hold = self._make_hold("welfare", amount=48000001)
        first = get_country_today() + timedelta(days=20)
        self._decide(hold, "plan", instalment_count=12, date_first=first)
        self.assertEqual(hold.state, "planned")
        self.assertEqual(len(hold.instalment_ids), 12)
        self.assertEqual(hold.instalment_ids[0].amount, 4000001)
        self.assertEqual(hold.date_next, first)
        hold._pay(4000001)
        self.assertEqual(hold.date_next, add_jalali_months(first, 1))
        for count, wrong in (
            (0, "one instalment"),
            (-3, "one instalment"),
            (61, "order"),
        ):
            with self.assertRaisesRegex(UserError, wrong):
                self._decide(hold, "plan", instalment_count=count, date_first=first)
        with self.assertRaisesRegex(UserError, "past"):
            self._decide(hold, "plan", date_first=date(2020, 1, 1))

    def test_payment_by_hand(self):
        hold = self._make_hold("welfare")
        self._decide(hold, "pay", amount=200000, reference="1")
        self.assertEqual((hold.state, hold.residual), ("open", 300000))
        with self.assertRaisesRegex(UserError, "300,000"):
            self._decide(hold, "pay", amount=300001, reference="2")
        tomorrow = get_country_today() + timedelta(days=2)
        with self.assertRaisesRegex(UserError, "future"):
            self._decide(hold, "pay", reference="2", date=tomorrow)
        self._decide(hold, "pay", reference="2")
        self.assertEqual(hold.state, "settled")
        self.assertEqual(hold.payment_ids.mapped("reference"), ["2", "1"])
        self._decide(hold, "refund", amount=100000, reference="3")
        self.assertEqual((hold.state, hold.residual), ("open", 100000))

    def test_waiver_needs_authority_and_proof(self):
        hold = self._make_hold("welfare")
        values = {"authority": "Deputy", "reason": "Hardship", "reference": "12"}
        with self.assertRaisesRegex(UserError, "proof"):
            self._decide(hold, "waive", **values)
        fake = [("letter.pdf", b"MZ no letter")]
        with self.assertRaisesRegex(UserError, "PDF"):
            self._decide(hold, "waive", files=fake, **values)
        self._decide(hold, "waive", files=[("letter.pdf", PDF)], **values)
        self.assertEqual((hold.state, hold.authority), ("waived", "Deputy"))
        proof = hold.proof_ids
        self.assertEqual(len(proof), 1)
        # the office reads the proof; nobody of it changes or deletes it
        own = proof.with_user(self.experts["welfare"])
        self.assertEqual(own.raw, PDF)
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            own.unlink()
        with self.assertRaises(AccessError):
            proof.with_user(self.experts["nutrition"]).check_access("read")
        self._decide(hold, "reopen", reason="Wrong letter")
        self.assertEqual(hold.state, "open")

    def test_files_of_others_are_no_proof(self):
        """An id of a foreign file in the dialog neither proves nor opens it."""
        hold = self._make_hold("welfare")
        foreign = self._make_file(self.experts["nutrition"])
        user = self.experts["welfare"]
        wizard = (
            self.env["sajad.hold.decide"]
            .with_user(user)
            .create(
                {
                    "hold_ids": [Command.link(hold.id)],
                    "decision": "waive",
                    "authority": "Deputy",
                    "reason": "Hardship",
                }
            )
        )
        wizard.sudo().proof_ids = foreign.sudo()
        with self.assertRaisesRegex(UserError, "proof"):
            wizard.action_apply()
        self.assertFalse(foreign.res_id)

    def test_guarantee_is_a_condition(self):
        request = self._submit()
        self._approve_until(request, "welfare")
        hold = self._make_hold("welfare")
        with self.assertRaisesRegex(UserError, "copy"):
            self._decide(hold, "guarantee", reference="45871")
        files = [("deed.pdf", PDF)]
        self._decide(hold, "guarantee", files=files, reference="45871")
        self.assertEqual(hold.state, "guaranteed")
        self.assertFalse(self._approve(request, "welfare"))
        self.assertEqual(request._get_conditional_holds(), {request: hold})
        self.assertEqual(request.conditional_count, 1)
        self.assertIn("45871", hold._get_condition())

    def test_mistake_and_objection(self):
        hold = self._make_hold("welfare")
        hold._dispute("I paid it.")
        self._decide(hold, "answer", answer="rejected", reason="We did not get it.")
        self.assertEqual((hold.state, hold.dispute_state), ("open", "rejected"))
        hold._dispute("Here is the receipt.")
        self._decide(hold, "answer", answer="accepted", reason="Sorry.")
        self.assertEqual((hold.state, hold.dispute_state), ("cancelled", "accepted"))
        other = self._make_hold("welfare")
        with self.assertRaisesRegex(UserError, "Reason"):
            self._decide(other, "cancel", reason=" ")
        self._decide(other, "cancel", reason="Namesake")
        self.assertEqual(other.state, "cancelled")

    def test_many_at_once(self):
        """Items come back in heaps; what is closed already is left out."""
        holds = self.env["sajad.hold"].union(
            *(self._make_hold("welfare", kind="item", amount=0) for _n in range(3))
        )
        holds[0]._settle()
        result = self._decide(holds, "settle")
        self.assertEqual(set(holds.mapped("state")), {"settled"})
        self.assertIn("2 done", result["params"]["message"])
        with self.assertRaisesRegex(UserError, "closed"):
            self._decide(holds, "settle")
        debts = self._make_hold("welfare") | self._make_hold("welfare", amount=9)
        with self.assertRaisesRegex(UserError, "Reference"):
            self._decide(debts, "settle")
        values = {"authority": "Deputy", "reason": "Flood"}
        self._decide(debts, "waive", files=[("letter.pdf", PDF)], **values)
        self.assertEqual(set(debts.mapped("state")), {"waived"})
        self.assertEqual(len(debts.proof_ids), 1)
        with self.assertRaisesRegex(UserError, "one hold at a time"):
            self._decide(debts, "reopen", reason="x")

    def test_very_many_in_the_background(self):
        self.startPatcher(patch.object(sajad_hold_decide, "MANY", 2))
        debts = self.env["sajad.hold"].union(
            *(self._make_hold("welfare", amount=n) for n in range(1, 5))
        )
        # what is missing is said at once
        with self.assertRaisesRegex(UserError, "Reference"):
            self._decide(debts, "settle")
        values = {"authority": "Deputy", "reason": "Flood"}
        for files in ([("letter.pdf", PDF)], []):
            with self.assertRaisesRegex(UserError, "at most 2 holds"):
                self._decide(debts, "waive", files=files, **values)
        action = self._decide(debts, "settle", reference="R1")
        self.assertEqual(set(debts.mapped("state")), {"open"})
        debts[0]._settle()
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            self.env["sajad.batch.run"]._cron_run()
        batch = self.env["sajad.batch"].browse(action["res_id"])
        self.assertEqual((batch.done_count, batch.problem_count), (3, 1))
        self.assertEqual(batch.line_ids.message, "This hold is closed already.")
        self.assertEqual(set(debts.mapped("state")), {"settled"})

    def test_second_click(self):
        hold = self._make_hold("welfare", kind="item", amount=0)
        self._decide(hold, "settle")
        with self.assertRaisesRegex(UserError, "now"):
            self._decide(hold, "settle")
        self.assertEqual(hold.event_ids.mapped("kind"), ["settled", "recorded"])

    def test_who_decides(self):
        """Only who decides in the office today, and never on an own hold."""
        hold = self._make_hold("welfare")
        welfare = self._get_office("welfare").cartable_ids
        members = self.env["sajad.cartable.member"]
        members.create(
            {
                "cartable_id": welfare.id,
                "user_id": self.user_supervisor.id,
                "kind": "supervisor",
            }
        )
        for user in (
            self.user_supervisor,
            self.user_auditor,
            self.user_liaison,
            self.experts["nutrition"],
            self.user_stranger,
            self.user_admin,
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                hold.with_user(user).action_decide()
            with self.subTest(user.login), self.assertRaises(AccessError):
                hold.with_user(user).write({"amount": 1})
        self.student.partner_id = self.experts["welfare"].partner_id
        with self.assertRaisesRegex(AccessError, "own hold"):
            hold.with_user(self.experts["welfare"]).action_decide()
        with self.assertRaisesRegex(AccessError, "own hold"):
            self.env["sajad.hold"].with_user(self.experts["welfare"]).create(
                {
                    "student_id": self.student.id,
                    "office_id": hold.office_id.id,
                    "description": "x",
                    "amount": 1,
                }
            )

    def test_former_member_decides_nothing(self):
        hold = self._make_hold("welfare")
        expert = self.experts["welfare"]
        hold.with_user(expert).action_decide()
        member = hold.office_id.cartable_ids.member_ids
        member.date_to = get_country_today() - timedelta(days=1)
        with self.assertRaises(AccessError):
            hold.with_user(expert).action_decide()

    # ------------------------------------------------------------
    # LATE INSTALMENTS
    # ------------------------------------------------------------

    def _make_late(self):
        hold = self._make_hold("welfare", amount=900)
        today = get_country_today()
        days = (-3, 30, 60)
        hold._plan([(today + timedelta(days=day), 300) for day in days])
        self.student.partner_id.email = "student@example.com"
        self.experts["welfare"].email = "welfare@example.com"
        return hold

    def _run_cron(self):
        with self.enter_registry_test_mode(), self.mock_mail_gateway():
            self.env.ref("sajad_clearance.ir_cron_office_late").method_direct_trigger()
            self.env.ref("sajad_base.ir_cron_notice_send").method_direct_trigger()
        self.env.invalidate_all()
        return self._new_mails

    def test_late_plan_is_told_once(self):
        hold = self._make_late()
        Hold = self.env["sajad.hold"]
        self.assertTrue(hold.is_late)
        self.assertIn(hold, Hold.search([("is_late", "=", True)]))
        self.assertNotIn(hold, Hold.search([("is_late", "=", False)]))
        self.assertEqual(
            self._run_cron().recipient_ids,
            self.student.partner_id | self.experts["welfare"].partner_id,
        )
        self.assertEqual(hold.state, "planned")
        self.assertFalse(self._run_cron())
        hold._pay(300)
        self.assertFalse(hold.is_late)

    def test_late_plan_opens_again_where_the_office_wants_it(self):
        hold = self._make_late()
        hold.office_id.late_plan = "reopen"
        self.assertEqual(len(self._run_cron()), 2)
        self.assertEqual(hold.state, "open")
        self.assertFalse(hold.is_late)

    # ------------------------------------------------------------
    # ON THE WORK OF AN OFFICE
    # ------------------------------------------------------------

    def test_work_shows_and_records_holds(self):
        request = self._submit()
        self._approve_until(request, "welfare")
        expert = self.experts["welfare"]
        task = self._get_work(request, "welfare")
        self.assertFalse(task.is_blocked)
        action = task.action_add_hold()
        form = Form(
            self.env["sajad.hold"].with_user(expert).with_context(**action["context"]),
            view="sajad_clearance.sajad_hold_view_form_quick",
        )
        form.description = "Loan"
        form.amount = 700000
        hold = form.save()
        closed = self._make_hold("welfare", kind="item", amount=0)
        closed._settle()
        self._make_hold("nutrition")
        task.invalidate_recordset()
        self.assertEqual(task.hold_ids.ids, [hold.id, closed.id])
        self.assertEqual((task.is_blocked, task.open_hold_amount), (True, 700000))
        Task = self.env["sajad.task"].with_user(expert)
        self.assertEqual(Task.search([("is_blocked", "=", True)]), task)
        self.assertNotIn(task, Task.search([("is_blocked", "=", False)]))
        self.assertIn("700,000", self._approve(request, "welfare"))
        self._decide(hold, "pay", reference="1")
        self.assertFalse(Task.search([("is_blocked", "=", True)]))
        self.assertFalse(self._approve(request, "welfare"))
        self.assertFalse(task.is_blocked)

    def test_statement_is_printed_with_words(self):
        hold = self._make_hold("welfare", amount=12500000)
        hold._plan(make_plan(12500000, 3, get_country_today() + timedelta(days=5)))
        report = self.env["ir.actions.report"].with_user(self.experts["welfare"])
        html, _kind = report._render_qweb_html(
            "sajad_clearance.sajad_hold_sheet", hold.ids
        )
        text = html.decode()
        self.assertIn("twelve million, five hundred thousand rials", text)
        self.assertIn("4,166,668", text)
        with self.assertRaises(AccessError):
            report.with_user(self.experts["nutrition"])._render_qweb_html(
                "sajad_clearance.sajad_hold_sheet", hold.ids
            )
