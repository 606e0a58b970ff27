from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.sajad_base.controllers.form_files import FormFiles
from odoo.addons.sajad_base.controllers.portal_request import SajadRequestPortal
from odoo.addons.sajad_base.controllers.portal_request_list import (
    MAX_COUNT,
    PAGE_SIZE,
    turn_pages,
)
from odoo.addons.sajad_base.engine.states import OPEN_REQUESTS
from odoo.addons.sajad_base.tools.body_limit import MAX_PAPERS, let_in

from ..models.sajad_hold_decision import LIVE_STATES
from ..tools.hold_sums import add_up

ORDER = "portal_sequence, date desc, id desc"
MESSAGES = ("disputed",)


class HoldPortal(SajadRequestPortal):
    """My debts: what offices hold against the student (row B7).

    Portal users have no access to holds; what these pages show was found as the
    person's own. Whose it is not, learns not even that it exists.
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "hold_count" in counters:
            values["hold_count"] = self._search_own_holds_count(
                Domain("state", "in", LIVE_STATES)
            )
        return values

    def _get_own_hold_domain(self):
        return Domain("partner_id", "=", request.env.user.partner_id.id)

    def _search_own_holds_count(self, domain):
        # own holds only: the domain names their owner
        Hold_sudo = request.env["sajad.hold"].sudo()
        domain &= self._get_own_hold_domain()
        return Hold_sudo.search_count(domain, limit=MAX_COUNT)

    def _search_own_holds(self, domain, **kwargs):
        # own holds only: the domain names their owner
        Hold_sudo = request.env["sajad.hold"].sudo()
        domain &= self._get_own_hold_domain()
        return Hold_sudo.search(domain, **{"order": ORDER, **kwargs})

    def _get_own_hold(self, hold_id):
        return self._search_own_holds(Domain("id", "=", hold_id), limit=1)

    # ------------------------------------------------------------
    # LIST
    # ------------------------------------------------------------

    def _get_hold_filters(self):
        return {
            "all": {"label": request.env._("All"), "domain": Domain.TRUE},
            "open": {
                "label": request.env._("Open"),
                "domain": Domain("state", "=", "open"),
            },
            "agreed": {
                "label": request.env._("Agreed With the Office"),
                "domain": Domain("state", "in", ("planned", "guaranteed")),
            },
            "closed": {
                "label": request.env._("Closed"),
                "domain": Domain("state", "in", ("settled", "waived", "cancelled")),
            },
        }

    @http.route(
        ["/my/holds", "/my/holds/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_holds(self, page=1, filterby=None, message=None, **kw):
        """Show what offices hold against the student, open ones first. Row B7"""
        filters = self._get_hold_filters()
        filterby = filterby if filterby in filters else "all"
        domain = filters[filterby]["domain"]
        pager, holds = turn_pages(
            lambda **part: self._search_own_holds(domain, **part),
            lambda: self._search_own_holds_count(domain),
            url="/my/holds",
            url_args={"filterby": filterby} if filterby != "all" else {},
            page=page,
            step=PAGE_SIZE,
        )
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="sajad_hold",
            holds=holds,
            being_confirmed=holds._get_being_confirmed(),
            total=self._get_total(),
            filters=filters,
            filterby=filterby,
            is_filtered=filterby != "all",
            pager=pager,
        )
        return request.render("sajad_clearance.portal_my_holds", values)

    def _get_total(self):
        """Return how much is left of all own debts."""
        # own holds only: the domain names their owner
        Hold_sudo = request.env["sajad.hold"].sudo()
        domain = self._get_own_hold_domain() & Hold_sudo._get_payable_domain()
        count, amount, tried = add_up(Hold_sudo, domain)
        if tried:
            # what the bank is confirming is not paid again
            confirmed_sudo = Hold_sudo._search_being_confirmed(domain)
            amount -= sum(confirmed_sudo.mapped("residual"))
            count -= len(confirmed_sudo)
        return {"amount": amount, "count": count}

    # ------------------------------------------------------------
    # ONE HOLD
    # ------------------------------------------------------------

    def _prepare_hold_values(self, hold_sudo, **kw):
        return {
            **self._prepare_portal_layout_values(),
            "page_name": "sajad_hold",
            "hold": hold_sudo,
            "visit": hold_sudo._get_visit(),
            "next_amount": hold_sudo._get_next_amount(),
            "next_instalment": hold_sudo._get_next_instalment(),
            "can_pay": bool(hold_sudo._filter_payable()),
            "can_dispute": hold_sudo.state in LIVE_STATES
            and hold_sudo.dispute_state != "open",
            "confirming": hold_sudo._get_confirming(),
            "uploads": FormFiles(f"dispute-{hold_sudo.id}").draw(),
            "reason": "",
            "problems": [],
            "message": None,
            **kw,
        }

    @http.route(
        "/my/holds/<int:hold_id>", type="http", auth="user", website=True, readonly=True
    )
    def portal_my_hold(self, hold_id, message=None, **kw):
        """Show one hold: what is left, the instalments and what to do. Row B7"""
        hold_sudo = self._get_own_hold(hold_id)
        if not hold_sudo:
            return request.not_found()
        message = message if message in MESSAGES else None
        values = self._prepare_hold_values(hold_sudo, message=message)
        return request.render("sajad_clearance.portal_my_hold", values)

    @http.route(
        "/my/holds/<int:hold_id>/payments/<int:payment_id>/receipt",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_hold_receipt(self, hold_id, payment_id, **kw):
        """Print the receipt of an own payment. Rows B7, E4"""
        hold_sudo = self._get_own_hold(hold_id)
        payment_sudo = hold_sudo.payment_ids.filtered(lambda p: p.id == payment_id)
        if not payment_sudo:
            return request.not_found()
        # the payment is the person's own, who has no access to reports
        Report_sudo = request.env["ir.actions.report"].sudo()
        report = "sajad_clearance.sajad_hold_receipt_report"
        content, _kind = Report_sudo._render_qweb_pdf(report, payment_sudo.ids)
        name = Report_sudo._get_file_name(report, payment_sudo)
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", http.content_disposition(name, "inline")),
        ]
        return request.make_response(content, headers)

    # ------------------------------------------------------------
    # OBJECTIONS
    # ------------------------------------------------------------

    @http.route(
        "/my/holds/<int:hold_id>/dispute",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=let_in(MAX_PAPERS),
    )
    def portal_my_hold_dispute(self, hold_id, reason="", **kw):
        """Object to an own hold; nothing typed is lost. Row B7"""
        hold_sudo = self._get_own_hold(hold_id)
        if not hold_sudo:
            return request.not_found()
        files = FormFiles.take(f"dispute-{hold_id}")
        problems = list(files.problems.values())
        if not problems:
            try:
                with request.env.cr.savepoint():
                    hold_sudo._portal_dispute(
                        reason[:5000], files.taken["files"], files.kept["files"]
                    )
                return request.redirect(f"/my/holds/{hold_id}?message=disputed")
            except UserError as error:
                problems = [str(error)]
        files.keep()
        values = self._prepare_hold_values(
            hold_sudo, reason=reason, problems=problems, uploads=files.draw()
        )
        return request.render("sajad_clearance.portal_my_hold", values)

    @http.route(
        "/my/holds/<int:hold_id>/files/<int:file_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_hold_file(self, hold_id, file_id, **kw):
        """Download a paper of an own objection. Row E5"""
        hold_sudo = self._get_own_hold(hold_id)
        file_sudo = hold_sudo.dispute_file_ids.filtered(lambda f: f.id == file_id)
        if not file_sudo:
            return request.not_found()
        # access was checked through the hold
        stream = request.env["ir.binary"]._get_stream_from(file_sudo)
        return stream.get_response(as_attachment=True)

    # ------------------------------------------------------------
    # THE PAGE OF A REQUEST
    # ------------------------------------------------------------

    def _prepare_request_values(self, request_sudo, access_token=None, **kw):
        # a link with a token shows a request to others, never a debt
        holds = request.env["sajad.hold"]
        if request_sudo._is_own() and self._is_cleared_by(request_sudo):
            holds = self._search_own_holds(
                Domain("student_id", "=", request_sudo.student_id.id)
                & Domain("state", "in", LIVE_STATES),
                limit=PAGE_SIZE,
            )
        confirmed = holds and holds._get_being_confirmed()
        return super()._prepare_request_values(
            request_sudo,
            access_token,
            holds=holds,
            being_confirmed=confirmed,
            holds_payable=holds and holds._filter_payable() - confirmed,
            **kw,
        )

    def _is_cleared_by(self, request_sudo):
        """Whether offices clear the student in this request, and are not done."""
        return (
            request_sudo.process_id.matter == "clearance"
            and request_sudo.state in OPEN_REQUESTS
        )
