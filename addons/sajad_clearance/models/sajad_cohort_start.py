from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import UserError

BATCH = 200


class SajadCohort(models.Model):
    """Starts the requests of a class in the background, a batch at a time (row B11).

    A batch is one transaction: its requests and the marks on its rows are written
    together, so that a job that dies goes on where it was and starts nobody twice.
    """

    _inherit = "sajad.cohort"

    def action_start(self):
        """Start the clearance of the checked students. Row B11

        A second click changes nothing.

        :raise UserError: nothing was checked, or nobody can be started
        """
        self.ensure_one()
        self.check_access("write")
        if self.state in ("running", "done"):
            return
        if self.state != "checked":
            raise UserError(self.env._("Check the list first."))
        if not self.ok_count:
            raise UserError(self.env._("Nobody of the list can be started."))
        self.process_id._check_takes_requests()
        # states are written by this model alone; access was checked
        self.sudo().write(
            {
                "state": "running",
                "problem": False,
                "started_by_id": self.env.uid,
                "date_start": fields.Datetime.now(),
            }
        )
        self._trigger_start()

    def _trigger_start(self):
        # jobs are Odoo's own records
        self.env.ref("sajad_clearance.ir_cron_cohort_start").sudo()._trigger()

    @api.model
    def _cron_start(self):
        """Start batches of all classes until the time is over."""
        for cohort in self.search([("state", "=", "running")], order="id"):
            while cohort.state == "running":
                processed, remaining = cohort._start_batch()
                if not self.env["ir.cron"]._commit_progress(
                    processed, remaining=remaining
                ):
                    return

    def _start_batch(self):
        """Start the next rows; return how many were dealt with and are left.

        Called with elevated rights.
        """
        self.ensure_one()
        Line = self.env["sajad.cohort.line"]
        domain = [("cohort_id", "=", self.id), ("result", "=", "ok")]
        lines = Line.search(domain, limit=BATCH, order="row, id")
        try:
            self.process_id._check_takes_requests()
        except UserError as error:
            # a call that closed: whoever is left can be started when it opens
            self.write({"state": "checked", "problem": str(error)})
            return len(lines), 0
        self._start_lines(self._drop_changed(lines))
        remaining = Line.search_count(domain)
        if not remaining:
            self.write({"state": "done", "date_done": fields.Datetime.now()})
        return len(lines), remaining

    def _drop_changed(self, lines):
        """Mark the rows of students who cannot be started any more; return the rest."""
        problems = self._get_student_problems(lines.student_id)
        for line in lines:
            if line.student_id in problems:
                result, message = problems[line.student_id]
                line.write({"result": result, "message": message})
        return lines.filtered(lambda line: line.result == "ok")

    def _start_lines(self, lines):
        """Start rows together; when one of them fails, one by one."""
        if not lines:
            return
        try:
            with self.env.cr.savepoint():
                self._submit_lines(lines)
        except (UserError, IntegrityError) as error:
            self.env.invalidate_all()
            if len(lines) == 1:
                lines.write({"result": "failed", "message": self._get_error(error)})
                return
            # halves, so that one bad row costs few queries
            middle = len(lines) // 2
            self._start_lines(lines[:middle])
            self._start_lines(lines[middle:])

    def _get_error(self, error):
        if isinstance(error, UserError):
            return str(error)
        return self.env._("The student has an open clearance.")

    def _submit_lines(self, lines):
        """Create and submit the requests of rows, as whoever started the class."""
        # the engine alone makes requests; history names the officer
        env = self.env(user=self.started_by_id, su=True)
        quiet = {"mail_create_nolog": True, "mail_create_nosubscribe": True}
        Request = env["sajad.request"].with_context(**quiet)
        process = self.process_id.with_env(env)
        students = lines.student_id.with_env(env)
        requests = Request.create(
            [self._prepare_request(Request, process, student) for student in students]
        )
        env["sajad.engine"]._submit(requests)
        by_student = dict(zip(students.ids, requests, strict=True))
        for line in lines:
            line.write(
                {
                    "result": "started",
                    "message": False,
                    "request_id": by_student[line.student_id.id].id,
                }
            )

    def _prepare_request(self, Request, process, student):
        """Hook: the values of the request of one student."""
        values = {"clearance_reason": self.clearance_reason}
        return {
            **Request._prepare_portal_vals(process, student, values, token=None),
            "cohort_id": self.id,
        }
