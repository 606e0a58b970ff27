from io import BytesIO

from lxml import html

from odoo import fields, http
from odoo.tests import HttpCase

from odoo.addons.sajad_base.tests.common import OFFICER, SajadCommon
from odoo.addons.sajad_base.tools.clock import get_country_today

LINES = ("technical", "regulations", "second", "university")


class SupportCommon(SajadCommon):
    """The shipped process of support with an expert for each line."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.env.ref("sajad_helpdesk.sajad_process_support")
        cls.category = cls.make_category("Test Technical", "technical")
        cls.category_regulations = cls.make_category("Test Rules", "regulations")
        cls.experts = {line: cls.make_user(f"t_{line}", OFFICER) for line in LINES}
        cls.user_technical = cls.experts["technical"]
        cls.user_second = cls.experts["second"]
        for line, user in cls.experts.items():
            role = cls.env.ref(f"sajad_helpdesk.sajad_role_support_{line}")
            place = cls.university if line == "university" else cls.organization
            cls.man(role, place, user)

    @classmethod
    def make_category(cls, name, line, **values):
        return cls.env["sajad.support.category"].create(
            {"name": name, "line": line, **values}
        )

    @classmethod
    def man(cls, role, university, *users):
        """Put users in charge, and nobody else: demo data has cartables already."""
        cartable = cls.env["sajad.cartable"].search(
            [
                ("role_id", "=", role.id),
                ("process_id", "=", cls.process.id),
                ("university_id", "=", university.id),
            ]
        )
        if not cartable:
            cartable = cls.make_cartable(role, cls.process, university)
        today = get_country_today()
        cartable.member_ids.date_to = fields.Date.subtract(today, days=1)
        cartable.member_ids = [
            fields.Command.create({"user_id": user.id}) for user in users
        ]
        return cartable

    @classmethod
    def ask(cls, requester=None, category=None, **values):
        """Return a support request that is submitted."""
        category = category or cls.category
        values = {"note": "It does not work.", **values}
        return cls.make_request(
            cls.process, requester, support_category_id=category.id, **values
        )

    def assertBoard(self, request, **values):
        """Check what the board shows of a request."""
        request.invalidate_recordset()
        found = {name: request[f"support_{name}"] for name in values}
        self.assertEqual(found, values)


class SupportPortalCommon(SajadCommon, HttpCase):
    """Pages of the portal, read and posted as a browser does."""

    def get_tree(self, url, status=200):
        response = self.url_open(url)
        self.assertEqual(response.status_code, status, url)
        return html.fromstring(response.text)

    def post(self, url, data=None, files=(), **kwargs):
        data = {"csrf_token": http.Request.csrf_token(self), **(data or {})}
        files = [(name, (file, BytesIO(body))) for name, file, body in files]
        return self.url_open(url, data=data, files=files or None, **kwargs)
