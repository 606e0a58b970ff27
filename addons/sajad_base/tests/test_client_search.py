from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import OFFICER, SajadCommon

SECRET = "only for the office"


@tagged("post_install", "-at_install")
class TestClientSearch(SajadCommon):
    """What may not be read cannot be learnt from searches, and none is endless."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("asks", {"a": {}})
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.mine = cls.make_request(cls.process)
        cls.theirs = cls.make_request(cls.process, cls.other_student)
        for record in (cls.mine, cls.theirs, cls.mine.partner_id):
            record.message_post(body=SECRET, subtype_xmlid="mail.mt_note")

    def test_notes_are_not_learnt(self):
        """Neither by students nor by officers, through any relation."""
        leaf = ("body", "ilike", SECRET)
        for user, model, path in (
            (self.user_student, "sajad.request", "message_ids"),
            (self.user_student, "sajad.request", "website_message_ids"),
            (self.user_student, "sajad.request", "partner_id.message_ids"),
            (self.user_student, "res.partner", "message_ids"),
            (self.user_student, "res.users", "partner_id.message_ids"),
            (self.user_student, "res.users", "message_ids"),
            (self.user_officer, "res.users", "message_ids"),
            (self.user_officer, "res.partner", "user_ids.message_ids"),
            (self.user_officer, "sajad.request", "message_ids"),
            (self.user_officer, "sajad.task", "request_id.message_ids"),
            (self.user_officer, "sajad.student", "request_ids.message_ids"),
        ):
            records = self.env[model].with_user(user)
            for domain in (
                [(f"{path}.body", "ilike", SECRET)],
                ["!", (f"{path}.body", "ilike", SECRET)],
                [(path, "any", [leaf])],
                [(path, "not any", [leaf])],
                [(path, "ilike", SECRET)],
                [(path, "in", [1])],
                ["|", ("id", "=", 0), (f"{path}.parent_id.body", "ilike", SECRET)],
            ):
                for call in (
                    records.search,
                    records.search_count,
                    records.search_read,
                    lambda d, m=records: m.web_search_read(d, {"display_name": {}}),
                    lambda d, m=records: m.formatted_read_group(d, [], ["__count"]),
                    lambda d, m=records: m.name_search("", d),
                ):
                    with (
                        self.subTest(f"{user.login} {model} {domain}"),
                        self.assertRaises(AccessError),
                    ):
                        call(domain)

    def test_notes_are_not_learnt_by_order_and_groups(self):
        for user in (self.user_student, self.user_officer):
            Request = self.env["sajad.request"].with_user(user)
            for name in ("message_ids", "message_ids.body", "website_message_ids"):
                for call in (
                    lambda n, m=Request: m.search([], order=n),
                    lambda n, m=Request: m.formatted_read_group([], [n], ["__count"]),
                    lambda n, m=Request: m.formatted_read_group(
                        [], [], [f"{n}:array_agg"]
                    ),
                    lambda n, m=Request: m.web_read_group([], [n]),
                ):
                    with self.subTest(name):
                        self.assertRefused(call, name)

    def test_followers_are_asked_nothing(self):
        """Odoo looks for them with all rights: only who they are is asked."""
        colleague = self.make_user("t_colleague", OFFICER).partner_id
        colleague.sajad_national_id = "0499370899"
        self.mine.message_subscribe(colleague.ids)
        Request = self.env["sajad.request"].with_user(self.user_officer)
        leaf = ("sajad_national_id", "=like", "04%")
        for domain in (
            [(f"message_partner_ids.{leaf[0]}", *leaf[1:])],
            [("message_partner_ids", "any", [leaf])],
            [("message_partner_ids.user_ids.login", "=like", "t%")],
            [("message_partner_ids.email", "=like", "t%")],
        ):
            with self.subTest(str(domain)), self.assertRaises(AccessError):
                Request.search(domain)
        followed = [("message_partner_ids", "in", colleague.ids)]
        self.assertEqual(Request.search(followed), self.mine)

    def assertRefused(self, call, name):
        try:
            call(name)
        except (AccessError, ValueError):
            return
        self.fail(name)

    def test_every_path_into_what_is_closed(self):
        """Generated: no relation leads a student into a model that is not theirs."""
        env = self.env(user=self.user_student)
        count = 0
        for name, model in sorted(env.items()):
            if not name.startswith("sajad.") or model._abstract:
                continue
            if not model.has_access("read"):
                with self.assertRaises(AccessError):
                    model.search([("id", ">", 0)])
                continue
            for field in model._fields.values():
                if not field.relational or not (field.store or field.search):
                    continue
                comodel = env[field.comodel_name]
                if comodel._abstract or comodel.has_access("read"):
                    continue
                count += 1
                # an id alone would be read without a look at the other model
                inner = "create_date" if "create_date" in comodel._fields else "id"
                domain = [(f"{field.name}.{inner}", "!=", False)]
                with self.subTest(str(field)):
                    # files refuse by finding none
                    if field.comodel_name == "ir.attachment":
                        self.assertFalse(model.search(domain))
                        continue
                    with self.assertRaises(AccessError):
                        model.search(domain)
        self.assertGreater(count, 3)

    def test_large_searches_are_refused(self):
        Request = self.env["sajad.request"].with_user(self.user_student)
        leaf = ("name", "=", "x")
        path = ".".join(["partner_id", *["parent_id"] * 8, "name"])
        for domain in (
            ["|"] * 5000 + [leaf] * 5001,
            [leaf] * 5000,
            [("id", "in", list(range(60_000)))],
            [("name", "ilike", "x" * 5000)],
            [(path, "=", "x")],
        ):
            with self.subTest(str(domain)[:40]), self.assertRaises(UserError):
                Request.search(domain)
        for values in (
            {"limit": 10**9},
            {"limit": -1},
            {"limit": "1"},
            {"offset": 10**12},
            {"offset": -1},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                Request.search([], **values)

    def test_ordinary_searches_pass(self):
        Request = self.env["sajad.request"].with_user(self.user_officer)
        domain = [
            ("id", "in", list(range(10_000)) + self.mine.ids),
            ("student_id.faculty_id.university_id.name", "ilike", "Test"),
        ]
        self.assertEqual(Request.search(domain, limit=10_000, offset=0), self.mine)
