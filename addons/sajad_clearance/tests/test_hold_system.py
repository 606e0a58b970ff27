import json

from odoo import fields
from odoo.exceptions import AccessDenied, AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from .common import ClearanceCommon

# "model method" by which the account of a system reads anything at all
READS = []
QUIET = (
    "odoo.http",
    "odoo.sql_db",
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.res_users",
    "odoo.addons.rpc.controllers.json2",
)


class HoldSystemCommon(ClearanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        role = cls.env.ref("sajad_clearance.sajad_role_khwarazmi")
        cls.office = cls.env["sajad.office"].search(
            [("role_id", "=", role.id), ("university_id", "=", cls.university.id)]
        )
        cls.system = (
            cls.env["sajad.hold.system"]
            .with_user(cls.user_admin)
            .create({"name": "Koha", "office_ids": [Command.set(cls.office.ids)]})
        )
        cls.key = cls.system._make_key()
        cls.account = cls.system.sudo().user_id
        cls.by_hand = cls.env["sajad.hold"].create(
            {
                "student_id": cls.student.id,
                "office_id": cls.office.id,
                "description": "By hand",
                "amount": 5,
            }
        )


@tagged("post_install", "-at_install")
class TestHoldSystem(HoldSystemCommon, HttpCase):
    """Another system works with holds, and reads no register (row B7)."""

    def _call(self, model, method, key=None, **values):
        return self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(values),
            headers={
                "Authorization": f"bearer {key or self.key}",
                "Content-Type": "application/json",
            },
        )

    def _answer(self, method, **values):
        response = self._call("sajad.hold", method, **values)
        self.env.invalidate_all()
        self.assertEqual(response.status_code, 200, response.text[:300])
        return response.json()

    def _row(self, number, **values):
        row = {"external_id": number, "student_number": "1001", "amount": 7}
        return {**row, "description": "Late return", **values}

    def test_place_change_settle(self):
        rows = [self._row("L1"), self._row("L2", student_number="404")]
        answers = self._answer("sync", source_system="koha", rows=rows)
        self.assertEqual([a["result"] for a in answers], ["created", "refused"])
        hold = self.env["sajad.hold"].browse(answers[0]["id"])
        self.assertEqual(hold.office_id, self.office)
        self.assertEqual(hold.event_ids.user_id, self.account)
        for values, state in (({"amount": 9}, "updated"), ({"state": "settled"},) * 2):
            rows = [self._row("L1", **values)]
            answers = self._answer("sync", source_system="koha", rows=rows)
            expected = state if state == "updated" else "closed"
            self.assertEqual(answers[0]["result"], expected)
        self.assertEqual((hold.state, hold.amount), ("settled", 9))

    def test_holds_of_its_offices_only(self):
        self.by_hand.copy({"office_id": self._office("welfare").id})
        row = self._row("L1", office="clearance_welfare")
        answers = self._answer("sync", source_system="koha", rows=[row])
        self.assertEqual(answers[0]["result"], "refused")
        listed = self._answer("list_own")
        self.assertEqual([hold["id"] for hold in listed], self.by_hand.ids)
        status = self._answer("status", student_numbers=["1001", "2001"])
        self.assertEqual([h["id"] for h in status[0]["holds"]], self.by_hand.ids)
        self.assertFalse(status[1]["known"], "a student of another university")

    def _office(self, code):
        return self.env["sajad.office"].search(
            [
                ("role_id.code", "=", f"clearance_{code}"),
                ("university_id", "=", self.university.id),
            ]
        )

    def test_listed_in_parts(self):
        more = self.by_hand.copy({"description": "Second"})
        first = self._answer("list_own", limit=1)
        self.assertEqual([hold["id"] for hold in first], self.by_hand.ids)
        rest = self._answer("list_own", after=first[0]["id"])
        self.assertEqual([hold["id"] for hold in rest], more.ids)
        with mute_logger(*QUIET):
            for bounds in ({"after": "x"}, {"limit": -1}, {"limit": True}):
                response = self._call("sajad.hold", "list_own", **bounds)
                self.assertEqual(response.status_code, 422, response.text[:200])

    def test_what_is_told_of_a_student(self):
        """The number that the system named, and nothing of the person."""
        self.student.write({"national_id": "9990000018", "father_name": "Fatherson"})
        texts = [
            self._call("sajad.hold", "status", student_numbers=["1001"]).text,
            self._call("sajad.hold", "list_own").text,
            self._call(
                "sajad.hold", "sync", source_system="k", rows=[self._row("L1")]
            ).text,
        ]
        for secret in ("9990000018", "Fatherson", self.student.name):
            self.assertNotIn(secret, "".join(texts))

    # ------------------------------------------------------------
    # WHAT IT READS
    # ------------------------------------------------------------

    def test_reads(self):
        """Every model, by every way of reading: a new one in the list is looked at."""
        with mute_logger(*QUIET):
            found = [
                f"{model} {method}"
                for model in sorted(self.registry)
                if not self.env[model]._abstract
                for method in self._find_readable(model)
            ]
        self.assertEqual(found, READS)

    def _find_readable(self, model):
        record = self.env[model].with_context(active_test=False).search([], limit=1)
        response = self._call(model, "search_read", fields=["id"], limit=1)
        if response.status_code == 200 and response.json():
            yield "search_read"
        Own = self.env[model].with_user(self.account)
        spec = {"display_name": {}}
        ways = {
            "read": lambda: Own.browse(record.ids).read(["display_name"]),
            "name_search": lambda: Own.name_search(""),
            "export_data": lambda: Own.browse(record.ids).export_data(["id"]),
            "web_read": lambda: Own.browse(record.ids).web_read(spec),
            "web_search_read": lambda: Own.web_search_read([], spec)["length"],
            "formatted_read_group": lambda: Own.formatted_read_group([], ["id"]),
            "onchange": lambda: Own.onchange({}, [], spec),
        }
        for name, read in ways.items():
            if self._is_told(read):
                yield name

    def _is_told(self, read):
        try:
            with self.env.cr.savepoint():
                return bool(read())
        except Exception:  # noqa: BLE001 - whatever keeps it from an answer
            return False
        finally:
            self.env.invalidate_all()

    def test_nothing_of_a_hold(self):
        """Not the student of one it recorded itself, whatever leads there."""
        Hold = self.env["sajad.hold"].with_user(self.account)
        hold = Hold.browse(self.by_hand.ids)
        spec = {"student_id": {"fields": {"display_name": {}}}}
        for way in (
            lambda: hold.read(["student_id"]),
            lambda: hold.read(["student_number"]),
            lambda: hold.web_read(spec),
            lambda: Hold.search([("student_id.national_id", "like", "9")]),
            lambda: Hold.onchange({"student_id": self.student.id}, [], spec),
            lambda: Hold.create([{"student_id": self.student.id}]),
            lambda: hold.action_decide(),
            lambda: hold.write({"description": "x"}),
        ):
            with self.assertRaises(AccessError):
                way()

    def test_wrong_keys(self):
        with mute_logger(*QUIET):
            for model in ("sajad.student", "sajad.request", "res.partner"):
                response = self._call(model, "search_read", domain=[])
                self.assertEqual(response.status_code, 403, model)
            self.system.active = False
            self.env.flush_all()
            self.assertEqual(self._call("sajad.hold", "list_own").status_code, 401)
            self.system.active = True
            self.system._make_key()
            self.assertEqual(self._call("sajad.hold", "list_own").status_code, 401)


@tagged("post_install", "-at_install")
class TestHoldSystemAccount(HoldSystemCommon):
    """The account is nobody's (row B7)."""

    def test_made_in_the_form(self):
        with Form(self.env["sajad.hold.system"].with_user(self.user_admin)) as form:
            form.name = "Dormitories"
            form.office_ids.add(self.office)
        account = form.record.sudo().user_id
        group = self.env.ref("sajad_clearance.group_hold_system")
        self.assertEqual(account.all_group_ids, group)
        self.assertTrue(account.share)
        form.record.name = "Rooms"
        self.assertEqual(account.name, "Rooms")

    def test_nobody_signs_in(self):
        self.account.password = "a-long-password"
        credential = {
            "login": self.account.login,
            "password": "a-long-password",
            "type": "password",
        }
        Users = self.env["res.users"]
        with self.assertRaises(AccessDenied), mute_logger(*QUIET):
            Users.authenticate(credential, {"interactive": True})
        credential["password"] = self.key
        info = Users.authenticate(credential, {"interactive": False})
        self.assertEqual(info["uid"], self.account.id)

    def test_no_other_rights(self):
        for group in ("base.group_user", "sajad_base.group_sajad_officer"):
            with self.assertRaises(ValidationError):
                self.account.group_ids = [Command.link(self.env.ref(group).id)]
        cartable = self.office.cartable_ids[:1]
        with self.assertRaises(ValidationError):
            cartable.member_ids = [Command.create({"user_id": self.account.id})]

    def test_its_account_is_not_chosen(self):
        values = {"name": "X", "office_ids": [Command.set(self.office.ids)]}
        System = self.env["sajad.hold.system"].with_user(self.user_admin)
        admin = {"user_id": self.user_admin.id}
        with self.assertRaises(AccessError):
            System.create({**values, **admin})
        with self.assertRaises(AccessError):
            self.system.write(admin)
        made = System.with_context(default_user_id=self.user_admin.id).create(values)
        self.assertNotEqual(made.sudo().user_id, self.user_admin)

    def test_who_keeps_systems(self):
        for user in (self.user_organization, self.user_liaison, self.user_officer):
            with self.assertRaises(AccessError):
                self.system.with_user(user).read(["name"])
            with self.assertRaises(AccessError):
                self.system.with_user(user).check_access("write")

    def test_key_without_an_end(self):
        keys = self.env["res.users.apikeys"].search([("user_id", "=", self.account.id)])
        self.assertEqual((len(keys), keys.scope), (1, "rpc"))
        self.assertFalse(keys.expiration_date)
        self.assertLessEqual(self.system.date_key, fields.Datetime.now())
