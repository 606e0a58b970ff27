from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sajad_base.tools.clock import get_country_today

from ..tools import budget_year
from .common import FeeCommon


@tagged("post_install", "-at_install")
class TestFee(FeeCommon):
    """Nothing goes on unpaid, and no money is lost (row D5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.notices = cls.env["sajad.notice"]

    def kinds(self, request):
        """Return the kinds of the notices of a request."""
        return self.notices.search([("request_id", "=", request.id)]).mapped("kind")

    # ------------------------------------------------------------
    # WAITING
    # ------------------------------------------------------------

    def test_draft_waits(self):
        request = self.apply()
        fee = request.fee_ids
        self.assertEqual((request.state, fee.state), ("draft", "waiting"))
        self.assertFalse(request.task_ids)
        self.assertEqual((fee.amount, fee.residual), (500000, 500000))
        self.assertEqual(self.kinds(request), ["fee_waiting"])
        self.assertEqual(request._get_next_kind(), "payment")
        self.assertIn("500,000", request._get_next_action()["text"])
        counts = request.with_user(self.user_student)._get_home_counts()
        self.assertEqual(counts, {"open": 1, "todo": 1})

    def test_one_open_request(self):
        """Who has a draft that waits pays it, and makes no second one."""
        self.apply()
        with self.assertRaisesRegex(UserError, "open request"):
            self.apply()

    def test_nothing_proceeds_unpaid(self):
        request = self.apply()
        self.engine._submit(request)
        self.assertEqual(request.state, "draft")
        for user in (self.user_student, self.user_officer, self.user_admin):
            with self.subTest(user.login):
                fee = request.fee_ids.with_user(user)
                with self.assertRaises(AccessError):
                    fee.write({"date_waived": "2026-01-01 00:00:00"})
                with self.assertRaises(AccessError):
                    fee.write({"state": "paid"})
                with self.assertRaises(AccessError):
                    request.with_user(user).write({"state": "running"})
                with self.assertRaises(AccessError):
                    self.env["sajad.fee.payment"].with_user(user).create(
                        {"fee_id": fee.id, "kind": "payment", "amount": 500000}
                    )
        self.assertEqual(request.state, "draft")

    # ------------------------------------------------------------
    # HOW PAYMENTS END
    # ------------------------------------------------------------

    def test_success(self):
        request = self.apply()
        fee = request.fee_ids
        transaction = self.pay(fee)
        self.assertFee(fee, "paid", 500000)
        self.assertEqual(request.state, "running")
        self.assertEqual(fee.payment_ids.transaction_id, transaction)
        self.assertEqual(self.kinds(request), ["fee_waiting", "submitted"])
        self.assertEqual(request.event_ids[:1].user_id, self.user_student)
        self.approve(request, "only")
        self.assertEqual(request.state, "done")
        self.assertFee(fee, "paid", 500000)

    def test_failure_cancelled_abandoned_pending(self):
        request = self.apply()
        fee = request.fee_ids
        self.start(fee)
        for state in ("error", "cancel", "pending"):
            with self.subTest(state):
                self.end(self.start(fee), state)
                self.assertFee(fee, "waiting")
                self.assertEqual(request.state, "draft")
        self.assertEqual(len(fee._get_confirming()), 1)
        self.pay(fee)
        self.assertEqual(request.state, "running")

    def test_callback_twice(self):
        request = self.apply()
        fee = request.fee_ids
        transaction = self.pay(fee)
        with mute_logger("odoo.addons.payment.models.payment_transaction"):
            self.end(transaction)
        transaction.is_post_processed = False
        transaction._post_process()
        self.assertEqual(len(fee.payment_ids), 1)
        self.assertFee(fee, "paid", 500000)
        with (
            self.assertRaises(UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            fee._record("payment", 5, "again", transaction)

    def test_late_callback(self):
        """The bank said cancelled first, then that the money has come."""
        request = self.apply()
        transaction = self.start(request.fee_ids)
        self.end(transaction, "cancel")
        self.end(transaction)
        self.assertFee(request.fee_ids, "paid", 500000)
        self.assertEqual(request.state, "running")

    def test_browser_closed(self):
        cron = self.env.ref("payment.cron_post_process_payment_tx")
        domain = [("cron_id", "=", cron.id)]
        before = self.env["ir.cron.trigger"].search_count(domain)
        request = self.apply()
        transaction = self.start(request.fee_ids)
        transaction._set_done()
        self.assertEqual(self.env["ir.cron.trigger"].search_count(domain), before + 1)
        self.assertEqual(request.state, "draft")
        self.assertEqual(request.fee_ids._get_confirming(), transaction)
        self.assertIn("confirmed", request._get_next_action()["text"])
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(request.state, "running")
        self.assertFalse(request.fee_ids._get_confirming())

    def test_paid_twice(self):
        """Two tabs: the second payment goes back."""
        request = self.apply()
        fee = request.fee_ids
        first, second = self.start(fee), self.start(fee)
        self.end(second)
        self.end(first)
        self.assertFee(fee, "paid", 1000000, 500000)
        self.assertEqual(len(fee.payment_ids), 2)
        self.assertEqual(self.kinds(request).count("fee_refund"), 1)
        self.assertEqual(self.kinds(request).count("submitted"), 1)

    def test_amount_differs(self):
        """Too little is kept and the rest waits; too much goes back."""
        request = self.apply()
        fee = request.fee_ids
        self.end(self.start(fee, amount=200000))
        self.assertFee(fee, "waiting", 200000)
        self.assertEqual((fee.residual, request.state), (300000, "draft"))
        self.end(self.start(fee, amount=400000))
        self.assertFee(fee, "paid", 600000, 100000)
        self.assertEqual(request.state, "running")

    # ------------------------------------------------------------
    # WHAT HAPPENS MEANWHILE
    # ------------------------------------------------------------

    def test_call_ends_meanwhile(self):
        """Who applied in time is taken."""
        request = self.apply()
        self.process.call_end = get_country_today() - timedelta(days=1)
        self.pay(request.fee_ids)
        self.assertEqual(request.state, "running")

    def test_new_version_meanwhile(self):
        request = self.apply()
        flow = self.process.published_flow_id
        new = flow.copy()
        new.action_publish()
        self.pay(request.fee_ids)
        self.assertEqual(request.state, "running")
        self.assertEqual(request.flow_id, new)

    def test_service_ends_meanwhile(self):
        """Nobody takes the request: the money goes back, and is listed."""
        request = self.apply()
        fee = request.fee_ids
        self.process.active = False
        self.pay(fee)
        self.assertEqual(request.state, "cancelled")
        self.assertFee(fee, "refund", 500000, 500000)
        self.assertIn("fee_refund", self.kinds(request))
        self.assertIn("not offered", request.event_ids[-1:].reason)

    def test_cancelled_meanwhile(self):
        request = self.apply()
        fee = request.fee_ids
        transaction = self.start(fee)
        request.with_user(self.user_student)._portal_cancel()
        self.assertFee(fee, "void")
        self.end(transaction)
        self.assertEqual(request.state, "cancelled")
        self.assertFee(fee, "refund", 500000, 500000)
        self.assertIn("go back", request._get_next_action()["text"])

    def test_cancelled_before_anybody_decided(self):
        request = self.apply()
        fee = request.fee_ids
        self.pay(fee)
        request.with_user(self.user_student)._portal_cancel()
        self.assertFee(fee, "refund", 500000, 500000)
        self.assertIn("fee_refund", self.kinds(request))

    def test_refused_is_not_given_back(self):
        request = self.apply()
        self.pay(request.fee_ids)
        task = self.task(request, "only", self.user_officer)
        self.engine.with_user(self.user_officer)._decide(task, "refused", "No")
        self.assertEqual(request.state, "refused")
        self.assertFee(request.fee_ids, "paid", 500000)

    # ------------------------------------------------------------
    # NOT PAID
    # ------------------------------------------------------------

    def expire(self):
        with self.enter_registry_test_mode():
            self.env.ref("sajad_fee.ir_cron_expire").method_direct_trigger()
        self.env.invalidate_all()

    def test_expires(self):
        request = self.apply()
        fee = request.fee_ids
        transaction = self.start(fee)
        self.expire()
        self.assertEqual(request.state, "draft")
        with freeze_time(f"{fee.date_limit} 12:00:00"):
            self.expire()
            self.assertEqual(request.state, "draft")
        with freeze_time(f"{fee.date_limit + timedelta(days=1)} 12:00:00"):
            self.expire()
            self.assertEqual(request.state, "cancelled")
            self.assertFee(fee, "void")
            self.assertIn("fee_expired", self.kinds(request))
            self.assertIn("not paid in time", request._get_next_action()["text"])
            self.assertEqual(self.apply().state, "draft")
            self.end(transaction)
            self.assertFee(fee, "refund", 500000, 500000)

    def test_expiry_waits_for_the_bank(self):
        request = self.apply()
        fee = request.fee_ids
        with freeze_time(f"{fee.date_limit + timedelta(days=1)} 12:00:00"):
            transaction = self.start(fee)
            transaction._set_pending()
            self.expire()
            self.assertEqual(request.state, "draft")
            self.end(transaction)
            self.assertEqual(request.state, "running")

    def test_days_are_a_setting(self):
        Parameter = self.env["ir.config_parameter"]
        for text, days in (("3", 3), ("0", 1), ("x", 14), ("", 14)):
            Parameter.set_param("sajad_fee.waiting_days", text)
            self.assertEqual(self.env["sajad.fee"]._get_waiting_days(), days, text)

    # ------------------------------------------------------------
    # WHAT PEOPLE ARE TOLD
    # ------------------------------------------------------------

    def test_notices(self):
        """Each kind of notice becomes a mail that names the amount."""
        self.user_student.partner_id.email = "student@example.com"
        request = self.apply()
        fee = request.fee_ids
        for kind in ("fee_expired", "fee_waived", "fee_refund", "fee_refunded"):
            fee._tell(kind)
        notices = self.notices.search([("request_id", "=", request.id)])
        bodies = {
            notice.kind: str(notice._prepare_mail_values()["body_html"])
            for notice in notices
        }
        self.assertEqual(len(bodies), 5)
        self.assertIn("500,000 rials", bodies["fee_waiting"])
        self.assertIn(f"/my/requests/{request.id}", bodies["fee_waiting"])
        self.assertIn("apply again", bodies["fee_expired"])
        notices._send()
        self.assertEqual(set(notices.mapped("state")), {"sent"})

    def test_price_of_the_day(self):
        """Made on the last day of Esfand, paid in the new year: the price stays."""
        following = str(int(self.year) + 1)
        self.make_tariff(900000, year=following)
        last = budget_year.get_last_day(self.year)
        with freeze_time(f"{last} 20:29:00"):
            request = self.apply()
        with freeze_time(f"{last} 20:31:00"):
            self.assertEqual(request.fee_ids.residual, 500000)
            self.pay(request.fee_ids)
            self.assertEqual(request.fee_ids.payment_ids.year, self.year)
            other = self.apply(self.user_other_student, self.other_student)
            self.assertEqual(other.fee_ids.amount, 900000)

    # ------------------------------------------------------------
    # WHO ASKS
    # ------------------------------------------------------------

    def test_office_submits_on_behalf(self):
        """A request that an office makes waits for its student, who is told."""
        request = self.make_request(self.process)
        self.assertEqual(request.state, "draft")
        notice = self.notices.search([("request_id", "=", request.id)])
        self.assertEqual(notice.partner_id, self.user_student.partner_id)
        self.assertEqual(notice.kind, "fee_waiting")

    def test_many_at_once(self):
        """Queries do not grow with the requests that are priced."""
        students = [
            self.make_student(str(n), self.university) for n in range(3000, 3012)
        ]
        few = [self.make_request(self.process, s, submit=False) for s in students[:2]]
        many = [self.make_request(self.process, s, submit=False) for s in students[2:]]
        counts = []
        for requests in (few, many):
            requests = self.env["sajad.request"].union(*requests)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.engine._submit(requests)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(set(requests.mapped("state")), {"draft"})
        self.assertLessEqual(counts[1], counts[0] + 1)

    def test_institution(self):
        """Any member of today pays; the request is the institution's."""
        role = self.make_role("inst", "organization")
        self.process = self.make_process(
            "inst", {"only": {"role": role}}, for_institution=True
        )
        self.make_tariff(process_id=self.process.id)
        self.make_cartable(role, self.process, self.organization, self.user_officer)
        institution = self.make_institution("inst", self.user_student)
        request = self.apply(requester=institution)
        fee = request.fee_ids
        self.assertEqual(fee.state, "waiting")
        second = self.user_other_student
        institution.member_ids = [(0, 0, {"user_id": second.id})]
        transaction = self.start(fee, partner_id=second.partner_id.id)
        self.end(transaction)
        self.assertEqual(request.state, "running")
        self.assertEqual(fee.payment_ids.partner_id, second.partner_id)
