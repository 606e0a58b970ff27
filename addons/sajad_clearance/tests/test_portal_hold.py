import io
import re

from lxml import html
from pypdf import PdfReader

from odoo.http import Request
from odoo.tests import JsonRpcException, tagged
from odoo.tests.common import HOST
from odoo.tools import mute_logger

from odoo.addons.payment.tests.http_common import PaymentHttpCommon
from odoo.addons.sajad_base.tests.test_portal import PDF

from .common_payment import HoldPaymentCommon


class PortalHoldCommon(HoldPaymentCommon, PaymentHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.user_student.lang = "en_US"

    def setUp(self):
        super().setUp()
        self.authenticate("t_student", "t_student")

    def authenticate(self, *args, **kwargs):
        result = super().authenticate(*args, **kwargs)
        # where Persian is installed too, pages would be in it
        self.opener.cookies.set("frontend_lang", "en_US", domain=HOST, path="/")
        return result

    def _open(self, url, status=200):
        response = self.url_open(url)
        self.assertEqual(response.status_code, status, url)
        return html.fromstring(response.text)

    def _get_text(self, node):
        return re.sub(r"\s+", " ", node.text_content())

    def _post(self, url, **data):
        data.setdefault("csrf_token", Request.csrf_token(self))
        return self.url_open(url, data=data)

    def _get_form(self, url):
        """Return what the form of the payment engine sends."""
        page = self._open(url)
        form = page.get_element_by_id("o_payment_form")
        return {
            "route": form.get("data-transaction-route"),
            "amount": float(form.get("data-amount")),
            "access_token": form.get("data-access-token"),
            "provider_id": self.provider.id,
            "payment_method_id": self.payment_method_id,
            "token_id": None,
            "flow": "redirect",
            "tokenization_requested": False,
            "landing_route": form.get("data-landing-route"),
            "is_validation": False,
        }

    def _send(self, form, **changes):
        values = {**form, **changes}
        route = values.pop("route")
        return self.make_jsonrpc_request(route, values)

    def _get_lines(self):
        return self.env["sajad.hold.transaction.line"].search([])

    def assertRefused(self, error, form, **changes):
        count = len(self._get_lines())
        with (
            mute_logger("odoo.http"),
            self.assertRaisesRegex(JsonRpcException, error),
        ):
            self._send(form, **changes)
        self.assertEqual(len(self._get_lines()), count)


@tagged("post_install", "-at_install")
class TestPortalHold(PortalHoldCommon):
    """My debts in the portal (row B7)."""

    # ------------------------------------------------------------
    # PAGES
    # ------------------------------------------------------------

    def test_home_counts_open_ones(self):
        self._make_hold(kind="item", amount=0).sudo()._settle()
        counters = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["hold_count"]}
        )
        self.assertEqual(counters["hold_count"], 1)

    def test_home_tells_what_the_page_behind_it_tells(self):
        """What is planned is open, too; what the bank confirms is not paid again."""
        planned = self._make_hold(amount=300)
        planned.sudo().state = "planned"
        Hold = self.env["sajad.hold"].with_user(self.user_student)
        before = Hold._get_home_counts()
        self.assertEqual(before["count"], 2)
        form = self._get_form(f"/my/holds/pay?holds={planned.id}")
        self._send(form)
        transaction = self._get_lines().transaction_id
        transaction._set_error("No money.")
        page = self._open(f"/my/holds/pay?holds={planned.id}")
        self.assertIn("Your last payment did not succeed", self._get_text(page))
        self._send(form)
        transaction = self._get_lines().transaction_id - transaction
        transaction._set_pending()
        after = Hold._get_home_counts()
        self.assertEqual((after["count"], after["confirming"]), (2, 1))
        self.assertEqual(before["amount"] - after["amount"], 300)

    def test_list_shows_own_ones_open_first(self):
        settled = self._make_hold(description="Paid long ago")
        settled._pay(500000)
        planned = self._make_hold(description="In parts")
        planned._plan([("2090-01-01", 500000)])
        page = self._open("/my/holds")
        titles = [
            node.text_content().strip()
            for node in page.xpath(
                "//*[hasclass('o_sajad_hold_row')]//*[hasclass('fw-bold')]"
            )
        ]
        self.assertEqual(titles[0], self.hold.description)
        self.assertEqual(set(titles[1:]), {"Paid long ago", "In parts"})
        self.assertIn(
            "1,000,000", self._get_text(page.find_class("o_sajad_pay_all")[0])
        )
        for filterby, shown in (("open", 1), ("agreed", 1), ("closed", 1), ("x", 3)):
            page = self._open(f"/my/holds?filterby={filterby}")
            self.assertEqual(len(page.find_class("o_sajad_hold_row")), shown, filterby)

    def test_a_book_is_not_returned(self):
        """What is owed is said in its own words, not as a state of a table."""
        self._make_hold(description="A book", kind="item", amount=0)
        self._make_hold(description="A letter", kind="document", amount=0)
        badges = {
            row.find_class("fw-bold")[0].text_content().strip(): self._get_text(
                row.find_class("o_sajad_badge")[0]
            ).strip()
            for row in self._open("/my/holds").find_class("o_sajad_hold_row")
        }
        self.assertEqual(badges["A book"], "Not returned")
        self.assertEqual(badges["A letter"], "Not brought")
        self.assertEqual(badges[self.hold.description], "Open")

    def test_list_of_nothing_and_of_many(self):
        self.hold._cancel("mistake")
        page = self._open("/my/holds?filterby=open")
        self.assertTrue(page.find_class("o_sajad_empty"))
        for _number in range(21):
            self._make_hold()
        self.assertEqual(
            len(self._open("/my/holds").find_class("o_sajad_hold_row")), 20
        )
        last = self._open("/my/holds/page/2")
        self.assertEqual(len(last.find_class("o_sajad_hold_row")), 2)
        self._open("/my/holds/page/99")

    def test_queries_do_not_grow_with_the_list(self):
        def count():
            self.env.invalidate_all()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self._open("/my/holds")
            return self.env.cr.sql_log_count - before

        self._open("/my/holds")
        few = count()
        for number in range(15):
            self._make_hold(description=f"Fine {number}")
        self.assertLessEqual(count(), few + 5)

    def test_page_says_what_to_do(self):
        self.library.cartable_ids.write(
            {"visit_place": "Hall 3", "visit_hours": "Mondays 8 to 12"}
        )
        self.hold._pay(150000, "R-1")
        text = self._get_text(self._open(f"/my/holds/{self.hold.id}"))
        for shown in (
            "500,000 rials",
            "350,000 rials",
            "Three Hundred And Fifty Thousand",
            "Hall 3",
            "Mondays 8 to 12",
            "R-1",
        ):
            self.assertIn(shown.lower(), text.lower())
        item = self._make_hold(kind="item", amount=0, item_reference="B-77")
        page = self._open(f"/my/holds/{item.id}")
        self.assertIn("B-77", self._get_text(page))
        self.assertFalse(page.find_class("o_sajad_pay"))

    def test_instalments(self):
        self.hold._plan([("2020-01-01", 200000), ("2090-01-01", 300000)])
        self.hold._pay(50000)
        page = self._open(f"/my/holds/{self.hold.id}")
        rows = page.find_class("o_sajad_instalments")[0].xpath(".//tbody/tr")
        self.assertIn("Late", self._get_text(rows[0]))
        self.assertIn("50,000", self._get_text(rows[0]))
        self.assertIn("Not yet", self._get_text(rows[1]))
        form = self._get_form(f"/my/holds/pay?holds={self.hold.id}&part=next")
        self.assertEqual(form["amount"], 150000)

    def test_disciplinary_case_is_told_only_when_the_office_says(self):
        case = self._make_hold(kind="discipline", amount=0, description="Secret story")
        urls = ("/my/holds", f"/my/holds/{case.id}")
        for url in urls:
            text = self._get_text(self._open(url))
            self.assertNotIn("Secret story", text)
            self.assertIn("Disciplinary case", text)
        member = self.experts["khwarazmi"]
        case.with_user(member).shown_to_student = True
        for url in urls:
            self.assertIn("Secret story", self._get_text(self._open(url)))

    def test_reasons_of_the_office_stay_with_it(self):
        proof = self.env["ir.attachment"].create({"name": "p", "raw": b"x"})
        self.hold._waive("The dean", "His father is ill", "77", proof)
        text = self._get_text(self._open(f"/my/holds/{self.hold.id}"))
        self.assertIn("Waived", text)
        self.assertNotIn("father is ill", text)

    def test_box_on_the_page_of_a_request(self):
        request = self._submit()
        url = f"/my/requests/{request.id}"
        box = self._open(url).get_element_by_id("sajad_request_holds")
        self.assertIn(self.hold.description, self._get_text(box))
        self.assertTrue(box.xpath(f".//a[contains(@href, 'holds={self.hold.id}')]"))
        # whoever has the link sees the request, and no debt
        self.authenticate(None, None)
        shared = self._open(f"{url}?access_token={request._portal_ensure_token()}")
        self.assertFalse(shared.xpath("//*[@id='sajad_request_holds']"))
        self.authenticate("t_student", "t_student")
        self.hold._pay(500000)
        self.assertFalse(self._open(url).xpath("//*[@id='sajad_request_holds']"))

    # ------------------------------------------------------------
    # RECEIPTS
    # ------------------------------------------------------------

    def test_receipt(self):
        self.hold._pay(100000)
        payment = self.hold._pay(150000, "R-1")
        base = f"/my/holds/{self.hold.id}/payments"
        response = self.url_open(f"{base}/{payment.id}/receipt")
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        # over HTTP tests get the HTML of a report
        self.assertIn("R-1", response.text)
        report = self.env["ir.actions.report"].with_context(
            force_report_rendering=True, lang="en_US"
        )
        content, _kind = report._render_qweb_pdf(
            "sajad_clearance.sajad_hold_receipt_report", payment.ids
        )
        pages = PdfReader(io.BytesIO(content)).pages
        text = " ".join(" ".join(p.extract_text() for p in pages).split())
        for shown in (
            "Payment Receipt",
            "1001",
            "150,000 rials",
            "One Hundred And Fifty Thousand",
            "R-1",
            "250,000 rials",
            payment._get_receipt_number(),
        ):
            self.assertIn(shown.lower(), text.lower())
        with mute_logger("odoo.http"):
            self._open(f"{base}/{payment.id + 1}/receipt", 404)

    # ------------------------------------------------------------
    # OBJECTIONS
    # ------------------------------------------------------------

    def _dispute(self, hold=None, file=None, **data):
        hold = hold or self.hold
        data = {"csrf_token": Request.csrf_token(self), **data}
        files = {"files": file} if file else None
        return self.url_open(f"/my/holds/{hold.id}/dispute", data=data, files=files)

    def test_objection_and_answer(self):
        self._dispute(reason="I gave it back", file=("proof.pdf", PDF))
        self.env.invalidate_all()
        self.assertEqual(self.hold.dispute_state, "open")
        file = self.hold.dispute_file_ids
        self.assertEqual((file.name, file.res_id), ("proof.pdf", self.hold.id))
        told = self.env["sajad.notice"].search([("kind", "=", "hold_disputed")])
        self.assertIn(self.experts["khwarazmi"].partner_id, told.partner_id)
        url = f"/my/holds/{self.hold.id}"
        self.assertEqual(self.url_open(f"{url}/files/{file.id}").content, PDF)
        # one at a time
        self.assertFalse(self._open(url).xpath("//textarea[@name='reason']"))
        response = self._dispute(reason="Again")
        self.assertIn("has your objection already", response.text)
        self.assertEqual(self.hold.dispute_reason, "I gave it back")
        self.hold._answer_dispute(False, "Not in our list")
        page = self._open(url)
        self.assertIn("Not in our list", self._get_text(page))
        self.assertTrue(page.xpath("//textarea[@name='reason']"))
        told = self.env["sajad.notice"].search([("kind", "=", "hold_answered")])
        self.assertEqual(told.partner_id, self.user_student.partner_id)
        (told | self.env["sajad.notice"].search([("kind", "=like", "hold_%")]))._send()

    def test_objection_with_errors_loses_nothing(self):
        response = self._dispute(reason="My reason", file=("a.exe", b"MZ"))
        self.env.invalidate_all()
        self.assertFalse(self.hold.dispute_state)
        self.assertIn("My reason", response.text)
        self.assertIn("is not a PDF", response.text)
        response = self._dispute(reason=" ", file=("proof.pdf", PDF))
        self.env.invalidate_all()
        self.assertFalse(self.hold.dispute_state)
        kept = html.fromstring(response.text).xpath("//input[@name='kept_file_ids']")
        self._dispute(reason="My reason", kept_file_ids=kept[0].get("value"))
        self.env.invalidate_all()
        self.assertEqual(self.hold.dispute_file_ids.name, "proof.pdf")

    def test_objection_to_what_is_closed(self):
        self.hold._pay(500000)
        self._dispute(reason="Late")
        self.env.invalidate_all()
        self.assertFalse(self.hold.dispute_state)


@tagged("post_install", "-at_install")
class TestPortalPay(PortalHoldCommon):
    """Paying in the portal, and what must not be possible (rows B7, E5)."""

    def _get_pay_url(self, holds=None):
        ids = "-".join(str(hold_id) for hold_id in (holds or self.hold).ids)
        return f"/my/holds/pay?holds={ids}"

    def test_pay(self):
        """From the page to the landing page; the browser is closed or not."""
        room = self._make_hold(office_id=self.dormitories.id, amount=800000)
        form = self._get_form(self._get_pay_url(self.hold | room))
        self.assertEqual(form["amount"], 1300000)
        values = self._send(form)
        self.assertEqual(values["amount"], 1300000)
        transaction = self._get_tx(values["reference"])
        self.assertEqual(transaction.partner_id, self.user_student.partner_id)
        self.assertEqual(transaction.currency_id, self.rial)
        self.assertEqual(
            {(line.hold_id, line.amount) for line in transaction.hold_line_ids},
            {(self.hold, 500000), (room, 800000)},
        )
        self.assertFalse(self.hold.payment_ids)
        transaction._set_done()
        answer = self.make_jsonrpc_request("/payment/status/poll")
        self.assertEqual(answer["state"], "done")
        self.env.invalidate_all()
        self.assertMoney(self.hold, "settled", 500000, 0, 0)
        self.assertMoney(room, "settled", 800000, 0, 0)
        page = self._open(answer["landing_route"])
        self.assertTrue(page.find_class("o_sajad_payment_done"))
        self.assertEqual(len(page.find_class("o_sajad_receipt")), 2)

    def test_chosen_ones_and_all(self):
        room = self._make_hold(amount=800000)
        third = self._make_hold(amount=100000)
        url = f"/my/holds/pay?hold_ids={room.id}&hold_ids={third.id}"
        self.assertEqual(self._get_form(url)["amount"], 900000)
        self.assertEqual(self._get_form("/my/holds/pay")["amount"], 1400000)

    def test_not_offered_again_while_the_bank_confirms(self):
        room = self._make_hold(description="Room", amount=800000)
        third = self._make_hold(description="Card", amount=100000)
        request = self._submit()
        self._end(self._start(self.hold), "pending")
        for url in ("/my/holds", f"/my/requests/{request.id}"):
            page = self._open(url)
            self.assertIn("Being Confirmed by the Bank", self._get_text(page))
            ways = page.xpath("//a[contains(@href, 'holds=')]/@href")
            self.assertFalse([way for way in ways if f"={self.hold.id}" in way])
            for other in (room, third):
                self.assertIn(f"/my/holds/pay?holds={other.id}", ways)
        page = self._open("/my/holds")
        picked = page.xpath("//input[@name='hold_ids']/@value")
        self.assertEqual(set(picked), {str(room.id), str(third.id)})
        # the sum is that of the page to which it leads
        paid = self._get_text(page.find_class("o_sajad_pay_all")[0])
        self.assertIn("900,000", paid)

    def test_part(self):
        url = f"{self._get_pay_url()}&part=other&amount="
        for typed in ("۲۰۰٬۰۰۰", "200,000", "200000"):
            self.assertEqual(self._get_form(url + typed)["amount"], 200000)
        for typed in ("", "abc", "-5", "0", "99999", "500001", "1e99", "nan", "1.5"):
            with self.subTest(typed):
                page = self._open(url + typed)
                self.assertTrue(page.find_class("alert-danger"))
                self.assertFalse(page.xpath("//form[@id='o_payment_form']"))
        self._send(self._get_form(url + "200000"))
        self.assertEqual(self._get_lines().amount, 200000)

    def test_how_payments_end(self):
        for state, method in (
            ("cancel", "_set_canceled"),
            ("pending", "_set_pending"),
        ):
            transaction = self._get_tx(
                self._send(self._get_form(self._get_pay_url()))["reference"]
            )
            getattr(transaction, method)()
            page = self._open(f"/my/holds/payment/{transaction.id}")
            self.assertTrue(page.find_class(f"o_sajad_payment_{state}"))
        # while the bank thinks, nobody pays twice
        page = self._open(self._get_pay_url())
        self.assertTrue(page.find_class("o_sajad_confirming"))
        # what is being paid is no task, and no reason to come
        [todo] = self._open(f"/my/holds/{self.hold.id}").find_class("o_sajad_next")
        self.assertIn("Nothing for now", todo.text_content())
        self.assertFalse(todo.find_class("o_sajad_visit"))
        role = self.hold.office_id.role_id
        self.assertFalse(self.hold._get_duties(self.hold.student_id, role))
        self.assertFalse(page.xpath("//form[@id='o_payment_form']"))
        # it keeps no other debt from being paid
        self._make_hold(amount=700000)
        self.assertEqual(self._get_form("/my/holds/pay")["amount"], 700000)
        self._make_old(transaction, hours=25)
        self._get_form(self._get_pay_url())

    def test_two_pages_open(self):
        """The second page was loaded before the first one's payment was pending."""
        form = self._get_form(self._get_pay_url())
        first = self._get_tx(self._send(form)["reference"])
        # began and came back at once: told, and may begin again
        page = self._open(self._get_pay_url())
        self.assertTrue(page.find_class("o_sajad_started"))
        first._set_pending()
        self.assertRefused("UserError", form)
        first._set_done()
        first._post_process()
        self.assertRefused("UserError", form)

    def test_debt_changed_meanwhile(self):
        room = self._make_hold(office_id=self.dormitories.id, amount=800000)
        form = self._get_form(self._get_pay_url(self.hold | room))
        room.sudo()._pay(100000)
        self.assertRefused("UserError", form)

    def test_no_provider(self):
        self.env["payment.provider"].search([]).is_published = False
        page = self._open(self._get_pay_url())
        self.assertFalse(page.xpath("//form[@id='o_payment_form']"))

    # ------------------------------------------------------------
    # WHAT MUST NOT BE POSSIBLE
    # ------------------------------------------------------------

    def test_tampered_forms(self):
        second = self._make_hold(amount=100000)
        form = self._get_form(self._get_pay_url())
        missing = "werkzeug.exceptions.NotFound"
        bad = "werkzeug.exceptions.BadRequest"
        for amount in (1, 499999, 0, -500000, None, "NaN", 1e308):
            self.assertRefused(missing, form, amount=amount)
        for ids in (self.other_hold.id, second.id, f"{self.hold.id}-{second.id}", "x"):
            self.assertRefused(missing, form, route=f"/my/holds/{ids}/transaction")
        self.assertRefused(missing, form, access_token="")
        for extra in (
            {"partner_id": self.user_other_student.partner_id.id},
            {"reference_prefix": "mine"},
            {"currency_id": self.currency_euro.id},
            {"custom_create_values": {"state": "done"}},
        ):
            self.assertRefused(bad, form, **extra)
        self.assertRefused(bad, form, flow="token")
        self.assertRefused("ValidationError", form, provider_id=0)
        self.assertRefused("ValidationError", form, payment_method_id=0)
        self.provider.is_published = False
        self.assertRefused("ValidationError", form)

    def test_landing_route_is_ours(self):
        form = self._get_form(self._get_pay_url())
        values = self._send(
            form, landing_route="https://evil.example", is_validation=True
        )
        transaction = self._get_tx(values["reference"])
        self.assertEqual(
            transaction.landing_route, f"/my/holds/payment/{transaction.id}"
        )
        self.assertEqual(transaction.operation, "online_redirect")

    def test_debts_of_another(self):
        other = self.other_hold
        payment = other._pay(1000)
        transaction = self._start(
            other, partner_id=self.user_other_student.partner_id.id
        )
        with mute_logger("odoo.http"):
            for url in (
                f"/my/holds/{other.id}",
                f"/my/holds/pay?holds={other.id}",
                f"/my/holds/pay?holds={self.hold.id}-{other.id}",
                f"/my/holds/pay?hold_ids={other.id}",
                f"/my/holds/{other.id}/payments/{payment.id}/receipt",
                f"/my/holds/{self.hold.id}/payments/{payment.id}/receipt",
                f"/my/holds/{other.id}/files/1",
                f"/my/holds/payment/{transaction.id}",
                "/my/holds/pay?holds=1;drop",
                "/my/holds/999999999",
            ):
                self._open(url, 404)
            response = self._post(f"/my/holds/{other.id}/dispute", reason="Mine")
        self.assertEqual(response.status_code, 404)
        self.env.invalidate_all()
        self.assertFalse(other.dispute_state)

    def test_transaction_that_pays_no_hold(self):
        transaction = self._create_transaction(
            "redirect", partner_id=self.user_student.partner_id.id
        )
        with mute_logger("odoo.http"):
            self._open(f"/my/holds/payment/{transaction.id}", 404)

    def test_logged_out(self):
        form = self._get_form(self._get_pay_url())
        self.authenticate(None, None)
        for url in (
            "/my/holds",
            f"/my/holds/{self.hold.id}",
            self._get_pay_url(),
            f"/my/holds/{self.hold.id}/payments/1/receipt",
            "/my/holds/payment/1",
        ):
            self.assertIn("/web/login", self.url_open(url).url)
        self.assertRefused("SessionExpired", form)

    def test_forged_request(self):
        with mute_logger("odoo.http"):
            response = self._post(
                f"/my/holds/{self.hold.id}/dispute", reason="x", csrf_token="forged"
            )
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.hold.dispute_state)

    def test_rpc_is_denied(self):
        transaction = self._start(self.hold)
        payment = self.hold._pay(1000)
        for record in (
            self.hold,
            payment,
            transaction,
            transaction.hold_line_ids,
            self.hold.event_ids,
            self.library,
        ):
            for method, args in (
                ("read", [record.ids]),
                ("write", [record.ids, {}]),
                ("search_read", [[]]),
                ("unlink", [record.ids]),
                ("create", [{}]),
            ):
                if method == "create" and record == transaction:
                    continue  # Odoo reads its values first; see TestPayment
                with (
                    self.subTest(f"{record._name}.{method}"),
                    mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"),
                    self.assertRaisesRegex(JsonRpcException, "AccessError"),
                ):
                    self.make_jsonrpc_request(
                        "/web/dataset/call_kw",
                        {
                            "model": record._name,
                            "method": method,
                            "args": args,
                            "kwargs": {},
                        },
                    )
        # private methods are no remote procedures
        for method in ("_pay", "_settle", "_portal_dispute"):
            with (
                mute_logger("odoo.http"),
                self.assertRaisesRegex(JsonRpcException, "AccessError"),
            ):
                self.make_jsonrpc_request(
                    "/web/dataset/call_kw",
                    {
                        "model": "sajad.hold",
                        "method": method,
                        "args": [self.hold.ids, 1],
                        "kwargs": {},
                    },
                )
