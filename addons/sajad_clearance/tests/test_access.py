from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.sajad_base.tests.test_access_rpc import TestAccessRpc as RpcCase

from .common import ClearanceCommon

READ, WRITE, CREATE, UNLINK = "read", "write", "create", "unlink"
# Who reads what of the welfare office; a person of the office also corrects what is
# open and records more. Decisions, payments and history are nobody's to write.
TABLE = {
    "sajad.office": {
        "own": {READ},
        "supervisor": {READ},
        "liaison": {READ},
        "auditor": {READ},
        "organization": {READ},
        "admin": {READ, WRITE},
    },
    "sajad.hold": {
        "own": {READ, WRITE, CREATE},
        "supervisor": {READ},
        "auditor": {READ},
        "organization": {READ},
        "admin": {READ},
    },
    "sajad.hold.instalment": {
        "own": {READ},
        "supervisor": {READ},
        "auditor": {READ},
        "organization": {READ},
        "admin": {READ},
    },
    "sajad.hold.payment": {
        "own": {READ},
        "supervisor": {READ},
        "auditor": {READ},
        "organization": {READ},
        "admin": {READ},
    },
    "sajad.hold.event": {
        "own": {READ},
        "supervisor": {READ},
        "auditor": {READ},
        "organization": {READ},
        "admin": {READ},
    },
}
DIALOGS = (
    "sajad.hold.decide",
    "sajad.hold.decide.line",
    "sajad.hold.import",
    "sajad.hold.import.line",
)


class AccessCommon(ClearanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        role = cls.env.ref("sajad_clearance.sajad_role_welfare")
        cls.office = cls.env["sajad.office"].search(
            [("role_id", "=", role.id), ("university_id", "=", cls.university.id)]
        )
        cls.env["sajad.cartable.member"].create(
            {
                "cartable_id": cls.office.cartable_ids.id,
                "user_id": cls.user_supervisor.id,
                "kind": "supervisor",
            }
        )
        cls.hold = cls.env["sajad.hold"].create(
            {
                "student_id": cls.student.id,
                "office_id": cls.office.id,
                "description": "Loan",
                "amount": 1000,
            }
        )
        cls.planned = cls.hold.copy()
        cls.planned._pay(100)
        cls.planned._plan([(cls.planned.date, 900)])
        cls.records = {
            "sajad.office": cls.office,
            "sajad.hold": cls.hold,
            "sajad.hold.instalment": cls.planned.instalment_ids,
            "sajad.hold.payment": cls.planned.payment_ids,
            "sajad.hold.event": cls.hold.event_ids,
        }
        cls.people = {
            "own": cls.experts["welfare"],
            "other_office": cls.experts["nutrition"],
            "stranger": cls.user_stranger,
            "supervisor": cls.user_supervisor,
            "liaison": cls.user_liaison,
            "auditor": cls.user_auditor,
            "organization": cls.user_organization,
            "admin": cls.user_admin,
            "student": cls.user_student,
            "other_student": cls.user_other_student,
        }


@tagged("post_install", "-at_install")
class TestAccess(AccessCommon):
    """Rows B7 and E5: user x record x operation."""

    def _can(self, model, operation, user):
        record = self.records[model].with_user(user)
        self.env.flush_all()
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.models", "odoo.sql_db"):
                if operation == READ:
                    record.invalidate_recordset()
                    record.read(["display_name"])
                elif operation == WRITE:
                    name = "late_plan" if model == "sajad.office" else "amount"
                    value = "tell" if model == "sajad.office" else 900
                    if model == "sajad.hold.event":
                        name, value = "note", "x"
                    record.write({name: value})
                elif operation == CREATE:
                    self._create(model, user)
                else:
                    record.unlink()
        except AccessError:
            return False
        finally:
            self.env.invalidate_all()
        return True

    def _create(self, model, user):
        hold = {"hold_id": self.hold.id, "amount": 5, "kind": "payment"}
        values = {
            "sajad.office": {
                "role_id": self.office.role_id.id,
                "university_id": self.other_university.id,
            },
            "sajad.hold": {
                "student_id": self.student.id,
                "office_id": self.office.id,
                "description": "More",
                "amount": 5,
            },
            "sajad.hold.instalment": {
                "hold_id": self.hold.id,
                "amount": 5,
                "date_due": self.hold.date,
            },
            "sajad.hold.payment": {**hold, "date": self.hold.date},
            "sajad.hold.event": {"hold_id": self.hold.id, "kind": "waived"},
        }
        self.env[model].with_user(user).create(values[model])

    def test_table(self):
        for model, allowed in TABLE.items():
            for who, user in self.people.items():
                for operation in (READ, WRITE, CREATE, UNLINK):
                    with self.subTest(f"{who} {operation} {model}"):
                        self.assertEqual(
                            self._can(model, operation, user),
                            operation in allowed.get(who, ()),
                        )

    def test_nobody_writes_a_decision(self):
        """Every field but those that a person corrects, for everybody."""
        Hold = self.env["sajad.hold"]
        names = [
            name
            for name, field in Hold._fields.items()
            if field.store and name not in Hold._client_fields | {"id"}
        ]
        self.assertIn("state", names)
        for who in ("own", "supervisor", "admin", "auditor"):
            hold = self.hold.with_user(self.people[who])
            for name in names:
                with self.subTest(f"{who}.{name}"), self.assertRaises(AccessError):
                    hold.write({name: False})
        with self.assertRaises(AccessError):
            self.planned.with_user(self.people["own"]).write({"amount": 1})

    def test_nobody_creates_a_decided_hold(self):
        Hold = self.env["sajad.hold"].with_user(self.people["own"])
        values = {
            "student_id": self.student.id,
            "office_id": self.office.id,
            "description": "x",
            "amount": 5,
        }
        for name, value in (
            ("state", "waived"),
            ("authority", "me"),
            ("source", "api"),
            ("external_id", "1"),
            ("dispute_state", "open"),
            ("payment_ids", [(0, 0, {"kind": "payment", "amount": 5})]),
            ("date_told", "2026-01-01"),
            ("proof_ids", [(6, 0, [])]),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                Hold.create({**values, name: value})
            with self.subTest(f"default_{name}"):
                hold = Hold.with_context(**{f"default_{name}": value}).create(values)
                self.assertEqual((hold.state, hold.source), ("open", "manual"))
                if name not in ("state", "source"):
                    self.assertFalse(hold[name])

    def test_liaison_sees_numbers_only(self):
        office = self.office.with_user(self.user_liaison)
        self.assertEqual((office.hold_count, office.hold_amount), (1, 1000))
        self.assertFalse(self.env["sajad.hold"].with_user(self.user_liaison).search([]))

    def test_dialogs_are_ones_own(self):
        own = self.people["own"]
        for model in DIALOGS[::2]:
            wizard = self.env[model].with_user(own).create({})
            for who, user in self.people.items():
                if who != "own":
                    with self.subTest(who), self.assertRaises(AccessError):
                        wizard.with_user(user).read(["display_name"])
        for model in DIALOGS:
            for who in ("student", "other_student"):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(self.people[who]).check_access("create")


@tagged("post_install", "-at_install")
class TestHoldRpc(AccessCommon, HttpCase):
    """The same over RPC: portal users and colleagues reach nothing that decides."""

    call = RpcCase.call
    assertDenied = RpcCase.assertDenied

    def test_portal(self):
        self.authenticate("t_student", "t_student")
        for model, record in self.records.items():
            self.assertDenied(model, "read", record.ids, ["display_name"])
            self.assertDenied(model, "web_search_read", [], {"id": {}})
            self.assertDenied(model, "write", record.ids, {"amount": 0})
            self.assertDenied(model, "unlink", record.ids)
            self.assertDenied(model, "create", [{}])
        self.assertDenied("sajad.hold", "action_decide", self.hold.ids)
        self.assertDenied("sajad.hold", "sync", "x", [])
        self.assertDenied("sajad.hold", "status", ["1001"])
        self.assertDenied("sajad.hold.decide", "action_apply", [1])
        for method in ("_pay", "_waive", "_settle", "_cancel", "_reopen", "_plan"):
            _result, error = self.call("sajad.hold", method, self.hold.ids)
            self.assertTrue(error, method)
        self.assertEqual(self.hold.state, "open")

    def test_other_office_and_supervisor(self):
        for user in (self.people["other_office"], self.user_supervisor):
            self.authenticate(user.login, user.login)
            for name in ("state", "amount", "authority", "dispute_state", "proof_ids"):
                self.assertDenied("sajad.hold", "write", self.hold.ids, {name: False})
            self.assertDenied("sajad.hold", "action_decide", self.hold.ids)
            wizard, error = self.call(
                "sajad.hold.decide",
                "create",
                [
                    {
                        "hold_ids": [(4, self.hold.id)],
                        "decision": "cancel",
                        "reason": "x",
                    }
                ],
            )
            if not error:
                self.assertDenied("sajad.hold.decide", "action_apply", wizard)
        self.env.invalidate_all()
        self.assertEqual(self.hold.state, "open")
