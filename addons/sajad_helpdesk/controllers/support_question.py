from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager as portal_pager
from odoo.addons.sajad_base.controllers.portal_request_list import clean_search
from odoo.addons.sajad_base.controllers.portal_window import SajadWindowPortal
from odoo.addons.sajad_base.controllers.public_page import refuse_too_many

PAGE_SIZE = 20
VOTED = "sajad_support_voted"


class SupportQuestionPortal(SajadWindowPortal):
    """Answered questions: read by everybody, suggested to whoever asks (row D1)."""

    def _get_questions(self):
        # visitors have no rights on questions; what they read is published
        return request.env["sajad.support.question"].sudo()

    def _get_question(self, question_id):
        """Return a published question with elevated rights, or none."""
        Question_sudo = self._get_questions()
        domain = Question_sudo._get_public_domain() & Domain("id", "=", question_id)
        return Question_sudo.search(domain, limit=1)

    @http.route(
        ["/support/questions", "/support/questions/page/<int:page>"],
        type="http",
        auth="public",
        website=True,
        readonly=True,
    )
    def support_questions(self, page=1, search="", **kw):
        """Show the answered questions to whoever asks. Row D1"""
        search = clean_search(search)
        Question_sudo = self._get_questions()
        domain = Question_sudo._get_public_domain(search)
        pager = portal_pager(
            url="/support/questions",
            url_args={"search": search} if search else {},
            total=Question_sudo.search_count(domain),
            page=page,
            step=PAGE_SIZE,
        )
        questions_sudo = Question_sudo.search(
            domain, limit=PAGE_SIZE, offset=max(pager["offset"], 0)
        )
        values = {
            **self._prepare_window_values(),
            "page_name": "sajad_support_question",
            "questions": questions_sudo,
            "search": search,
            "pager": pager,
        }
        return request.render("sajad_helpdesk.portal_support_questions", values)

    @http.route(
        "/support/questions/<int:question_id>",
        type="http",
        auth="public",
        website=True,
        readonly=True,
    )
    def support_question(self, question_id, message="", **kw):
        """Show one answered question. Row D1"""
        question_sudo = self._get_question(question_id)
        if not question_sudo:
            raise request.not_found()
        values = {
            **self._prepare_window_values(),
            "page_name": "sajad_support_question",
            "question": question_sudo,
            "has_voted": question_sudo.id in request.session.get(VOTED, []),
            "message": message,
        }
        return request.render("sajad_helpdesk.portal_support_question", values)

    @http.route(
        "/support/questions/<int:question_id>/helpful",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def support_question_helpful(self, question_id, helpful="", **post):
        """Count whether an answer helped, once for each visit. Row D1"""
        question_sudo = self._get_question(question_id)
        if not question_sudo or helpful not in ("yes", "no"):
            raise request.not_found()
        voted = request.session.get(VOTED, [])
        if question_id not in voted and not refuse_too_many("support_helpful"):
            question_sudo._rate(helpful == "yes")
            request.session[VOTED] = [*voted, question_id]
        return request.redirect(f"/support/questions/{question_id}?message=thanks")

    @http.route(
        "/support/questions/suggest", type="jsonrpc", auth="public", website=True
    )
    def support_suggest(self, text="", **kw):
        """Return the answered questions that fit a subject. Row D1

        :return: [{"id", "question", "excerpt", "url"}], nothing for whoever asks
            too often
        """
        if not isinstance(text, str) or refuse_too_many("support_suggest"):
            return []
        return [
            {
                "id": question_sudo.id,
                "question": question_sudo.name,
                "excerpt": question_sudo._get_excerpt(),
                "url": f"/support/questions/{question_sudo.id}",
            }
            for question_sudo in self._get_questions()._suggest(clean_search(text))
        ]
