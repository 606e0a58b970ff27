import re

from odoo import http
from odoo.tests import HttpCase, new_test_user

MISSING = (
    "The served stylesheet is not the flipped one. Is rtlcss 4.3.0 (npm) on the PATH "
    "of the server? After installing it, delete the attachments under /web/assets/."
)


class LookCase(HttpCase):
    """A Persian and an English user who open pages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("fa_IR", "en_US"):
            cls.env["res.lang"]._activate_lang(lang)
        for login, lang in (("t_fa", "fa_IR"), ("t_en", "en_US")):
            new_test_user(cls.env, login=login, lang=lang, groups="base.group_user")

    def get_page(self, path, login=None, lang="fa_IR"):
        session = self.authenticate(login, login)
        # of a visitor it is the language of the browser
        session.context["lang"] = lang
        http.root.session_store.save(session)
        response = self.url_open(path)
        response.raise_for_status()
        return response.text

    def get_styles(self, page):
        """Return the addresses of the stylesheets of a page, and their text."""
        links = re.findall(r'href="(/web/assets/[^"]+\.css)"', page)
        self.assertTrue(links)
        return links, "".join(self.url_open(link).text for link in links)
