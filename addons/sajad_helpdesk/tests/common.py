from io import BytesIO

from lxml import html

from odoo import http
from odoo.tests import HttpCase

from odoo.addons.sajad_base.tests.common import SajadCommon


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
