import re
from pathlib import Path

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_open, file_path
from odoo.tools.translate import code_translations

from ..tools.odoo_terms import FOLDER, get_extra_modules

# The screens that our users meet, as places of terms in Odoo's own template files.
SCREENS = {
    "auth_ldap": ".",
    "auth_passkey": "model_terms|code:",
    "auth_passkey_portal": ".",
    "auth_signup": "model_terms|code:",
    "auth_totp": "model_terms|code:",
    "auth_totp_portal": ".",
    "base": r"selection,name:base\.selection__res_users__"
    r"|arch_db:base\.(view_users|res_users|view_partner|res_partner_kanban)",
    "base_import": "static/src",
    "base_setup": "arch_db|code:",
    "bus": "static/src/(?!debug)",
    "html_editor": "static/src|code:addons/html_editor/(controllers|models)",
    "http_routing": "model_terms",
    "mail": r"static/src/"
    r"|selection,name:mail\.selection__res_users__"
    r"|arch_db:mail\.(view_users|mail_compose|email_compose|mail_activity|message_)",
    "payment": r"arch_db:payment\.(form|token_form|method_form|form_icon|submit_button"
    r"|no_pms_available_warning|company_mismatch_warning|payment_status"
    r"|payment_methods|state_header|summary_item|confirm|pay|portal_breadcrumb"
    r"|portal_my_home_payment)$|static/src/|terms:payment\.provider,"
    r"|code:addons/payment/controllers",
    "payment_demo": ".",
    "phone_validation": "code:",
    "portal": ".",
    "portal_rating": "static/src",
    "rating": "model_terms|code:",
    "resource": ".",
    "resource_mail": "static/src",
    "web": r"arch_db:web\.(login|frontend|brand)"
    r"|static/src/(model|search|views|webclient|public|core/(?!emoji_picker/emoji_data|debug))",
}
# Used by the web client, and missed by Odoo's export of terms.
NOT_EXPORTED = {"Shortcuts"}
LEFT = Path(__file__).with_name("odoo_terms_left.txt")


def read_terms(path):
    with file_open(path, "rb") as file:
        return list(polib.pofile(file.read().decode()))


def get_translated(module):
    """Return {term: translation} of Odoo's own file and of ours."""
    found = {}
    for path in (
        f"{module}/i18n/fa.po",
        f"sajad_persian/i18n_extra/{module}/fa.po",
    ):
        try:
            entries = read_terms(file_path(path))
        except FileNotFoundError:
            continue
        found |= {e.msgid: e.msgstr for e in entries if e.msgstr and not e.fuzzy}
    return found


def get_untranslated(module, places):
    """Return the terms at some places that stay in English."""
    translated = get_translated(module)
    return [
        " ".join(entry.msgid.split())
        for entry in read_terms(file_path(f"{module}/i18n/{module}.pot"))
        if any(re.search(places, place) for place, _line in entry.occurrences)
        and translated.get(entry.msgid, entry.msgid) == entry.msgid
        and re.search("[A-Za-z]{2}", re.sub(r"%\(\w+\)s|<[^>]*>", "", entry.msgid))
    ]


@tagged("post_install", "-at_install")
class TestOdooTerms(TransactionCase):
    """English that Odoo's own Persian translation leaves on our screens (row E1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.modules = cls.env["ir.module.module"]

    def get_arch(self, xmlid):
        view = self.env.ref(xmlid).with_context(lang="fa_IR")
        view.invalidate_recordset()
        return view.arch_db

    def test_what_is_left_does_not_grow(self):
        found = {
            f"{module}: {term}"
            for module, places in SCREENS.items()
            for term in get_untranslated(module, places)
        }
        known = set(LEFT.read_text().splitlines())
        self.assertEqual(
            sorted(found - known),
            [],
            "Terms without Persian: add them to i18n_extra/<module>/fa.po.",
        )
        self.assertEqual(
            sorted(known - found), [], f"These are done: remove them from {LEFT.name}."
        )

    def test_files_are_complete_and_of_this_odoo(self):
        self.assertTrue(get_extra_modules())
        for module in get_extra_modules():
            known = {
                entry.msgid
                for entry in read_terms(file_path(f"{module}/i18n/{module}.pot"))
            }
            for entry in read_terms(str(FOLDER / module / "fa.po")):
                with self.subTest(f"{module}: {entry.msgid}"):
                    self.assertIn(entry.msgid, known | NOT_EXPORTED)
                    self.assertTrue(entry.msgstr)
                    self.assertFalse(entry.fuzzy)
                    self.assertEqual(
                        sorted(re.findall(r"%\(\w+\)[sd]|%[sd]", entry.msgid)),
                        sorted(re.findall(r"%\(\w+\)[sd]|%[sd]", entry.msgstr)),
                    )

    def test_terms_in_the_database(self):
        """Views of another module, when it or this module is updated."""
        view = self.env.ref("web.login")
        for modules in (["web"], ["sajad_persian"], ["web", "sajad_persian"]):
            with self.subTest(modules):
                view.with_context(lang="fa_IR").arch_db = view.arch_db
                self.modules._load_module_terms(modules, ["fa_IR"])
                self.assertIn("گذرواژه خود را وارد کنید", self.get_arch("web.login"))

    def test_terms_of_code(self):
        python = code_translations.get_python_translations("portal", "fa_IR")
        self.assertEqual(python["User Dashboard"], "پیشخوان کاربر")
        web = code_translations.get_web_translations("web", "fa_IR")
        terms = {term["id"]: term["string"] for term in web["messages"]}
        editor = code_translations.get_web_translations("html_editor", "fa_IR")
        found = {term["id"]: term["string"] for term in editor["messages"]}
        self.assertEqual(
            found["Search the web for royalty-free images"],
            "جستجوی تصویر رایگان در وب",
        )
        self.assertEqual(terms["My Preferences"], "تنظیمات من")
        # what Odoo translates is still there
        self.assertGreater(len(terms), 1000)
