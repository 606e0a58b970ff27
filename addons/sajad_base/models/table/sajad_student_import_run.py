from odoo import api, models
from odoo.exceptions import UserError

from ...tools.student_list import CODES, KINDS, PLACES
from ...tools.student_row import StudentRow
from ...tools.student_sync import StudentSync
from ...tools.table_file import to_text

MAX_ROWS = 20000
BATCH = 2000


class SajadStudentImportRun(models.AbstractModel):
    """How a list of students is recorded: in the background, or for another system.

    A batch is one transaction: its students and the marks on its rows are written
    together, so that a job that dies goes on where it was and makes nobody twice.
    """

    _name = "sajad.student.import.run"
    _description = "Recording of a List of Students"

    def action_import(self):
        """Record the good rows in the background (row A1). A second click does nothing.

        :raise UserError: nothing was examined, or no row is good
        """
        self.ensure_one()
        self.check_access("write")
        if self.state in ("running", "done"):
            return
        self._check_university(self.university_id)
        if self.state != "checked":
            raise UserError(self.env._("Examine the list first."))
        if self.refused_count == len(self.line_ids):
            raise UserError(self.env._("No row of the list can be recorded."))
        # states are written by this model alone; access was checked
        self.sudo().state = "running"
        # jobs are Odoo's own records
        self.env.ref("sajad_base.ir_cron_student_import").sudo()._trigger()

    @api.model
    def _cron_run(self):
        """Record batches of all lists until the time is over."""
        for record in self.search([("state", "=", "running")], order="id"):
            user = record.create_uid
            # people are told in the registrar's name and language; the job writes
            # what no client does
            record = record.with_context(lang=user.lang).with_user(user).sudo()
            if record.university_id not in record._get_universities():
                # whose office ended meanwhile records nobody
                record.state = "checked"
            while record.state == "running":
                processed, remaining = record._run_batch()
                if not self.env["ir.cron"]._commit_progress(
                    processed, remaining=remaining
                ):
                    return

    def _run_batch(self):
        """Record the next rows; return how many, and how many are left.

        Called with elevated rights.
        """
        self.ensure_one()
        kept = self.env["sajad.student.import.line"]._fetch_kept(self, BATCH)
        self._record(kept)
        remaining = self._count_left() if len(kept) == BATCH else 0
        if not remaining:
            self.state = "done"
            if self.has_accounts:
                self._invite()
        return len(kept), remaining

    def _count_left(self):
        """Return how many good rows are still to be recorded."""
        self.ensure_one()
        return self.env["sajad.student.import.line"].search_count(
            [
                ("import_id", "in", self.ids),
                ("row", ">", self.recorded_row),
                ("result", "!=", "refused"),
            ]
        )

    def _record(self, kept):
        rows = [self._restore(*values) for _id, _result, *values in kept]
        sync = StudentSync(self.env, self.university_id, rows)
        # the register may have changed since the list was examined
        sync.judge()
        sync.record()
        if kept:
            self.recorded_row = kept[-1][2]
        Line = self.env["sajad.student.import.line"]
        for (line_id, result, *_values), row in zip(kept, rows, strict=True):
            if row.result != result:
                line = Line.browse(line_id)
                line.write({"result": row.result, "message": self._get_message(row)})

    def _restore(self, number, cells, kept):
        row = StudentRow(number, cells)
        row.restore(kept)
        return row

    def _invite(self):
        """Have those of the list invited who have an e-mail and no account."""
        good = self.line_ids.filtered(lambda line: line.result != "refused")
        students = self.env["sajad.student"].search(
            [
                ("university_id", "=", self.university_id.id),
                ("student_number", "in", good.mapped("student_number")),
                ("partner_id.email", "!=", False),
                ("partner_id.user_ids", "=", False),
            ]
        )
        if students:
            # with the rights of the registrar
            Batch = self.env(su=False)["sajad.batch"]
            name = self.env._("Create Accounts")
            Batch._start(name, students, "_batch_create_accounts")

    # ------------------------------------------------------------
    # OTHER SYSTEMS
    # ------------------------------------------------------------

    @api.model
    def sync(self, university, rows, dry_run=False):
        """Record students for another system, for `/json/2/sajad.student.import/sync`.

        The same rows again change nothing; a row that is refused does not keep the
        others from being recorded. An empty text leaves what is there. Row A1

        :param str university: code of the university
        :param list[dict] rows: texts by the names of the fields of `sajad.student`,
            as a list in a file has them: `student_number`, `name`, `faculty_id` (name
            or code), `birth_date` (Jalali or ISO) and so on
        :param bool dry_run: say what would happen, and record nothing
        :return: one dict per row, in order: `row`, `student_number`, `result`
            (created, changed, unchanged or refused), `message`
        :rtype: list[dict]
        :raise AccessError: the user does not register the students of the university
        :raise UserError: the list is no list, or has too many rows
        """
        self.check_access("create")
        if not isinstance(rows, list) or len(rows) > MAX_ROWS:
            raise UserError(
                self.env._("Send a list of at most %(count)s rows.", count=MAX_ROWS)
            )
        found = self._get_universities().filtered(lambda u: u.code == university)
        self._check_university(found)
        entries = [
            StudentRow(number, _get_cells(row)) for number, row in enumerate(rows, 1)
        ]
        sync = StudentSync(self.env, found, entries)
        sync.judge()
        if not dry_run:
            for start in range(0, len(entries), BATCH):
                sync.record(entries[start : start + BATCH])
        return [
            {
                "row": entry.row,
                "student_number": entry.number,
                "result": entry.result,
                "message": self._get_message(entry),
            }
            for entry in entries
        ]


def _get_cells(row):
    """Return the texts of a row of another system, by the names that are known."""
    cells = {}
    for name, value in row.items() if isinstance(row, dict) else ():
        if name in KINDS or name in CODES or name in PLACES:
            text = "" if value is None else to_text(value)
            if text:
                cells[name] = text
    return cells
