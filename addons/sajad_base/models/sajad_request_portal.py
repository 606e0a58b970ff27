from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tools import SQL

from ..engine.states import OPEN_REQUESTS


class SajadRequest(models.Model):
    """What a student does in the portal: apply, answer and cancel (rows A8, A9)."""

    _inherit = "sajad.request"

    # ------------------------------------------------------------
    # APPLY
    # ------------------------------------------------------------

    @api.model
    def _portal_submit(self, process, student, values, token):
        """Create and submit the request of a portal form (row A8).

        A form that is sent twice gives one request, also when both arrive at once.

        :param values: what was typed; only `_get_portal_fields` of it is taken
        :param token: the hidden token of the form
        :return: the request, with elevated rights
        :raise AccessError: the study belongs to somebody else
        :raise UserError: with a sentence for the student
        """
        if not student or student.partner_id != self.env.user.partner_id:
            raise AccessError(self.env._("You can only apply for yourself."))
        if sent_sudo := self._get_by_token(token):
            return sent_sudo
        self._lock_portal_submit(student)
        self._check_portal_process(process, student)
        vals = self._prepare_portal_vals(process, student, values, token)
        # Only the engine creates requests; who applies and for what was checked.
        Request_sudo = self.sudo().with_context(mail_create_nolog=True)
        try:
            with self.env.cr.savepoint():
                request_sudo = Request_sudo.create(vals)
                request_sudo.env["sajad.engine"]._submit(request_sudo)
        except UniqueViolation as error:
            # Another request of the same form, or of the same kind, won the race. It
            # may be invisible to this transaction: Odoo repeats it then.
            if sent_sudo := self._get_by_token(token):
                return sent_sudo
            raise ConcurrencyError(self.env._("This form was sent already.")) from error
        return request_sudo.with_context(mail_create_nolog=False)

    @api.model
    def _lock_portal_submit(self, student):
        """Let one form of a student in at a time; Odoo repeats the others later.

        The unique indexes decide anyway; this spares the log their errors.
        """
        query = SQL(
            "SELECT pg_try_advisory_xact_lock(hashtext(%s), %s)", self._name, student.id
        )
        if not self.env.execute_query(query)[0][0]:
            raise ConcurrencyError(self.env._("This form was sent already."))

    @api.model
    def _get_portal_fields(self):
        """Hook: the fields of a request that a portal form may set."""
        return {"note", "properties"}

    @api.model
    def _prepare_portal_vals(self, process, student, values, token):
        """Hook: the values of a new request of the portal."""
        allowed = self._get_portal_fields()
        return {
            **{name: value for name, value in values.items() if name in allowed},
            "process_id": process.id,
            "student_id": student.id,
            "partner_id": student.partner_id.id,
            "university_id": student.university_id.id,
            "faculty_id": student.faculty_id.id,
            "submit_token": token,
            "open_key": self._get_open_key(process, student),
        }

    @api.model
    def _get_open_key(self, process, student):
        """Return what is unique while a request is open, or False."""
        group = process.exclusive_group
        return f"{group}:{student.id}" if group else False

    @api.model
    def _get_by_token(self, token):
        """Return the own request that the form gave already."""
        if not token:
            # nothing, in the same environment as what is found
            return self.sudo().browse()
        # The token is the form's secret; somebody else's gives nothing.
        return self.sudo().search(
            [
                ("submit_token", "=", token),
                ("partner_id", "=", self.env.user.partner_id.id),
            ],
            limit=1,
        )

    @api.model
    def _get_open_requests(self, processes, students):
        """Return {(process, student): open request} where only one is allowed."""
        keys = {
            (process, student): self._get_open_key(process, student)
            for process in processes
            for student in students
            if process.exclusive_group
        }
        # asked for the person's own studies only
        requests_sudo = self.sudo().search([("open_key", "in", list(keys.values()))])
        by_key = {request.open_key: request for request in requests_sudo}
        return {pair: by_key[key] for pair, key in keys.items() if key in by_key}

    @api.model
    def _check_portal_process(self, process, student):
        """Raise when the student cannot apply now, saying why."""
        process._check_takes_requests()
        if process not in self._filter_offered(process, student):
            raise UserError(
                self.env._("%(name)s is not offered to you.", name=process.name)
            )
        if self._get_open_requests(process, student):
            raise UserError(
                self.env._("You have an open request of this kind already.")
            )

    @api.model
    def _filter_offered(self, processes, students):
        """Return the processes that any of the studies may apply for."""
        return processes.filtered(
            lambda process: (
                process.audience == "student"
                and students.filtered_domain(process._parse_student_condition())
                and process._is_offered_at(students.university_id)
            )
        )

    # ------------------------------------------------------------
    # ANSWER AND CANCEL
    # ------------------------------------------------------------

    def _portal_answer(self, text):
        """Send a returned request back to the office (row A9).

        :raise UserError: nothing is to be answered, or the answer is empty
        """
        self._check_portal_owner()
        if not self._can_answer():
            raise UserError(self.env._("This request does not wait for an answer."))
        if not (text or "").strip():
            raise UserError(self.env._("Write your answer."))
        # The engine alone moves requests; the owner was checked.
        request_sudo = self.sudo()
        request_sudo.env["sajad.engine"]._answer(request_sudo, text.strip())

    def _portal_cancel(self):
        """Cancel the own open request (row A9).

        :raise UserError: it cannot be cancelled any more
        """
        self._check_portal_owner()
        if not self._can_cancel():
            raise UserError(self.env._("This request cannot be cancelled any more."))
        # The engine alone moves requests; the owner was checked.
        request_sudo = self.sudo()
        request_sudo.env["sajad.engine"]._cancel(request_sudo)

    def _can_answer(self):
        """Whether an office waits for an answer of the student."""
        self.ensure_one()
        return self.state in OPEN_REQUESTS and any(
            task.state == "student" and task.student_wait == "answer"
            for task in self._get_portal_tasks()
        )

    def _can_cancel(self):
        """Whether the student may still cancel: the engine knows."""
        self.ensure_one()
        return self.env["sajad.engine"]._can_cancel(self)

    def _is_portal_owner(self):
        """Whether the user is the person whose request it is."""
        self.ensure_one()
        return self.partner_id == self.env.user.partner_id

    def _check_portal_owner(self):
        if not self._is_portal_owner():
            raise AccessError(self.env._("This is not your request."))

    def _get_portal_files(self):
        """Return what the student sent; papers of offices come with comments."""
        self.ensure_one()
        return (
            self.env["ir.attachment"]
            # Access to the request was checked; files of staff are left out.
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("create_uid.partner_id", "=", self.partner_id.id),
                ],
                order="id",
            )
        )

    # ------------------------------------------------------------
    # COMMENTS
    # ------------------------------------------------------------

    @api.model
    def _get_thread_with_access(self, thread_id, *, token=None, **kwargs):
        """Let links with the token of a request read the page, not write comments.

        Portal would take whoever has the link for the student. Links in mails are
        signed for one person and still may.
        """
        return super()._get_thread_with_access(thread_id, token=None, **kwargs)
