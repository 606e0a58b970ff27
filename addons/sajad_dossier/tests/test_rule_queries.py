from unittest.mock import patch

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

    def count(self, function, *args, **kwargs):
        """Return how many queries it takes in a request of its own."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        function(*args, **kwargs)
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def measure(self, number):
        """Return the queries of a list, of a form, of a verification and of an upload.

        :param number: of a file that is there nowhere yet
        """
        Document = self.Document.with_user(self.user_officer)
        letter = self.add("birth", make_photo(number), f"{number}.jpg")
        letter = letter.with_env(Document.env)
        form = {name: {} for name in (*SHOWN, "previews", "twin_note", "can_verify")}
        return {
            "list": self.count(Document.web_search_read, [], SHOWN, limit=2),
            "open": self.count(letter.web_read, form),
            "verify": self.count(letter.action_verify),
            "create": self.count(
                self.add, "letter", make_photo(number + 1), f"{number + 1}.jpg"
            ),
        }

    def test_grow_with_nothing(self):
        """What an expert does takes as many queries beside forty documents more."""
        self.measure(0)
        before = self.measure(2)
        for number in range(40):
            self.add("letter", make_photo(number + 4), f"{number}.jpg")
        after = self.measure(50)
        self.assertEqual(before, after)
        self.assertLessEqual(after["list"], LIST)

    def test_form_asks_each_table_once(self):
        """A form reads what lies beside the document by fewer questions, and alike."""
        letter = self.letter.with_user(self.user_officer)
        names = ("version_ids", "check_ids", "checklist_ids", "item_id")
        form = {name: {"fields": {"display_name": {}}} for name in names}
        form |= {"can_verify": {}, "original_missing": {}, "previews": {}}
        # rules are read once in a process
        letter.web_read(form)
        found = []
        count = self.count(lambda: found.append(letter.web_read(form)))
        with patch.object(type(letter), "_read_beside", lambda _self: None):
            before = self.count(lambda: found.append(letter.web_read(form)))
        self.assertEqual(found[0], found[1])
        self.assertTrue(found[0][0]["checklist_ids"])
        self.assertLess(count, before)
        for user in (self.user_stranger, self.user_student):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.letter.with_user(user).web_read(form)

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
