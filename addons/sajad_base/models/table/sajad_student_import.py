from collections import Counter

from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.i18n import format_list

from ...tools.binary import read_binary
from ...tools.list_file import read_list
from ...tools.sentences import translate, within_quotes
from ...tools.student_bulk import copy
from ...tools.student_list import COLUMNS
from ...tools.student_row import StudentRow
from ...tools.student_sync import StudentSync
from ...tools.table_file import Limits, TableError
from .sajad_student_import_run import MAX_ROWS

GOOD = ("created", "changed", "unchanged")
RESULTS = (*GOOD, "refused")
# what the registrar chooses; everything else is written by the model
CHOSEN = frozenset({"university_id", "file", "file_name", "has_accounts"})


class SajadStudentImport(models.Model):
    """The register of a university, filled from its registrar's list (row A1).

    First each row gets its verdict and nothing is recorded; then the good rows are
    recorded in the background. The same list again changes nothing.
    """

    _name = "sajad.student.import"
    _description = "List of Students"
    _inherit = ["sajad.client.guard", "sajad.student.import.run"]
    _order = "id desc"
    _rec_name = "file_name"
    _client_fields = _client_create_fields = CHOSEN

    university_id = fields.Many2one(
        "sajad.university",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self._default_university_id(),
    )
    file = fields.Binary(string="List", copy=False)
    file_name = fields.Char(string="File")
    has_accounts = fields.Boolean(
        string="Accounts and Invitations",
        help="Whoever of the list has an e-mail and no account is invited.",
    )
    state = fields.Selection(
        [
            ("draft", "New"),
            ("checked", "Examined"),
            ("running", "Running"),
            ("done", "Recorded"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    recorded_row = fields.Integer(
        readonly=True, copy=False, help="The last row that was recorded."
    )
    unknown_columns = fields.Char(readonly=True, copy=False)
    line_ids = fields.One2many(
        "sajad.student.import.line", "import_id", string="Rows", readonly=True
    )
    created_count = fields.Integer(string="New", compute="_compute_counts")
    changed_count = fields.Integer(string="Changed", compute="_compute_counts")
    unchanged_count = fields.Integer(string="As It Was", compute="_compute_counts")
    refused_count = fields.Integer(string="Refused", compute="_compute_counts")
    progress = fields.Integer(compute="_compute_counts")

    @api.model
    def _default_university_id(self):
        universities = self._get_universities()
        return universities if len(universities) == 1 else False

    @api.model
    def _get_universities(self):
        """Return the universities whose students the user registers."""
        Univ = self.env["sajad.university"]
        own = [("is_organization", "=", False)]
        if not self.env.user.has_group("sajad_base.group_sajad_admin"):
            own.append(("liaison_ids", "in", self.env.uid))
        return Univ.search(own)

    @api.depends("line_ids.result", "state", "recorded_row")
    def _compute_counts(self):
        groups = self.env["sajad.student.import.line"]._read_group(
            [("import_id", "in", self.ids)],
            ["import_id", "result"],
            ["__count"],
        )
        counts = Counter({(record, result): count for record, result, count in groups})
        for record in self:
            for result in RESULTS:
                record[f"{result}_count"] = counts[record, result]
            good = sum(counts[record, result] for result in GOOD)
            left = record._count_left() if record.state != "done" else 0
            record.progress = 100 * (good - left) // (good or 1)

    def _get_client_refusal(self):
        return self.env._("What becomes of a list is not written by hand.")

    def _check_client_write(self, vals):
        if any(record.state in ("running", "done") for record in self):
            raise UserError(self.env._("This list is being recorded already."))

    def write(self, vals):
        """Take another file or university; the list is examined anew.

        :raise AccessError: a client writes what becomes of the list
        :raise UserError: the list is being recorded
        """
        result = super().write(vals)
        if not self.env.su and {"university_id", "file"} & vals.keys():
            # rows and states are written by this model alone
            own_sudo = self.sudo()
            own_sudo.line_ids.unlink()
            own_sudo.state = "draft"
        return result

    # ------------------------------------------------------------
    # EXAMINE
    # ------------------------------------------------------------

    def action_check(self):
        """Say for each row what recording it would do (row A1).

        :raise UserError: the file is no list of students
        """
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("draft", "checked"):
            raise UserError(self.env._("This list is being recorded already."))
        self._check_university(self.university_id)
        content = read_binary(self, "file")
        if not content:
            raise UserError(self.env._("Choose a file first."))
        try:
            head, rows = read_list(content, COLUMNS, Limits(MAX_ROWS, max_columns=100))
        except TableError as error:
            raise UserError(translate(self.env, error.sentence)) from error
        rows = [StudentRow(*row) for row in rows]
        StudentSync(self.env, self.university_id, rows).judge()
        self._keep(rows, head)

    def action_back(self):
        """Choose another file."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "checked":
            # rows and states are written by this model alone; access was checked
            own_sudo = self.sudo()
            own_sudo.line_ids.unlink()
            own_sudo.write({"state": "draft", "file": False, "file_name": False})

    def action_open_lines(self):
        """Show the rows as a list, which can be filtered and exported."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Rows of %(file)s", file=self.file_name or ""),
            "res_model": "sajad.student.import.line",
            "view_mode": "list",
            "domain": [("import_id", "=", self.id)],
            "context": {"search_default_refused": bool(self.refused_count)},
        }

    def action_download_refused(self):
        """Download the refused rows with what is wrong, to be put right."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/sajad_base/student_import/{self.id}/refused.xlsx",
            "target": "download",
        }

    def _check_university(self, university):
        if university not in self._get_universities():
            raise AccessError(
                self.env._("You do not register the students of this university.")
            )

    def _keep(self, rows, head):
        # rows and states are written by this model alone; access was checked
        self_sudo = self.sudo()
        self_sudo.line_ids.unlink()
        values = [
            {
                "import_id": self.id,
                "row": row.row,
                "student_number": row.number or row.cells.get("student_number"),
                "name": row.person.get("name"),
                "cells": Json(row.cells),
                "read_values": Json(row.keep()),
                "result": row.result,
                "message": self._get_message(row),
            }
            for row in rows
        ]
        Line_sudo = self_sudo.env["sajad.student.import.line"]
        for start in range(0, len(values), 1000):
            copy(Line_sudo, values[start : start + 1000])
        self_sudo.write(
            {
                "state": "checked",
                "recorded_row": 0,
                "unknown_columns": head.unknown and format_list(self.env, head.unknown),
            }
        )
        self_sudo.invalidate_recordset()

    @api.model
    def _get_message(self, row):
        """Return what is wrong with a row, in the language of the user."""
        fields_ = self.env["sajad.student"]._fields
        sentences = []
        for name, text, sentence in row.problems:
            said = sentence if isinstance(sentence, str) else None
            said = said or translate(self.env, sentence)
            if name in fields_:
                label = fields_[name]._description_string(self.env)
                said = self.env._(
                    "%(field)s “%(text)s”: %(sentence)s",
                    field=label,
                    text=within_quotes(text),
                    sentence=said,
                )
            sentences.append(said)
        return " ".join(sentences)
