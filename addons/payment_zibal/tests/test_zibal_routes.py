import logging
from pathlib import Path

from odoo.tests import tagged
from odoo.tools.misc import file_path

from odoo.addons.payment.tests.http_common import PaymentHttpCommon

from .common import ZibalCommon

_logger = logging.getLogger(__name__)


@tagged("post_install", "-at_install")
class TestZibalRoutes(ZibalCommon, PaymentHttpCommon):
    """What a browser brings is a reason to ask, never an answer."""

    def setUp(self):
        super().setUp()
        self.transaction = self.go_to_bank()

    def come_back(self, **values):
        data = {
            "success": "1",
            "status": "2",
            "trackId": self.transaction.provider_reference,
            "orderId": self.transaction.reference,
            **values,
        }
        url = self._build_url("/payment/zibal/return")
        return self._make_http_get_request(url, data)

    def test_paid(self):
        self.bank.pay(100)
        self.come_back()
        self.assertEqual(self.transaction.state, "done")

    def test_a_browser_that_lies(self):
        self.come_back()
        self.assertEqual(self.transaction.state, "pending")
        self.assertEqual(self.call_names(), ["request", "verify", "inquiry"])

    def test_a_number_of_another(self):
        self.bank.pay(100)
        for values in (
            {"trackId": "999"},
            {"orderId": "another"},
            {"trackId": "", "orderId": ""},
        ):
            self.come_back(**values)
            self.assertEqual(self.transaction.state, "draft")
        self.assertEqual(self.call_names(), ["request"])

    def test_again_and_again(self):
        self.bank.pay(100)
        for _time in range(3):
            self.come_back()
        self.assertEqual(self.transaction.state, "done")
        # a payment that is done asks the bank for nothing
        self.assertEqual(self.call_names(), ["request", "verify"])

    def test_large_body(self):
        """Anybody may send something; what no bank sends is not read."""
        url = self._build_url("/payment/zibal/return")
        response = self._make_http_post_request(url, {"x": "x" * 70_000})
        self.assertEqual(response.status_code, 413)
        self.assertEqual(self.call_names(), ["request"])

    def test_without_a_browser(self):
        self.bank.pay(100)
        url = self._build_url("/payment/zibal/notify")
        data = {
            "success": 1,
            "trackId": int(self.transaction.provider_reference),
            "orderId": self.transaction.reference,
        }
        response = self._make_json_request(url, data=data)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self.transaction.state, "done")
        self.assertEqual(self._make_json_request(url, data=["x"]).status_code, 200)

    def test_routes(self):
        """A new route needs its line in `routes.txt`, and a look at who may ask it."""
        found = []
        for rule in self.env["ir.http"].routing_map().iter_rules():
            routing = rule.endpoint.routing
            if ".payment_zibal." in rule.endpoint.func.__module__:
                for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                    answer = self.url_open(
                        rule.rule, method=method, allow_redirects=False
                    )
                    found.append(
                        f"{rule.rule} {method} {routing['type']} "
                        f"auth={routing['auth']} "
                        f"csrf={'yes' if routing['csrf'] else 'no'} "
                        f"anonymous={answer.status_code}"
                    )
        path = file_path("payment_zibal/tests/routes.txt")
        self.assertEqual(sorted(found), Path(path).read_text().splitlines())
        # `./sajad test --attacks` adds them up
        _logger.info("attacks on payment_zibal: %d routes", len(found))
