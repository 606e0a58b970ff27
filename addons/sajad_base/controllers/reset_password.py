from odoo import http
from odoo.http import request

from odoo.addons.auth_signup.controllers.main import AuthSignupHome


class ResetPassword(AuthSignupHome):
    """A forgotten password: every login is answered alike (row E5)."""

    @http.route(limited=5)
    def web_auth_signup(self, *args, **kw):
        # the address of a mail would say whether it has an account
        request.params.pop("signup_email", None)
        return super().web_auth_signup(*args, **kw)

    @http.route(limited=5)
    def web_auth_reset_password(self, *args, **kw):
        request.params.pop("signup_email", None)
        response = super().web_auth_reset_password(*args, **kw)
        told = getattr(response, "qcontext", {})
        if told.get("message") and not told.get("token"):
            told["message"] = request.env._(
                "If there is an account with this login or e-mail address, a mail with "
                "a link is on its way. It can take a few minutes."
            )
        return response
