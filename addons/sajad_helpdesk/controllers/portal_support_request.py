from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.sajad_base.controllers.form_files import FormFiles
from odoo.addons.sajad_base.controllers.form_questions import (
    answer_with_files,
    get_places,
    name_files,
)
from odoo.addons.sajad_base.controllers.portal_request import SajadRequestPortal
from odoo.addons.sajad_base.tools.form import fill_form, read_form
from odoo.addons.sajad_base.tools.form_properties import (
    get_property_values,
    make_property_inputs,
    show_answers,
)

MAX_TEXT = 10000


class SupportRequestPortal(SajadRequestPortal):
    """A support request of one's own: opened again, closed, rated (row D1)."""

    def _prepare_request_values(self, request_sudo, access_token=None, **kw):
        if request_sudo.support_state:
            is_owner = request_sudo._is_own()
            ratings_sudo = request_sudo._get_support_ratings()
            kw = {
                "is_support": True,
                "reopen_text": "",
                "feedback": "",
                "can_reopen": is_owner and request_sudo._can_support_reopen(),
                "can_close": is_owner and request_sudo._can_support_close(),
                "rating": is_owner and request_sudo._get_open_rating(ratings_sudo),
                "given_ratings": ratings_sudo.filtered("consumed"),
                "talk_problem": request_sudo._get_support_talk_problem(),
                **self._prepare_missing_values(request_sudo, is_owner),
                **kw,
            }
        return super()._prepare_request_values(request_sudo, access_token, **kw)

    # ------------------------------------------------------------
    # WHAT WAS NEVER ASKED
    # ------------------------------------------------------------

    def _prepare_missing_values(self, request_sudo, is_owner):
        """Return what the page shows of a form that a mail came without."""
        missing = is_owner and request_sudo._get_missing_questions()
        # what is returned has the whole form already
        if not missing or request_sudo._can_answer():
            return {"missing": []}
        inputs = self._make_missing_inputs(request_sudo)
        return {
            "missing": missing,
            "missing_inputs": fill_form(inputs, {}, {}),
            "missing_uploads": self._get_missing_files(request_sudo, inputs).draw(),
        }

    def _make_missing_inputs(self, request_sudo):
        category_sudo = request_sudo.support_category_id
        inputs = make_property_inputs(
            request.env,
            category_sudo.form_definition,
            category_sudo.required_properties,
        )
        answered = request_sudo.read(["support_properties"])[0]["support_properties"]
        show_answers(inputs, answered)
        return inputs

    def _get_missing_files(self, request_sudo, inputs, make=FormFiles):
        return make(f"complete-{request_sudo.id}", get_places(inputs))

    def _complete(self, request_sudo, inputs, said, files):
        attached = files.attach(request_sudo)
        name_files(inputs, attached)
        papers = request.env["ir.attachment"].union(*attached.values())
        request_sudo._portal_complete(get_property_values(said), papers)

    @http.route(
        "/my/requests/<int:request_id>/complete",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_support_complete(self, request_id, **post):
        """Fill in what the category asks and a mail did not say. Row D1"""
        request_sudo = self._get_own_support(request_id)
        if not request_sudo:
            return request.redirect("/my")
        if not request_sudo._get_missing_questions():
            return request.redirect(request_sudo.access_url)
        inputs = self._make_missing_inputs(request_sudo)
        files = self._get_missing_files(request_sudo, inputs, FormFiles.take)
        said, errors = read_form(request.env, inputs, post)
        answer_with_files(inputs, said, files)
        if not errors and not files.problems:
            return self._try(
                request_sudo,
                lambda: self._complete(request_sudo, inputs, said, files),
                "completed",
            )
        files.keep()
        values = self._prepare_request_values(
            request_sudo,
            missing_inputs=fill_form(inputs, post, {**errors, **files.problems}),
            missing_uploads=files.draw(),
        )
        return request.render("sajad_base.portal_my_request", values)

    # ------------------------------------------------------------
    # OPENED AGAIN, CLOSED, RATED
    # ------------------------------------------------------------

    def _get_own_support(self, request_id):
        """Return the own support request with elevated rights, or None."""
        request_sudo = self._get_own_request(request_id)
        return request_sudo if request_sudo and request_sudo.support_state else None

    def _try(self, request_sudo, act, message, **typed):
        """Act, and show the page: with what is wrong, nothing typed is lost."""
        try:
            with request.env.cr.savepoint():
                act()
        except UserError as error:
            values = self._prepare_request_values(
                request_sudo, problems=[str(error)], **typed
            )
            return request.render("sajad_base.portal_my_request", values)
        return request.redirect(f"{request_sudo.access_url}?message={message}")

    @http.route(
        "/my/requests/<int:request_id>/reopen",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_support_reopen(self, request_id, reopen_text="", **kw):
        """Open an own solved request again, saying what is missing. Row D1"""
        request_sudo = self._get_own_support(request_id)
        if not request_sudo:
            return request.redirect("/my")
        text = reopen_text[:MAX_TEXT]
        return self._try(
            request_sudo,
            lambda: request_sudo._portal_support_reopen(text),
            "reopened",
            reopen_text=text,
        )

    @http.route(
        "/my/requests/<int:request_id>/close",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_support_close(self, request_id, **kw):
        """Say that an own solved request is settled. Row D1"""
        request_sudo = self._get_own_support(request_id)
        if not request_sudo:
            return request.redirect("/my")
        return self._try(request_sudo, request_sudo._portal_support_close, "closed")

    @http.route(
        "/my/requests/<int:request_id>/rate",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_support_rate(self, request_id, rate="", feedback="", **kw):
        """Rate the answer to an own request, once. Row D1"""
        request_sudo = self._get_own_support(request_id)
        if not request_sudo:
            return request.redirect("/my")
        rating_sudo = request_sudo._get_open_rating()
        number = int(rate) if rate.isdecimal() else 0
        return self._try(
            request_sudo,
            lambda: request_sudo._support_rate(rating_sudo, number, feedback),
            "rated",
            feedback=feedback,
        )

    @http.route(
        "/my/requests/<int:request_id>/<any(reopen,close,rate,complete):action>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_support_again(self, request_id, action, **kw):
        """Lead back to the request whoever had to sign in while sending something."""
        return request.redirect(f"/my/requests/{request_id}")
