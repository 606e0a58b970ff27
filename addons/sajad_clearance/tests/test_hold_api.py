import json
import re
import subprocess
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ClearanceCommon

README = Path(__file__).parents[1] / "README.md"


@tagged("post_install", "-at_install")
class TestHoldApi(ClearanceCommon, HttpCase):
    """Other systems record holds over JSON-2 with the key of a member (row B7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key = cls._make_key(cls.experts["khwarazmi"])

    @classmethod
    def _make_key(cls, user):
        Keys = cls.env["res.users.apikeys"].with_user(user)
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        return Keys._generate("rpc", "library system", tomorrow)

    def _call(self, method, key=None, **values):
        return self.url_open(
            f"/json/2/sajad.hold/{method}",
            data=json.dumps(values),
            headers={
                "Authorization": f"bearer {key or self.key}",
                "Content-Type": "application/json",
            },
        )

    def _sync(self, *rows, key=None):
        response = self._call("sync", key, source_system="koha", rows=list(rows))
        self.env.invalidate_all()
        self.assertEqual(response.status_code, 200, response.text[:300])
        return response.json()

    def _row(self, number, **values):
        return {
            "external_id": number,
            "student_number": "1001",
            "office": "clearance_khwarazmi",
            "description": "Late return",
            "amount": 450000,
            "date": "2026-10-01",
            **values,
        }

    def _get_holds(self):
        return self.env["sajad.hold"].search(
            [("source_system", "=", "koha")], order="external_id"
        )

    def test_create_change_close(self):
        rows = [self._row("L1"), self._row("L2", kind="item", amount=0)]
        answers = self._sync(*rows)
        self.assertEqual([a["result"] for a in answers], ["created", "created"])
        holds = self._get_holds()
        self.assertEqual([a["id"] for a in answers], holds.ids)
        self.assertEqual(holds[0].date.isoformat(), "2026-10-01")
        self.assertEqual(holds[0].source, "api")
        again = self._sync(*rows)
        self.assertEqual([a["result"] for a in again], ["unchanged", "unchanged"])
        answers = self._sync(
            self._row("L1", amount=500000),
            {"external_id": "L2", "student_number": "1001", "state": "settled"},
        )
        self.assertEqual([a["result"] for a in answers], ["updated", "closed"])
        self.assertEqual(holds[0].amount, 500000)
        self.assertEqual(holds[1].state, "settled")
        self._sync(self._row("L1", state="settled", reference="R-77"))
        self.assertEqual(holds[0].state, "settled")
        self.assertEqual(holds[0].payment_ids.reference, "R-77")
        answers = self._sync(self._row("L1", state="settled"), self._row("L1"))
        self.assertEqual(answers[0]["result"], "unchanged")
        self.assertEqual(len(self._get_holds()), 2)

    def test_bad_rows_do_not_lose_the_others(self):
        answers = self._sync(
            self._row("L1"),
            self._row("L2", student_number="404"),
            self._row("L3", amount="12.5"),
            self._row("L4", amount=-1),
            self._row("L5", office="clearance_welfare"),
            self._row("L6", student_number="2001"),
            self._row("L7", date="yesterday"),
            self._row(""),
            "no row",
            self._row("L8", state="paid"),
            self._row("L9", kind="x"),
            self._row("L10", amount=True),
            self._row("L11", description="x" * 500),
            self._row("L12"),
        )
        self.assertEqual(
            [a["result"] for a in answers], ["created"] + ["refused"] * 12 + ["created"]
        )
        self.assertTrue(all(a["message"] for a in answers[1:-1]))
        self.assertEqual(self._get_holds().mapped("external_id"), ["L1", "L12"])

    def test_number_of_another_student(self):
        self.make_student("1002", self.university)
        self._sync(self._row("L1"))
        answers = self._sync(self._row("L1", student_number="1002"))
        self.assertEqual(answers[0]["result"], "refused")

    def test_offices_keep_apart(self):
        """The same number of another office is another hold, whatever the key."""
        self._sync(self._row("L1"))
        key = self._make_key(self.experts["welfare"])
        answers = self._sync(self._row("L1"), key=key)
        self.assertEqual(answers[0]["result"], "refused")
        answers = self._sync(self._row("L1", office="clearance_welfare"), key=key)
        self.assertEqual(answers[0]["result"], "created")
        status = self._call("status", key, student_numbers=["1001"]).json()
        self.assertEqual(
            [h["office"] for h in status[0]["holds"]], ["clearance_welfare"]
        )

    def test_status(self):
        self._sync(self._row("L1"))
        self.make_student("1002", self.university)
        answers = self._call("status", student_numbers=["۱۰۰۱", "1002", "2001"]).json()
        self.assertEqual(
            [(a["student_number"], a["known"], a["clear"]) for a in answers],
            [("1001", True, False), ("1002", True, True), ("2001", False, True)],
        )
        hold = answers[0]["holds"][0]
        self.assertEqual((hold["amount"], hold["residual"]), (450000, 450000))
        self.assertEqual(hold["external_id"], "L1")

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.json2")
    def test_wrong_key_and_strangers(self):
        self.assertEqual(
            self._call("status", "x" * 40, student_numbers=[]).status_code, 401
        )
        key = self._make_key(self.user_student)
        for method, values in (
            ("status", {"student_numbers": ["1001"]}),
            ("sync", {"source_system": "koha", "rows": [self._row("L1")]}),
        ):
            self.assertEqual(self._call(method, key, **values).status_code, 403)
        stranger = self._make_key(self.user_stranger)
        answers = self._sync(self._row("L1"), key=stranger)
        self.assertEqual(answers[0]["result"], "refused")
        self.assertFalse(self._get_holds())

    def test_private_methods_stay_private(self):
        self._sync(self._row("L1"))
        with mute_logger("odoo.http"):
            for method in ("_waive", "_sync_entries"):
                response = self._call(method, ids=self._get_holds().ids)
                self.assertIn(response.status_code, (403, 404))
        self.assertEqual(self._get_holds().state, "open")

    def test_wrong_lists(self):
        Hold = self.env["sajad.hold"].with_user(self.experts["khwarazmi"])
        for system, rows in (("", []), ("koha", {}), ("koha", [{}] * 20001)):
            with self.assertRaises(UserError):
                Hold.sync(system, rows)
        with self.assertRaises(UserError):
            Hold.status("1001")

    def test_examples_of_the_readme(self):
        """What the README tells is run as it stands there."""
        # blocks of code are indented by four
        blocks = re.findall(r"(?:^ {4}.*\n)+", README.read_text(), re.M)
        blocks = [block for block in blocks if "curl" in block]
        self.assertEqual(len(blocks), 4)
        role = self.env.ref("sajad_clearance.sajad_role_khwarazmi")
        offices = self.env["sajad.office"].search(
            [("role_id", "=", role.id), ("university_id", "=", self.university.id)]
        )
        system = self.env["sajad.hold.system"].create(
            {"name": "Koha", "office_ids": [Command.set(offices.ids)]}
        )
        self.key = system._make_key()
        self.env.flush_all()
        outputs = []
        for block in blocks:
            done = self._run_shell(block)
            self.assertEqual(done.returncode, 0, done.stderr)
            outputs.append(json.loads(done.stdout))
        self.env.invalidate_all()
        self.assertEqual([row["result"] for row in outputs[0]], ["created", "refused"])
        self.assertEqual(outputs[1][0]["holds"][0]["residual"], 450000)
        self.assertEqual(outputs[2][0]["external_id"], "L-1")
        self.assertEqual(outputs[3][0]["result"], "closed")
        self.assertEqual(self._get_holds().state, "settled")

    def _run_shell(self, command):
        with TemporaryDirectory() as home, self.allow_requests():
            # what marks a request as one of this test
            cookie = f'cookie = "test_request_key={self.http_request_key}"'
            Path(home, ".curlrc").write_text(cookie)
            return subprocess.run(
                ["bash", "-c", command],
                env={
                    "SAJAD": self.base_url(),
                    "KEY": self.key,
                    "HOME": home,
                    "PATH": "/usr/bin:/bin",
                },
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
