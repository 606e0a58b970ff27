import io
import re

from lxml import html
from pypdf import PdfReader

from odoo.http import Request
from odoo.tests import JsonRpcException, tagged
from odoo.tests.common import HOST
from odoo.tools import mute_logger

from odoo.addons.payment.tests.http_common import PaymentHttpCommon

from .common import FeeCommon


@tagged("post_install", "-at_install")
class TestPortalFee(FeeCommon, PaymentHttpCommon):
    """The form of a service that costs something ends on its payment (row D5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")

    def setUp(self):
        super().setUp()
        self.authenticate("t_student", "t_student")

    def authenticate(self, *args, **kwargs):
        result = super().authenticate(*args, **kwargs)
        # where Persian is installed too, pages would be in it
        self.opener.cookies.set("frontend_lang", "en_US", domain=HOST, path="/")
        return result

    def open(self, url, status=200):
        response = self.url_open(url)
        self.assertEqual(response.status_code, status, url)
        return html.fromstring(response.text)

    def text(self, url):
        return re.sub(r"\s+", " ", self.open(url).text_content())

    def send(self):
        """Send the form of the service; return the response."""
        data = {"csrf_token": Request.csrf_token(self), "note": "Please."}
        return self.url_open("/my/services/paid/apply", data=data)

    def get_request(self):
        self.env.invalidate_all()
        domain = [("process_id", "=", self.process.id)]
        return self.env["sajad.request"].search(domain)

    def get_form(self, url):
        """Return what the form of the payment engine sends."""
        form = self.open(url).get_element_by_id("o_payment_form")
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

    def go(self, form, **changes):
        values = {**form, **changes}
        return self.make_jsonrpc_request(values.pop("route"), values)

    def count(self):
        return self.env["payment.transaction"].search_count([])

    def assertRefused(self, error, form, **changes):
        count = self.count()
        with (
            mute_logger("odoo.http"),
            self.assertRaisesRegex(JsonRpcException, error),
        ):
            self.go(form, **changes)
        self.assertEqual(self.count(), count)

    def test_form_ends_on_the_payment(self):
        response = self.send()
        request = self.get_request()
        self.assertTrue(response.url.endswith(f"/my/requests/{request.id}/pay"))
        self.assertIn("500,000", response.text)
        self.assertIn("five hundred thousand", response.text)
        self.assertEqual(request.state, "draft")
        # sent twice: the same payment
        self.assertIn("/my/requests/", self.send().url + "/my/requests/")
        self.assertEqual(len(self.get_request()), 1)

    def test_whole_way(self):
        self.send()
        request = self.get_request()
        url = f"/my/requests/{request.id}"
        self.assertIn("Waiting for Payment", self.text("/my/requests"))
        self.assertIn("500,000", self.text("/my/requests"))
        self.assertIn(request.name, self.text("/my/requests?filterby=payment"))
        self.assertIn(request.name, self.text("/my/requests?filterby=todo"))
        self.assertIn("Pay 500,000", self.text(url))
        values = self.go(self.get_form(f"{url}/pay"))
        transaction = self.env["payment.transaction"].search(
            [("reference", "=", values["reference"])]
        )
        self.assertEqual(transaction.sajad_fee_id, request.fee_ids)
        self.assertEqual(transaction.amount, 500000)
        landing = transaction.landing_route
        self.assertIn("not finished", self.text(landing))
        for path in (url, f"{url}/pay"):
            self.assertNotIn("Your last payment did not succeed", self.text(path))
        transaction._set_error("No money.")
        for path in (url, f"{url}/pay"):
            self.assertIn("Your last payment did not succeed", self.text(path))
        transaction.state = "draft"
        self.end(transaction)
        self.assertIn("your request was sent", self.text(landing))
        self.assertEqual(self.get_request().state, "running")
        self.assertIn("Paid", self.text(url))
        # there is nothing left to pay
        self.assertTrue(self.url_open(f"{url}/pay").url.endswith(url))
        receipt = self.url_open(f"{url}/receipts")
        self.assertEqual(receipt.headers["Content-Type"], "application/pdf")

    def test_receipts(self):
        request = self.apply()
        fee = request.fee_ids
        self.end(self.start(fee, amount=200000))
        self.pay(fee)
        url = f"/my/requests/{request.id}/receipts"
        self.assertIn("All Receipts", self.text(f"/my/requests/{request.id}"))
        # over HTTP tests get the HTML of a report
        response = self.url_open(url)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        first, second = (p._get_receipt_number() for p in fee.payment_ids)
        text = self.text(url)
        self.assertIn(first, text)
        self.assertIn(second, text)
        text = self.text(f"{url}?payment={fee.payment_ids[0].id}")
        self.assertIn(first, text)
        self.assertNotIn(second, text)
        self.open(f"{url}?payment=0", 404)
        self.open(f"{url}?payment=x", 404)

    def test_receipt_on_paper(self):
        """One paper for each payment, with what a cashier needs."""
        request = self.apply()
        self.end(self.start(request.fee_ids, amount=200000))
        transaction = self.pay(request.fee_ids)
        transaction.provider_reference = "B-99"
        payments = request.fee_ids.payment_ids.with_user(self.user_fee)
        report = self.env["ir.actions.report"].with_user(self.user_fee)
        report = report.with_context(force_report_rendering=True, lang="en_US")
        content, _kind = report._render_qweb_pdf(
            "sajad_fee.sajad_fee_receipt_report", payments.ids
        )
        pages = PdfReader(io.BytesIO(content)).pages
        self.assertEqual(len(pages), 2)
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
        for shown in (
            "Payment Receipt",
            self.process.name,
            request.name,
            "1001",
            "300,000 rials",
            "three hundred thousand",
            "B-99",
            transaction.reference,
            payments[0]._get_receipt_number(),
        ):
            self.assertIn(shown.lower(), text.lower())

    def test_how_it_ended(self):
        request = self.apply()
        for state, text in (
            ("error", "The payment failed"),
            ("cancel", "was cancelled"),
            ("pending", "do not pay again"),
        ):
            transaction = self.start(request.fee_ids)
            self.end(transaction, state)
            page = self.text(f"/my/requests/{request.id}/payment/{transaction.id}")
            self.assertIn(text, page)
        page = self.open(f"/my/requests/{request.id}/pay")
        self.assertFalse(page.xpath("//*[@id='o_payment_form']"))

    def test_forged(self):
        request = self.apply()
        fee = request.fee_ids
        form = self.get_form(f"/my/requests/{request.id}/pay")
        other = self.apply(self.user_other_student, self.other_student)
        missing = "NotFound"
        self.assertRefused(missing, form, amount=1)
        self.assertRefused(missing, form, access_token="x")
        route = f"/my/requests/{other.id}/pay/transaction"
        self.assertRefused(missing, form, route=route)
        self.assertRefused("ValidationError", form, provider_id=0)
        self.assertRefused("BadRequest", form, flow="token")
        transaction = self.start(fee)
        transaction._set_pending()
        self.assertRefused("UserError", form)
        self.end(transaction)
        self.assertRefused("UserError", form)

    def test_of_another(self):
        """What belongs to somebody else is not there."""
        request = self.apply()
        transaction = self.pay(request.fee_ids)
        self.authenticate("t_other_student", "t_other_student")
        url = f"/my/requests/{request.id}"
        for path in ("pay", "receipts", f"payment/{transaction.id}"):
            self.open(f"{url}/{path}", 404)
        self.open("/my/requests/0/pay", 404)

    def test_transaction_of_another_fee(self):
        first = self.apply()
        second = self.apply(self.user_other_student, self.other_student)
        transaction = self.start(second.fee_ids)
        self.open(f"/my/requests/{first.id}/payment/{transaction.id}", 404)

    def test_cancel_and_pay_in_another_tab(self):
        request = self.apply()
        form = self.get_form(f"/my/requests/{request.id}/pay")
        request.with_user(self.user_student)._portal_cancel()
        self.env.flush_all()
        self.assertRefused("UserError", form)

    def test_catalogue(self):
        self.assertIn("500,000 rials", self.text("/services/paid"))

    # ------------------------------------------------------------
    # THE PUBLIC PAGE
    # ------------------------------------------------------------

    def test_verify(self):
        request = self.apply()
        self.pay(request.fee_ids)
        payment = request.fee_ids.payment_ids
        self.logout()
        page = self.text(f"/fees/verify/{payment.token}?lang=en")
        self.assertIn("genuine", page)
        self.assertIn(payment._get_receipt_number(), page)
        self.assertIn("500,000", page)
        self.assertNotIn(self.user_student.name, page)
        self.assertIn("t***", page)
        self.open("/fees/verify/x", 404)
        self.open(f"/fees/verify/{'A' * 32}", 404)
