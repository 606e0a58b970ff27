from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestOdooTerms(TransactionCase):
    """Persian of the modules of Odoo that stand behind our screens (row E1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.modules = cls.env["ir.module.module"]

    def get_arch(self, xmlid):
        view = self.env.ref(xmlid).with_context(lang="fa_IR")
        view.invalidate_recordset()
        return view.arch_db

    def test_terms_in_the_database(self):
        """Views of another module, when it or this module is updated."""
        view = self.env.ref("portal.portal_my_home")
        for modules in (["portal"], ["sajad_persian"], ["portal", "sajad_persian"]):
            with self.subTest(modules):
                view.with_context(lang="fa_IR").arch_db = view.arch_db
                self.modules._load_module_terms(modules, ["fa_IR"])
                self.assertIn("نشانی‌ها", self.get_arch("portal.portal_my_home"))

    def test_invitation(self):
        """Odoo's own translation breaks a tag and loses how long the link is valid."""
        template = self.env.ref("auth_signup.set_password_email")
        self.modules._load_module_terms(["auth_signup"], ["fa_IR"], overwrite=True)
        for lang in ("en_US", "fa_IR"):
            body = template.with_context(lang=lang).body_html
            self.assertIn("signup.validity.hours", body)
            self.assertNotRegex(body, r"\st-(?![a-z])")

    def test_edited_mails_stay(self):
        template = self.env.ref("auth_signup.set_password_email")
        template.with_context(lang="fa_IR").body_html = "<p>ویرایش</p>"
        self.modules._load_module_terms(["auth_signup"], ["fa_IR"])
        template.invalidate_recordset()
        body = template.with_context(lang="fa_IR").body_html
        self.assertEqual(body, "<p>ویرایش</p>")

    def test_another_module_brings_nothing(self):
        view = self.env.ref("portal.portal_my_home")
        view.with_context(lang="fa_IR").arch_db = view.arch_db
        self.modules._load_module_terms(["mail"], ["fa_IR"])
        self.assertNotIn("نشانی‌ها", self.get_arch("portal.portal_my_home"))

    def test_english_is_untouched(self):
        self.modules._load_module_terms(["portal"], ["fa_IR"])
        view = self.env.ref("portal.portal_my_home").with_context(lang="en_US")
        self.assertIn("Addresses", view.arch_db)

    def test_weekdays(self):
        """Odoo's own file writes Sunday as a digit and a word."""
        self.modules._load_module_terms(["resource"], ["fa_IR"])
        attendance = self.env["resource.calendar.attendance"].with_context(lang="fa_IR")
        names = dict(attendance.fields_get(["dayofweek"])["dayofweek"]["selection"])
        self.assertEqual(names["6"], "یکشنبه")
