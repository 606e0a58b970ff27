from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.sajad_base.engine.states import OPEN_REQUESTS
from odoo.addons.sajad_base.tools.binary import read_binary
from odoo.addons.sajad_base.tools.sentences import translate
from odoo.addons.sajad_base.tools.table_file import TableError

from ..tools.cohort_check import CohortCheck
from ..tools.number_list import read_file, read_text

MAX_ROWS = 20000
BATCH = 200


class SajadCohort(models.Model):
    """What is done with a class: checked, started in the background, printed (row B11).

    A batch is one transaction: its requests and the marks on its rows are written
    together, so that a job that dies goes on where it was and starts nobody twice.
    """

    _inherit = "sajad.cohort"

    # ------------------------------------------------------------
    # CHECK
    # ------------------------------------------------------------

    def action_check(self):
        """Find the students of the list and say what would be started. Row B11

        :raise UserError: the list or the file cannot be read
        """
        self.ensure_one()
        self.check_access("write")
        self._check_not_started()
        numbers = self._read_numbers()
        if not numbers:
            raise UserError(self.env._("There is no student number in the list."))
        if len(numbers) > MAX_ROWS:
            raise UserError(
                self.env._(
                    "The list has %(found)s rows; a class has at most %(count)s.",
                    found=len(numbers),
                    count=MAX_ROWS,
                )
            )
        # rows and states are written by this model alone; access was checked
        cohort_sudo = self.sudo()
        cohort_sudo.line_ids.unlink()
        rows = CohortCheck(cohort_sudo).judge(numbers)
        cohort_sudo.write(
            {
                "line_ids": [Command.create(vals) for vals in rows],
                "state": "checked",
                "problem": False,
            }
        )

    def action_reset(self):
        """Back to the set-up."""
        self.ensure_one()
        self.check_access("write")
        self._check_not_started()
        # states are written by this model alone; access was checked
        self.sudo()._reset()

    def _read_numbers(self):
        """Return [(row, student number)] of the chosen source."""
        if self.source == "filter":
            students = self.env["sajad.student"].search(
                CohortCheck(self).get_domain(), limit=MAX_ROWS + 1
            )
            numbers = students.mapped("student_number")
            return list(enumerate(numbers, start=1))
        if self.source == "list":
            return read_text(self.numbers or "")
        if not self.file:
            raise UserError(self.env._("Choose a file."))
        content = read_binary(self, "file")
        try:
            return read_file(content)
        except TableError as error:
            raise UserError(translate(self.env, error.sentence)) from error

    # ------------------------------------------------------------
    # START
    # ------------------------------------------------------------

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
        lines._start()
        remaining = Line.search_count(domain)
        if not remaining:
            self.write({"state": "done", "date_done": fields.Datetime.now()})
        return len(lines), remaining

    def _prepare_request(self, Request, student):
        """Hook: the values of the request of one student."""
        values = {"clearance_reason": self.clearance_reason}
        return {
            **Request._prepare_portal_vals(
                self.process_id, student, values, token=None
            ),
            "cohort_id": self.id,
        }

    # ------------------------------------------------------------
    # FOLLOW
    # ------------------------------------------------------------

    def action_open_requests(self):
        """Open the requests of the class."""
        action = self._get_action("sajad_clearance.sajad_request_action_clearance")
        action["domain"] = [("cohort_id", "in", self.ids)]
        action["context"] = {}
        return action

    def action_open_remaining(self):
        """Open the requests of the class that are not finished."""
        action = self._get_action("sajad_clearance.sajad_request_action_clearance")
        action["domain"] = [
            ("cohort_id", "in", self.ids),
            ("state", "in", OPEN_REQUESTS),
        ]
        action["context"] = {}
        return action

    def action_open_my_tasks(self):
        """Open the work on the class that lies in the cartables of the user."""
        self.ensure_one()
        action = self._get_action("sajad_base.sajad_task_action")
        action["domain"] = self._get_my_task_domain()
        action["context"] = {"search_default_group_stage": 1}
        action["views"] = [(False, "list"), (False, "kanban"), (False, "form")]
        return action

    def action_approve_all(self):
        """Approve all work of the class in the user's cartables at once. Row B11

        Whoever has a hold, or whose work is with the student, stays; the result says
        why, a sentence each.

        :raise UserError: nothing of it lies in the user's cartables
        """
        self.ensure_one()
        self.check_access("read")
        tasks = self.env["sajad.task"].search(
            [("request_id.cohort_id", "=", self.id), ("state", "=", "ready")]
        )
        if not tasks:
            raise UserError(
                self.env._("Nothing of this class waits in your cartables.")
            )
        return tasks.action_approve()

    def action_print_certificates(self):
        """Print the certificates of the class. Row B8"""
        self.ensure_one()
        certificates = self._get_certificates()
        if not certificates:
            raise UserError(self.env._("Nobody of this class is cleared yet."))
        return certificates.action_print()

    def _get_certificates(self):
        return self.env["sajad.clearance.certificate"].search(
            [("request_id.cohort_id", "in", self.ids), ("state", "=", "valid")],
            order="year, sequence",
        )

    def action_print_minutes(self):
        """Open the minutes of the class. Row B8"""
        self.ensure_one()
        action = self._get_action("sajad_clearance.sajad_clearance_minutes_action")
        action["context"] = {
            "default_cohort_id": self.id,
            "default_university_id": self.university_id.id,
        }
        return action

    def _get_action(self, xmlid):
        return self.env["ir.actions.act_window"]._for_xml_id(xmlid)
