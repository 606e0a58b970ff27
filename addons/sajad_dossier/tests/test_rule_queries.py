from odoo.exceptions import AccessError
from odoo.fields import Command, Date
from odoo.tests import tagged

from odoo.addons.sajad_base.tools.clock import get_country_today

from .common import DossierCommon, make_photo

SHOWN = {name: {} for name in ("name", "state", "date", "number")}
# membership, documents, what their rule asks for, how many there are
LIST = 4


@tagged("post_install", "-at_install")
class TestRuleQueries(DossierCommon):
    """Whose dossiers somebody sees is asked once in a request (rows C2, C7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.documents = cls.add("letter") | cls.add("health")
        cls.letter = cls.documents[0]
        cls.member = cls.cartable_faculty.member_ids
        cls.documents = cls.documents.with_user(cls.user_officer)

    def list_all(self, limit):
        Document = self.Document.with_user(self.user_officer)
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        Document.web_search_read([], SHOWN, limit=limit, order="id desc")
        return self.cr.sql_log_count - before

    def test_list(self):
        """A list asks as often for two documents as for forty."""
        for number in range(40):
            self.add("letter", make_photo(number), f"{number}.jpg")
        self.list_all(2)
        counts = [self.list_all(2), self.list_all(30)]
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], LIST)

    def test_sorts_without_joins(self):
        """Among a million documents no order goes through three tables."""
        for name in ("document", "version", "item", "phase"):
            Model = self.env[f"sajad.dossier.{name}"]
            with self.subTest(name):
                query = Model._search([("id", ">", 0)], order=Model._order)
                self.assertNotIn("JOIN", str(query.select().code))

    def test_follows_at_once(self):
        """What opens or closes a dossier holds in the same request."""
        seen = self.documents.filtered(lambda d: d.has_access("read"))
        self.assertEqual(seen, self.letter)
        self.role_faculty.sees_sensitive = True
        self.assertEqual(self.search(), self.documents)
        self.member.date_to = Date.subtract(get_country_today(), days=1)
        self.assertFalse(self.search())
        with self.assertRaises(AccessError):
            self.documents[0].check_access("read")
        self.member.date_to = False
        self.assertEqual(self.search(), self.documents)
        self.cartable_faculty.active = False
        self.assertFalse(self.search())

    def test_new_member(self):
        user = self.user_stranger
        self.assertFalse(self.search(user))
        self.cartable_faculty.member_ids = [Command.create({"user_id": user.id})]
        self.assertEqual(self.search(user), self.letter.with_user(user))
        self.cartable_faculty.member_ids.filtered(lambda m: m.user_id == user).unlink()
        self.assertFalse(self.search(user))

    def search(self, user=None):
        Document = self.Document.with_user(user or self.user_officer)
        return Document.search([("dossier_id", "=", self.dossier.id)], order="id")
