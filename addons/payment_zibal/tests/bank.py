"""A bank on the loopback address that speaks the protocol of Zibal."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Bank:
    """Payments by their number, and what the bank does with them."""

    def __init__(self):
        self.payments = {}
        self.calls = []
        # endpoints that answer with nothing of use
        self.silent = set()
        # endpoints that do what they are told, and whose answer is lost on the way
        self.lost = set()
        # what goes back, and whether a payment is reversed before it is settled
        self.refunds = []
        self.settled = False
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._make_handler())
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/"

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def pay(self, number, amount=None):
        """The person pays on the page of the bank."""
        payment = self.payments[int(number)]
        payment["status"] = 2
        payment["refNumber"] = 90000 + int(number)
        if amount is not None:
            payment["amount"] = amount

    def answer(self, path, data):
        """Return (HTTP status, answer) of a call."""
        self.calls.append((path, data))
        if path in self.silent:
            return 200, "<html>firewall</html>"
        call = getattr(self, "_answer_" + path.removeprefix("v1/").replace("/", "_"))
        answer = call(data)
        return (None, "") if path in self.lost else (200, answer)

    def _answer_request(self, data):
        if data["amount"] < 1000:
            return {"result": 105, "message": "amount"}
        number = 100 + len(self.payments)
        self.payments[number] = {
            "amount": data["amount"],
            "orderId": data["orderId"],
            "status": -1,
        }
        return {"result": 100, "trackId": number, "message": "success"}

    def _answer_verify(self, data):
        payment = self.payments.get(data["trackId"])
        if not payment:
            return {"result": 203, "message": "unknown"}
        if payment["status"] == 1:
            # the amount is not told twice
            return {"result": 201, "message": "previously verified"}
        if payment["status"] != 2:
            return {"result": 202, "message": "not paid"}
        payment["status"] = 1
        return {"result": 100, "message": "success", **payment}

    def _answer_inquiry(self, data):
        payment = self.payments.get(data["trackId"])
        if not payment:
            return {"result": 203, "message": "unknown"}
        return {"result": 100, "message": "success", **payment}

    def _answer_refund(self, data):
        payment = self.payments.get(data["trackId"])
        gone = sum(r["amount"] for r in self.refunds if r["status"] != 3)
        if not payment or payment["status"] not in (1, 2):
            return {"result": 5, "message": "nothing paid"}
        if data["amount"] > payment["amount"] - gone:
            return {"result": 4, "message": "too much"}
        if data["tryReverse"] and not self.settled:
            payment["status"] = 18
            return {"result": 1, "message": "accepted", "data": {"reversed": True}}
        refund = {
            "refundId": 7000 + len(self.refunds),
            "transactionTrackId": data["trackId"],
            "status": 0,
            **{name: data[name] for name in ("amount", "description")},
        }
        self.refunds.append(refund)
        number = {"refundId": refund["refundId"]}
        return {"result": 1, "message": "accepted", "data": number}

    def _answer_refund_inquiry(self, data):
        number = data["transactionTrackId"]
        rows = [r for r in self.refunds if r["transactionTrackId"] == number]
        return {"result": 1, "message": "success", "data": rows}

    def _make_handler(self):
        bank = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers["Content-Length"])
                data = json.loads(self.rfile.read(length))
                status, answer = bank.answer(self.path.strip("/"), data)
                if not status:
                    self.close_connection = True
                    return
                text = answer if isinstance(answer, str) else json.dumps(answer)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *arguments):
                """Keep the log of the tests clean."""

        return Handler
