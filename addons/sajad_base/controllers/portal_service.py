import uuid

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.sajad_request_upload import MAX_FILE_SIZE, MAX_FILES
from ..tools.property_form import get_inputs, parse_fields, prepare_fields
from .portal_request import read_files, read_kept_ids

MAX_NOTE = 10000


class SajadServicePortal(CustomerPortal):
    """The catalogue of services, and applying for one (row A8)."""

    def _get_students(self):
        """Return the studies of the user."""
        # Students have no access to the register; these are the own studies.
        Student_sudo = request.env["sajad.student"].sudo()
        return Student_sudo.search(
            [("partner_id", "=", request.env.user.partner_id.id)], order="id desc"
        )

    def _prepare_service_values(self, process, students, open_requests):
        """Hook: what the card of a service shows."""
        is_student = process.audience == "student"
        eligible = students.filtered(
            lambda student: is_student and process._is_offered_at(student.university_id)
        ).filtered_domain(process._parse_student_condition())
        taken = [open_requests.get((process, student)) for student in eligible]
        call = process._get_call_state()
        return {
            "process": process,
            "open_request": next(filter(None, taken), False),
            "can_apply": call == "open" and not all(taken),
            "call": call,
            "call_text": process._get_call_text(),
            "not_offered": self._get_not_offered(process, students, eligible),
            "duration_text": process._get_duration_text(),
            "fee_text": process._get_fee_text(),
            "applicants_text": process._get_applicants_text(),
        }

    def _get_not_offered(self, process, students, eligible):
        """Return why a student cannot apply for the service, or nothing."""
        if process.audience != "student":
            return request.env._("This service is for university staff.")
        if not students or eligible:
            return ""
        if not process._is_offered_at(students.university_id):
            return request.env._("Not offered at your university.")
        return request.env._("Not offered to you; see who may apply.")

    # ------------------------------------------------------------
    # FILES
    # ------------------------------------------------------------

    def _get_file_inputs(self, process):
        """Hook: the inputs of files of a form, {name: how many files it takes}."""
        slots = process.attachment_slot_ids
        if slots:
            return {s._get_input(): s.max_files for s in slots}
        return {"files": MAX_FILES}

    def _check_attachments(self, process, taken, kept_by_input):
        """Return {input: sentence} of the documents that are missing."""
        missing = {}
        for slot in process.attachment_slot_ids.filtered("required"):
            name = slot._get_input()
            if not taken.get(name) and not kept_by_input.get(name):
                missing[name] = request.env._("This document is required.")
        return missing

    def _get_kept_by_input(self, process, token, ids=None):
        """Return {input: files that were kept for the form}.

        :param ids: those that are still wanted; None for all
        """
        Request = request.env["sajad.request"]
        return {
            name: Request._get_kept_files(self._get_files_key(token, name), ids)
            for name in self._get_file_inputs(process)
        }

    def _get_files_key(self, token, name):
        return token if name == "files" else f"{token}-{name}"

    def _take_files(self, process, token):
        """Read the files of a form.

        :return: ({input: checked files}, {input: kept files}, {input: sentences})
        """
        Request = request.env["sajad.request"]
        kept_by_input = self._get_kept_by_input(process, token, read_kept_ids())
        taken, errors = {}, {}
        for name, count in self._get_file_inputs(process).items():
            files = read_files(name)
            if files and count == 1:
                # the new one replaces the one that is there
                kept_by_input[name] = kept_by_input[name].browse()
            taken[name], problems = Request._check_files(
                files, len(kept_by_input[name]), count
            )
            if problems:
                errors[name] = "\n".join(problems)
        return taken, kept_by_input, errors

    def _keep_taken(self, token, taken, kept_by_input):
        """Keep checked files beside those that are kept already."""
        Request = request.env["sajad.request"]
        for name, files in taken.items():
            key = self._get_files_key(token, name)
            kept_by_input[name] |= Request._keep_files(files, key)

    def _attach_taken(self, request_sudo, taken, kept_by_input):
        """Hook: attach the files of a form to its request, {input: attachments}."""
        attached = {
            name: request_sudo._attach_files(files, kept_by_input[name])
            for name, files in taken.items()
        }
        for slot in request_sudo.process_id.attachment_slot_ids:
            files = attached.get(slot._get_input())
            if files:
                request_sudo._name_files(slot, files)
        return attached

    # ------------------------------------------------------------
    # APPLY
    # ------------------------------------------------------------

    def _get_draft_names(self, process):
        """Hook: the inputs whose texts a draft keeps."""
        return {"note", *get_inputs(process.request_properties_definition)}

    def _get_apply_template(self, process):
        """Hook: the template of the form of a process."""
        return "sajad_base.portal_service_apply"

    def _prepare_apply_values(self, process, student, post, errors=None):
        """Hook: what the form shows, with what was typed.

        :param post: the typed values, empty the first time
        :param errors: {input: sentence}
        """
        return {
            "note": post.get("note", ""),
            "form_fields": prepare_fields(
                request.env,
                process.request_properties_definition,
                post,
                process.required_properties,
            ),
        }

    def _parse_apply_values(self, process, student, post):
        """Hook: read what was typed.

        :return: (values for `_portal_submit`, {input: sentence})
        """
        note = (post.get("note") or "").strip()
        properties, errors = parse_fields(
            request.env,
            process.request_properties_definition,
            post,
            process.required_properties,
        )
        if len(note) > MAX_NOTE:
            errors["note"] = request.env._(
                "At most %(count)s characters.", count=MAX_NOTE
            )
        return {"note": note, "properties": properties}, errors

    def _get_apply_process(self, code):
        """Return the service with elevated rights, or None."""
        # Whoever may apply may read what a service is.
        Process_sudo = request.env["sajad.process"].sudo()
        process = Process_sudo.search([("code", "=", code)], limit=1)
        return process if process.audience == "student" else None

    def _get_apply_students(self, process):
        students = self._get_students()
        return students.filtered(
            lambda s: (
                not process.university_ids or s.university_id in process.university_ids
            )
        )

    def _get_apply_student(self, students, post):
        """Return the chosen study: never one of somebody else."""
        chosen = post.get("student_id") or ""
        return students.filtered(lambda s: str(s.id) == chosen) or students[:1]

    def _render_apply(self, process, students, student, post, **kw):
        """Draw the form; a service that is closed gives its reason instead."""
        token = post.get("submit_token") or str(uuid.uuid4())
        open_requests = request.env["sajad.request"]._get_open_requests(
            process, students
        )
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "sajad_service",
            "process": process,
            "students": students,
            "student": student,
            "submit_token": token,
            "was_sent": bool(post),
            "open_request": open_requests.get((process, student)),
            "max_files": MAX_FILES,
            "max_file_size": MAX_FILE_SIZE,
            "errors": {},
            "problems": [],
            "closed": "",
            "draft": request.env["sajad.request.draft"],
            **kw,
        }
        if "kept_by_input" not in values:
            values["kept_by_input"] = self._get_kept_by_input(process, token)
        kept_by_input, errors = values["kept_by_input"], values["errors"]
        values["kept_files"] = kept_by_input.get("files")
        values["attachment_inputs"] = [
            {
                "slot": slot,
                "input": slot._get_input(),
                "kept": kept_by_input.get(slot._get_input()),
                "error": errors.get(slot._get_input()),
            }
            for slot in process.attachment_slot_ids
        ]
        try:
            process._check_takes_requests()
        except UserError as error:
            values["closed"] = str(error)
        values.update(
            self._prepare_apply_values(process, student, post, values["errors"])
        )
        return request.render(self._get_apply_template(process), values)

    @http.route(
        "/my/services/<string:code>/apply",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_service_apply(self, code, student_id=None, **kw):
        """Show the form of a service. Row A8"""
        process = self._get_apply_process(code)
        students = process and self._get_apply_students(process)
        if not students:
            return request.redirect("/my/services")
        student = self._get_apply_student(students, {"student_id": student_id})
        draft = request.env["sajad.request.draft"]._get_own(
            process_id=process, student_id=student
        )
        return self._render_apply(
            process,
            students,
            student,
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
    )
    def portal_service_submit(self, code, **post):
        """Take the form of a service; with errors nothing typed is lost. Row A8"""
        process = self._get_apply_process(code)
        students = process and self._get_apply_students(process)
        if not students:
            return request.redirect("/my/services")
        student = self._get_apply_student(students, post)
        token = self._clean_token(post)
        post["submit_token"] = token
        Request = request.env["sajad.request"]
        if sent_sudo := Request._get_by_token(token):
            return request.redirect(sent_sudo.access_url)
        values, errors = self._parse_apply_values(process, student, post)
        taken, kept_by_input, file_errors = self._take_files(process, token)
        missing = self._check_attachments(process, taken, kept_by_input)
        # what is wrong with a file is told before that it is missing
        errors = {**missing, **errors, **file_errors}
        problems = []
        if not errors:
            try:
                # all or nothing, so that no request is left without its files
                with request.env.cr.savepoint():
                    request_sudo = Request._portal_submit(
                        process, student, values, token
                    )
                    self._attach_taken(request_sudo, taken, kept_by_input)
                    self._discard_draft(process, student)
                return request.redirect(f"{request_sudo.access_url}?message=submitted")
            except UserError as error:
                problems = [str(error)]
        self._keep_taken(token, taken, kept_by_input)
        self._keep_draft(process, student, post, kept_by_input)
        return self._render_apply(
            process,
            students,
            student,
            post,
            errors=errors,
            problems=problems,
            kept_by_input=kept_by_input,
        )

    def _keep_draft(self, process, student, post, kept_by_input):
        """Keep what was typed, and nothing that the form does not ask."""
        names = self._get_draft_names(process)
        content = {
            name: post[name][:MAX_NOTE]
            for name in names
            if isinstance(post.get(name), str)
        }
        # the form's own files, found by its secret token
        files = request.env["ir.attachment"].sudo().union(*kept_by_input.values())
        Draft = request.env["sajad.request.draft"]
        return Draft._keep(process, student, post["submit_token"], content, files)

    def _discard_draft(self, process, student):
        Draft = request.env["sajad.request.draft"]
        Draft._get_own(process_id=process, student_id=student).unlink()

    def _clean_token(self, post):
        """Return the token of the form, or a new one when it is no token."""
        try:
            return str(uuid.UUID(post.get("submit_token") or ""))
        except ValueError:
            return str(uuid.uuid4())
