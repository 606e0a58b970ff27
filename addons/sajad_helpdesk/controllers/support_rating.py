from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.rating.controllers.main import Rating

from ..models.rating.sajad_request_rating import RATES


class SupportRating(Rating):
    """The page behind the link of a mail: GET shows, POST stores, once (row D1)."""

    @http.route(limited=1)
    def action_open_rating(self, token, rate, **kwargs):
        """Lead to our own page where a support request is rated. Row D1"""
        if self._get_support_rating(token):
            return request.redirect(f"/support/rate/{token}?rate={rate}")
        return super().action_open_rating(token, rate, **kwargs)

    @http.route(limited=1)
    def action_submit_rating(self, token, rate=0, **kwargs):
        """Take nothing for a support request: its own page does. Row D1"""
        if self._get_support_rating(token):
            return request.redirect(f"/support/rate/{token}")
        return super().action_submit_rating(token, rate, **kwargs)

    def _get_support_rating(self, token):
        """Return the rating of a support request with elevated rights, or none."""
        # the token is the secret of the mail
        Rating_sudo = request.env["rating.rating"].sudo()
        domain = [("access_token", "=", token), ("res_model", "=", "sajad.request")]
        return Rating_sudo.search(domain, limit=1)

    @http.route(
        "/support/rate/<string:token>",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        limited=1,
    )
    def support_rate(self, token, rate="", message="", **kw):
        """Show the answer that is to be rated. Row D1"""
        rating_sudo = self._get_support_rating(token)
        if not rating_sudo:
            raise request.not_found()
        return self._render_rating(rating_sudo, rate, message=message)

    @http.route(
        "/support/rate/<string:token>",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        limited=1,
    )
    def support_rate_submit(self, token, rate="", feedback="", **kw):
        """Store what the requester thinks of an answer, once. Row D1"""
        rating_sudo = self._get_support_rating(token)
        if not rating_sudo:
            raise request.not_found()
        number = int(rate) if rate.isdecimal() else 0
        request_sudo = self._get_rated(rating_sudo)
        try:
            with request.env.cr.savepoint():
                request_sudo._support_rate(rating_sudo, number, feedback)
        except UserError as error:
            return self._render_rating(
                rating_sudo, rate, feedback=feedback, problems=[str(error)]
            )
        return request.redirect(f"/support/rate/{token}?message=rated")

    def _get_rated(self, rating_sudo):
        # of a rating that its token opened
        return request.env["sajad.request"].sudo().browse(rating_sudo.res_id)

    def _render_rating(self, rating_sudo, rate="", message="", **kw):
        request_sudo = self._get_rated(rating_sudo)
        values = {
            "rating": rating_sudo,
            "is_open": request_sudo._get_open_rating() == rating_sudo,
            "sajad_request": request_sudo,
            "rate": int(rate) if rate.isdecimal() and int(rate) in RATES else 0,
            "message": message,
            "feedback": "",
            "problems": [],
            "no_breadcrumbs": True,
            **kw,
        }
        return request.render("sajad_helpdesk.portal_support_rate", values)
