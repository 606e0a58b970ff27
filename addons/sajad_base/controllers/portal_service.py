import uuid

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.sajad_request_upload import MAX_FILE_SIZE, MAX_FILES
from ..tools.property_form import parse_fields, prepare_fields
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

    def _get_offered_processes(self, students):
        """Return the services that take requests of any of the studies now."""
        if not students:
            return request.env["sajad.process"]
        # Whoever may apply may read what a service is.
        Process_sudo = request.env["sajad.process"].sudo()
        processes = Process_sudo.search([("audience", "=", "student")])
        offered = request.env["sajad.request"]._filter_offered(processes, students)
        return offered.filtered("is_open")

    @http.route("/my/services", type="http", auth="user", website=True, readonly=True)
    def portal_my_services(self, **kw):
        """Show every service for which the student can apply. Row A8"""
        students = self._get_students()
        processes = self._get_offered_processes(students)
        Request = request.env["sajad.request"]
        open_requests = Request._get_open_requests(processes, students)
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="sajad_service",
            students=students,
            services=[
                self._prepare_service_values(process, students, open_requests)
                for process in processes
            ],
        )
        return request.render("sajad_base.portal_my_services", values)

    def _prepare_service_values(self, process, students, open_requests):
        """Hook: what the card of a service shows."""
        eligible = students.filtered(
            lambda student: process._is_offered_at(student.university_id)
        )
        taken = [open_requests.get((process, student)) for student in eligible]
        return {
            "process": process,
            "open_request": next(filter(None, taken), False),
            "can_apply": not all(taken),
        }

    # ------------------------------------------------------------
    # APPLY
    # ------------------------------------------------------------

    def _get_apply_template(self, process):
        """Hook: the template of the form of a process."""
        return "sajad_base.portal_service_apply"

    def _prepare_apply_values(self, process, student, post):
        """Hook: what the form shows, with what was typed.

        :param post: the typed values, empty the first time
        """
        return {
            "note": post.get("note", ""),
            "form_fields": prepare_fields(process.request_properties_definition, post),
        }

    def _parse_apply_values(self, process, student, post):
        """Hook: read what was typed.

        :return: (values for `_portal_submit`, {input: sentence})
        """
        note = (post.get("note") or "").strip()
        properties, errors = parse_fields(
            request.env, process.request_properties_definition, post
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
            "kept_files": request.env["sajad.request"]._get_kept_files(token)
            if post
            else request.env["ir.attachment"],
            "errors": {},
            "problems": [],
            "closed": "",
            **kw,
        }
        try:
            process._check_takes_requests()
        except UserError as error:
            values["closed"] = str(error)
        values.update(self._prepare_apply_values(process, student, post))
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
        return self._render_apply(process, students, student, {})

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
        kept = Request._get_kept_files(token, read_kept_ids())
        files, problems = Request._check_files(read_files(), len(kept))
        if problems:
            errors["files"] = "\n".join(problems)
        problems = []
        if not errors:
            try:
                # all or nothing, so that no request is left without its files
                with request.env.cr.savepoint():
                    request_sudo = Request._portal_submit(
                        process, student, values, token
                    )
                    request_sudo._attach_files(files, kept)
                return request.redirect(f"{request_sudo.access_url}?message=submitted")
            except UserError as error:
                problems = [str(error)]
        kept |= Request._keep_files(files, token)
        return self._render_apply(
            process,
            students,
            student,
            post,
            errors=errors,
            problems=problems,
            kept_files=kept,
        )

    def _clean_token(self, post):
        """Return the token of the form, or a new one when it is no token."""
        try:
            return str(uuid.UUID(post.get("submit_token") or ""))
        except ValueError:
            return str(uuid.uuid4())
