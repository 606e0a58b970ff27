import uuid

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..tools.body_limit import MAX_PAPERS, let_in
from ..tools.file_check import PAPERS
from ..tools.form import fill_form, read_form
from ..tools.form_properties import (
    get_property_values,
    make_property_inputs,
    show_answers,
)
from .form_files import FormFiles
from .form_questions import answer_with_files, get_places, name_files
from .form_windows import get_inputs, get_shown, get_shown_files, take_over

MAX_NOTE = 10000


class SajadServicePortal(CustomerPortal):
    """The catalogue of services, and applying for one (row A8)."""

    def _get_requesters(self):
        """Return the requesters as which the user may ask; visitors are none."""
        return request.env["sajad.requester"]._get_own()

    def _prepare_service_values(self, process, requesters, open_requests):
        """Hook: what the card of a service shows."""
        eligible = [r for r in requesters if process._is_offered_to(r)]
        taken = [open_requests.get((process, requester)) for requester in eligible]
        call = process._get_call_state()
        return {
            "process": process,
            "open_request": next(filter(None, taken), False),
            "can_apply": call == "open" and not all(taken),
            "call": call,
            "call_text": process._get_call_text(),
            "not_offered": ""
            if eligible
            else self._get_not_offered(process, requesters),
            "duration_text": process._get_duration_text(),
            "fee_text": process._get_fee_text(),
            "applicants_text": process._get_applicants_text(),
            "condition_text": process._get_condition_text(),
        }

    def _get_not_offered(self, process, requesters):
        """Return why none of the requesters can apply for the service, or nothing."""
        # a visitor may be anybody; signing in tells
        if not requesters:
            return ""
        kinds = process._get_audiences()
        meant = [r for r in requesters if r._get_requester_kind() in kinds]
        if not meant:
            return request.env._(
                "This service is for: %(audience)s.",
                audience=process._get_applicants_text(),
            )
        if not any(
            process._is_offered_at(r._get_requester_university()) for r in meant
        ):
            return request.env._("Not offered at your university.")
        # which condition is said above it
        if not any(process._meets_condition(r) for r in meant):
            return request.env._("Not offered to you: you do not meet its condition.")
        return request.env._("Not offered to you; see who may apply.")

    # ------------------------------------------------------------
    # FILES
    # ------------------------------------------------------------

    def _get_file_places(self, process, corrected=None):
        """Hook: the places of files in the form, {input: what it takes}.

        :param corrected: the request that is corrected, on the form of its version
        """
        slots = process.attachment_slot_ids
        places = {slot._get_input(): slot._get_accepted() for slot in slots}
        inputs = self._make_inputs(process, corrected)
        return (places or {"files": PAPERS}) | get_places(inputs)

    def _check_attachments(self, process, files):
        """Say of each document that is missing that it is required."""
        for slot in process.attachment_slot_ids.filtered("required"):
            files.require(
                slot._get_input(), request.env._("This document is required.")
            )

    def _attach_files(self, request_sudo, files):
        """Hook: attach the files of a form to its request, {input: attachments}."""
        attached = files.attach(request_sudo)
        for slot in request_sudo.process_id.attachment_slot_ids:
            slot._name_files(attached[slot._get_input()])
        inputs = self._make_inputs(request_sudo.process_id, request_sudo)
        name_files(inputs, attached)
        return attached

    # ------------------------------------------------------------
    # APPLY
    # ------------------------------------------------------------

    def _get_draft_names(self, process):
        """Hook: the inputs whose texts a draft keeps."""
        return {"note"}.union(*(item.names for item in self._make_inputs(process)))

    def _make_inputs(self, process, corrected=None):
        """Return the inputs that the process itself defines.

        :param corrected: the request that is corrected, on the form of its version
        """
        form = corrected.flow_id if corrected else process.published_flow_id
        inputs = make_property_inputs(
            request.env, form.request_properties_definition, form.required_properties
        )
        if corrected:
            show_answers(inputs, corrected.read(["properties"])[0]["properties"])
        return inputs

    def _get_apply_template(self, process):
        """Hook: the template of the form of a process."""
        return "sajad_base.portal_service_apply"

    def _prepare_apply_values(
        self, process, requester, post, errors=None, corrected=None
    ):
        """Hook: what the form shows, with what was typed.

        :param post: the typed values, empty the first time
        :param errors: {input: sentence}
        :param corrected: the request that was returned to be corrected
        """
        inputs = self._make_inputs(process, corrected)
        return {
            "note": post.get("note", ""),
            "form_inputs": fill_form(inputs, post, errors),
        }

    def _parse_apply_values(self, process, requester, post, corrected=None):
        """Hook: read what was typed.

        :param corrected: the request that was returned to be corrected
        :return: (values for `_portal_submit`, {input: sentence})
        """
        note = (post.get("note") or "").strip()
        inputs = self._make_inputs(process, corrected)
        said, errors = read_form(request.env, inputs, post)
        if len(note) > MAX_NOTE:
            errors["note"] = request.env._(
                "At most %(count)s characters.", count=MAX_NOTE
            )
        return {"note": note, "properties": get_property_values(said)}, errors

    def _get_apply_process(self, code):
        """Return the service with elevated rights, or none."""
        # Whoever may apply may read what a service is.
        Process_sudo = request.env["sajad.process"].sudo()
        return Process_sudo.search([("code", "=", code)], limit=1)

    def _get_apply_requesters(self, process):
        """Return the requesters that the user may choose in the form."""
        kinds = process._get_audiences() if process else []
        return [
            requester
            for requester in self._get_requesters()
            if requester._get_requester_kind() in kinds
            and process._is_offered_at(requester._get_requester_university())
        ]

    def _get_apply_requester(self, requesters, post):
        """Return the chosen requester: never one of somebody else."""
        chosen = post.get("requester") or ""
        found = [r for r in requesters if r._get_requester_key() == chosen]
        return (found or requesters)[0]

    def _render_apply(
        self, process, requesters, requester, post, files=None, clashes=None, **kw
    ):
        """Draw the form; a service that is closed gives its reason instead.

        :param files: the `FormFiles` of a form that was sent
        :param clashes: {input: text} of what another window kept meanwhile
        """
        token = post.get("submit_token") or str(uuid.uuid4())
        files = files or FormFiles(token, self._get_file_places(process))
        open_requests = request.env["sajad.request"]._get_open_requests(
            process, requesters
        )
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "sajad_service",
            "process": process,
            "requesters": requesters,
            "requester": requester,
            "submit_token": token,
            "was_sent": bool(post),
            "open_request": open_requests.get((process, requester)),
            "uploads": files.draw(),
            "errors": {},
            "problems": [],
            "closed": self._get_closed_text(process),
            "draft": request.env["sajad.request.draft"],
            **kw,
        }
        values.update(
            self._prepare_apply_values(process, requester, post, values["errors"])
        )
        names = self._get_draft_names(process)
        shown = get_shown(values, names, files.get_kept(), clashes)
        values["form_shown"] = shown
        self._tell_clashes(values, clashes or {})
        return request.render(self._get_apply_template(process), values)

    def _tell_clashes(self, values, clashes):
        """Say beside each input what another window kept there meanwhile."""
        inputs = {item.name: item for item in get_inputs(values)}
        values["errors"] = dict(values["errors"])
        for name, text in clashes.items():
            item = inputs.get(name)
            if item:
                text = dict(item.options).get(text, text)
            sentence = request.env._(
                "Another window saved this here meanwhile: %(text)s. Send again to "
                "keep what stands here now.",
                text=text or "-",
            )
            values["errors"][name] = sentence
            if item:
                item.error = sentence

    def _get_closed_text(self, process):
        """Return why the service takes no requests now, or nothing."""
        try:
            process._check_takes_requests()
        except UserError as error:
            return str(error)
        return ""

    @http.route(
        "/my/services/<string:code>/apply",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_service_apply(self, code, requester=None, **kw):
        """Show the form of a service. Row A8"""
        process = self._get_apply_process(code)
        requesters = self._get_apply_requesters(process)
        if not requesters:
            return request.redirect("/my/services")
        chosen = self._get_apply_requester(requesters, {"requester": requester})
        draft = request.env["sajad.request.draft"]._get_own_form(process, chosen)
        return self._render_apply(
            process,
            requesters,
            chosen,
            draft._get_form() if draft else {},
            was_sent=False,
            draft=draft,
            message=kw.get("message"),
        )

    @http.route(
        "/my/services/<string:code>/apply",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=let_in(MAX_PAPERS),
    )
    def portal_service_submit(self, code, **post):
        """Take the form of a service; with errors nothing typed is lost. Row A8"""
        form, leads_to = self._take_form(code, post)
        if not form:
            return request.redirect(leads_to)
        process, requesters, requester, clashes, files = form
        token = post["submit_token"]
        values, errors = self._parse_apply_values(process, requester, post)
        self._check_attachments(process, files)
        answer_with_files(self._make_inputs(process), values["properties"], files)
        errors.update(files.problems)
        problems = []
        if not errors and not clashes:
            try:
                sent_sudo = self._send_form(process, requester, values, token, files)
                return request.redirect(self._get_sent_url(sent_sudo))
            except UserError as error:
                problems = [str(error)]
        files.keep()
        self._keep_draft(process, requester, {**post, **clashes}, files)
        return self._render_apply(
            process,
            requesters,
            requester,
            post,
            clashes=clashes,
            errors=errors,
            problems=problems,
            files=files,
        )

    def _take_form(self, code, post):
        """Take what was posted, to be sent or kept: the one beginning of both.

        `post` gets the token of the form, and what only another window changed.

        :return: ((process, requesters, requester, clashes, files), None), or (None,
            address) where nothing can be asked for or it was sent already
        """
        process = self._get_apply_process(code)
        requesters = self._get_apply_requesters(process)
        if not requesters:
            return None, "/my/services"
        requester = self._get_apply_requester(requesters, post)
        token = post["submit_token"] = self._clean_token(post)
        if sent_sudo := request.env["sajad.request"]._get_by_token(token):
            return None, sent_sudo.access_url
        # the draft of another window may have another token
        clashes = self._take_over(process, requester, post)
        files = FormFiles.take(
            post["submit_token"], self._get_file_places(process), get_shown_files(post)
        )
        return (process, requesters, requester, clashes, files), None

    def _get_sent_url(self, request_sudo):
        """Hook: where a form that was sent leads to."""
        return f"{request_sudo.access_url}?message=submitted"

    def _take_over(self, process, requester, post):
        """Take over what another window kept of the form; return what both changed."""
        draft = request.env["sajad.request.draft"]._get_own_form(process, requester)
        return take_over(draft, self._get_draft_names(process), post)

    def _send_form(self, process, requester, values, token, files):
        """Return the request of a form without errors, with its files."""
        # all or nothing, so that no request is left without its files
        with request.env.cr.savepoint():
            request_sudo = request.env["sajad.request"]._portal_submit(
                process, requester, values, token
            )
            self._attach_files(request_sudo, files)
            self._discard_draft(process, requester)
        return request_sudo

    def _keep_draft(self, process, requester, post, files):
        """Keep what was typed, and nothing that the form does not ask."""
        names = self._get_draft_names(process)
        content = {
            name: post[name][:MAX_NOTE]
            for name in names
            if isinstance(post.get(name), str)
        }
        return request.env["sajad.request.draft"]._keep(
            process, requester, post["submit_token"], content, files.get_kept()
        )

    def _discard_draft(self, process, requester):
        Draft = request.env["sajad.request.draft"]
        Draft._get_own_form(process, requester).unlink()

    def _clean_token(self, post):
        """Return the token of the form, or a new one when it is no token."""
        try:
            return str(uuid.UUID(post.get("submit_token") or ""))
        except ValueError:
            return str(uuid.uuid4())
