from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from odoo.addons.base.tests.common import BaseCommon

ALI = "علي كريمي"  # Arabic yeh and kaf
# an empty text, a space, a half space, marks that do not show
NOTHING = ["", " ", "\u200c", "\u200f\u0640 "]
NEGATIVE = {"=": "!=", "in": "not in", "like": "not like", "ilike": "not ilike"}
SIZES = (1, 20, 500)


@tagged("post_install", "-at_install")
class TestSpelling(BaseCommon):
    """One spelling when people and accounts are written and found (row E3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ali = cls.env["res.partner"].create({"name": ALI})

    # ------------------------------------------------------------
    # WRITE
    # ------------------------------------------------------------

    def test_create_and_write(self):
        self.assertEqual(self.ali.name, "علی کریمی")
        self.ali.write({"name": "ياسر كاظمي", "email": "a۱@b.example "})
        self.assertEqual(self.ali.email, "a1@b.example")
        self.assertEqual(self.ali.search_key, "یاسرکاظمی a1@b.example")

    def test_values_of_the_caller_stay(self):
        vals = {"name": ALI}
        self.env["res.partner"].create([vals]).write(vals)
        self.assertEqual(vals, {"name": ALI})

    def test_every_declared_field(self):
        """Guards a field that was renamed, or a kind that does not exist."""
        for model in self.env.values():
            for attribute, types in (
                ("_spelling", ("char",)),
                ("_search_key_fields", ("char", "text")),
            ):
                for name in getattr(model, attribute, ()) if model._auto else ():
                    kind = model._fields[name].type
                    self.assertIn(kind, types, f"{model}.{name}")

    def test_rows_that_were_there_before(self):
        partner = self.env["res.partner"].create({"name": "Old"})
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE res_partner SET name = %s WHERE id = %s", ALI, partner.id)
        )
        self.env.invalidate_all()
        self.assertEqual(self.env["res.partner"]._respell_stored(), partner)
        self.assertEqual(partner.name, "علی کریمی")
        self.assertEqual(partner.search_key, "علیکریمی")
        self.assertFalse(self.env["res.partner"]._respell_stored())

    def test_import(self):
        result = self.env["res.partner"].load(
            ["name", "phone"], [[ALI, "۰۹۱۲"], ["\u200fياسر\u200e", ""]]
        )
        partners = self.env["res.partner"].browse(result["ids"])
        self.assertEqual(partners.mapped("name"), ["علی کریمی", "یاسر"])

    # ------------------------------------------------------------
    # SEARCH
    # ------------------------------------------------------------

    def test_people_are_found(self):
        Partner = self.env["res.partner"]
        self.ali.write({"phone": "۰۹۱۲ ۱۲۳ ۴۵۶۷", "email": "Ali@x.example"})
        self.assertEqual(self.ali.phone, "0912 123 4567")
        for text in (
            ALI,
            "09121234567",
            "۰۹۱۲۱۲۳۴۵۶۷",
            "+98 912 123 4567",
            "00989121234567",
            "ali@X.example",
        ):
            with self.subTest(ascii(text)):
                found = [id_ for id_, _name in Partner.name_search(text)]
                self.assertEqual(found, self.ali.ids)
        company = Partner.create({"name": "شركت", "is_company": True})
        self.ali.parent_id = company
        self.assertIn(self.ali, Partner.search([("display_name", "ilike", "شركت علي")]))

    def test_users_are_found(self):
        user = new_test_user(self.env, login="t_user")
        user.write({"name": ALI, "login": "t_۱۲"})
        self.assertEqual((user.name, user.login), ("علی کریمی", "t_12"))
        Users = self.env["res.users"]
        for domain in (
            [("name", "ilike", ALI)],
            [("display_name", "ilike", "علي")],
            [("login", "=", "t_۱۲")],
            [("search_key", "ilike", "كريمي علي")],
        ):
            with self.subTest(domain=ascii(domain)):
                self.assertEqual(Users.search(domain), user)

    def test_nothing_is_nobody(self):
        """Text of which nothing is left is nobody's, and never "not set"."""
        Partner = self.env["res.partner"]
        bare = Partner.create({"name": "Bare"})
        for path, model in (
            ("ref", Partner),
            ("partner_id.ref", self.env["res.users"]),
        ):
            everybody = model.search_count([])
            for text in NOTHING:
                for operator in ("=", "in", "=like", "=ilike", "like", "ilike", ">"):
                    value = [text] if operator == "in" else text
                    if not text and operator in ("like", "ilike"):
                        continue  # no filter at all
                    with self.subTest(path=path, operator=operator, text=ascii(text)):
                        self.assertFalse(model.search([(path, operator, value)]))
                        if (negative := NEGATIVE.get(operator)) is None:
                            continue
                        found = model.search_count([(path, negative, value)])
                        self.assertEqual(found, everybody)
        self.assertIn(bare, Partner.search([("ref", "in", [" ", False])]))
        self.assertNotIn(bare, Partner.search([("ref", "not in", [" ", False])]))

    def test_nothing_as_a_name(self):
        Partner = self.env["res.partner"]
        for text in NOTHING[1:]:
            with self.subTest(ascii(text)):
                self.assertFalse(Partner.search([("search_key", "ilike", text)]))
                self.assertFalse(Partner.search([("display_name", "ilike", text)]))
                self.assertFalse(Partner.search([("display_name", "=", text)]))
                self.assertFalse(Partner.name_search(text))
                self.assertFalse(self.env["res.users"].name_search(text))
                Bank = self.env["res.partner.bank"]
                self.assertFalse(Bank.search([("acc_number", "in", [text])]))

    def test_nothing_is_not_stored(self):
        self.ali.ref = "\u200c "
        self.assertIs(self.ali.ref, False)

    # ------------------------------------------------------------
    # SPEED
    # ------------------------------------------------------------

    def make_people(self, count):
        return self.env["res.partner"].create(
            [{"name": f"{ALI} {n}"} for n in range(count)]
        )

    def count_queries(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_queries_do_not_grow(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.make_people(1)
        counts = [self.count_queries(lambda n=n: self.make_people(n)) for n in SIZES]
        # Odoo inserts and updates a hundred rows at once
        for size, count in zip(SIZES, counts, strict=True):
            self.assertLessEqual(count, counts[0] + 2 * (size // 100), counts)

    def test_queries_of_recomputing(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.make_people(500)
        for size in SIZES:
            people = self.env["res.partner"].search([], limit=size)
            key = people._fields["search_key"]
            count = self.count_queries(
                lambda r=people, k=key: self.env.add_to_compute(k, r)
            )
            self.assertLessEqual(count, 3 + size // 100, size)

    def test_queries_of_a_search(self):
        Partner = self.env["res.partner"]
        for domain in (
            [("search_key", "ilike", ALI)],
            [("display_name", "ilike", ALI)],
            [("name", "ilike", ALI)],
        ):
            self.assertEqual(self.count_queries(lambda d=domain: Partner.search(d)), 1)

    def test_searches_use_the_index(self):
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute("ANALYZE res_partner")
        Partner = self.env["res.partner"].with_context(active_test=False)
        for name in ("search_key", "display_name"):
            query = Partner._search([(name, "ilike", ALI)]).select()
            rows = self.env.execute_query(SQL("EXPLAIN %s", query))
            plan = "\n".join(line for (line,) in rows)
            self.assertIn("res_partner__search_key_index", plan)
