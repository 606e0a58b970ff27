import hashlib
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.sajad_base.tools.binary import read_binary
from odoo.addons.sajad_base.tools.sentences import translate
from odoo.addons.sajad_base.tools.table_file import TableError

from ..tools.hold_list import read_rows
from ..tools.hold_rows import HoldRow

MAX_ROWS = 20000
# rows that one request records in a few seconds
MANY = 500


class SajadHoldImport(models.TransientModel):
    """A list of holds from a file: look first, then record the good rows (row B7)."""

    _name = "sajad.hold.import"
    _description = "Import Holds from a List"
    # a long list may have to wait for other work in the background
    _transient_max_hours = 48.0

    office_ids = fields.Many2many(
        "sajad.office", compute="_compute_office_ids", string="Own Offices"
    )
    office_id = fields.Many2one(
        "sajad.office", default=lambda self: self._default_office_id()
    )
    file = fields.Binary(string="List", attachment=False)
    file_name = fields.Char()
    state = fields.Selection(
        [
            ("draft", "New"),
            ("examining", "Being Examined"),
            ("checked", "Examined"),
            ("done", "Imported"),
        ],
        default="draft",
        readonly=True,
    )
    line_ids = fields.One2many(
        "sajad.hold.import.line", "wizard_id", string="Rows", readonly=True
    )
    batch_id = fields.Many2one("sajad.batch", readonly=True)
    batch_state = fields.Selection(
        related="batch_id.state", string="Work in the Background"
    )
    progress = fields.Integer(related="batch_id.progress")
    waiting_id = fields.Many2one(
        "sajad.hold.import", string="List Before", compute="_compute_waiting_id"
    )
    good_count = fields.Integer(readonly=True)
    unchanged_count = fields.Integer(readonly=True, help="Of the good ones.")
    refused_count = fields.Integer(readonly=True)

    @api.depends_context("uid")
    def _compute_office_ids(self):
        self.office_ids = self.env["sajad.office"]._get_decided()

    @api.depends_context("uid")
    def _compute_waiting_id(self):
        """Find the long list that one had examined and went away from."""
        domain = [("create_uid", "=", self.env.uid), ("batch_id", "!=", False)]
        domain += [("state", "in", ("examining", "checked"))]
        self.waiting_id = self.search(domain, order="id desc", limit=1)

    @api.model
    def _default_office_id(self):
        offices = self.env["sajad.office"]._get_decided()
        return offices if len(offices) == 1 else False

    def action_check(self):
        """Say for each row of the file what importing it would do (row B7).

        The rows of a long list are examined in the background; a second click starts
        nothing.

        :raise UserError: the file is no table
        """
        self.ensure_one()
        self._check_office()
        if self.state != "examining":
            entries = self._read_entries()
            if len(entries) <= MANY:
                self._sync(entries, dry_run=True)
                self._show(entries, "checked")
                return self._reopen()
            self._refuse_doubles(entries)
            self._show(entries, "examining")
        self._go_on()
        return self._reopen()

    def action_open_waiting(self):
        """Go back to the long list that was examined in the background (row B7)."""
        self.ensure_one()
        return self.waiting_id._reopen()

    def action_import(self):
        """Record the good rows; the same file again changes nothing (row B7).

        Of a long list the rows that were examined are recorded in the background.

        :raise UserError: the file is no table, or no row of a long list is good
        """
        if self.state == "examining":
            raise UserError(self.env._("The rows are still being examined."))
        if self.state == "draft":
            self._run(dry_run=True)
        if len(self.line_ids) > MANY:
            return self._start_import()
        self._run(dry_run=False)
        return self._reopen()

    def _go_on(self):
        """Have the rows examined that were not, unless that goes on already."""
        if self.batch_state != "running":
            left = self.line_ids.filtered(lambda line: not line.result)
            name = self.env._("Examine Rows: %(file)s", file=self.file_name or "")
            Batch = self.env["sajad.batch"]
            if left:
                action = Batch._start(name, left, "_batch_check", chunk=MANY)
                # written by the wizard alone
                self.sudo().batch_id = action["res_id"]
        self._settle()

    def _settle(self):
        """Say what can be recorded as soon as every row was examined."""
        results = self.line_ids.mapped("result")
        if self.state == "examining" and all(results):
            # written by the wizard alone
            self.sudo().write({"state": "checked", **self._count(results)})

    @api.model
    def _count(self, results):
        refused = results.count("refused")
        return {
            "refused_count": refused,
            "good_count": len(results) - refused,
            "unchanged_count": results.count("unchanged"),
        }

    def _start_import(self):
        self.ensure_one()
        self._check_office()
        good = self.line_ids.filtered(lambda line: line.result != "refused")
        if not good:
            raise UserError(self.env._("No row of the list can be recorded."))
        name = self.env._(
            "Holds of %(office)s: %(file)s",
            office=self.office_id.display_name,
            file=self.file_name or "",
        )
        Batch = self.env["sajad.batch"]
        return Batch._start(name, good, "_batch_import", chunk=MANY)

    def action_open_lines(self):
        """Show the rows as a list, which can be filtered and exported."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Rows of %(file)s", file=self.file_name or ""),
            "res_model": "sajad.hold.import.line",
            "view_mode": "list",
            "domain": [("wizard_id", "=", self.id)],
        }

    def action_back(self):
        """Choose another file."""
        self.ensure_one()
        # the result of a check is written by the wizard alone
        self.sudo().write(
            {"state": "draft", "file": False, "file_name": False, "batch_id": False}
        )
        # and so are its lines
        self.line_ids.sudo().unlink()
        return self._reopen()

    def _run(self, dry_run):
        self.ensure_one()
        self._check_office()
        entries = self._read_entries()
        self._sync(entries, dry_run)
        self._show(entries, "checked" if dry_run else "done")

    def _sync(self, entries, dry_run=False):
        """Judge rows and record the good ones under the office of the list."""
        for entry in entries:
            # the codes of the office are not the client's to choose
            entry.office = self.office_id.sudo()
        self.env["sajad.hold"]._sync_entries(entries, "file", "file", dry_run)

    def _check_office(self):
        if not self.office_id:
            raise UserError(self.env._("Choose the office whose holds these are."))
        if self.office_id not in self.env["sajad.office"]._get_decided():
            raise AccessError(self.env._("You are not in charge of this office."))

    def _read_entries(self):
        content = read_binary(self, "file")
        if not content:
            raise UserError(self.env._("Choose a file first."))
        try:
            rows = read_rows(content, MAX_ROWS)
        except TableError as error:
            raise UserError(translate(self.env, error.sentence)) from error
        seen = Counter()
        entries = []
        for number, row, problem in rows:
            row["external_id"] = row.get("external_id") or self._get_key(row, seen)
            entry = HoldRow(self.env, number, row)
            if problem:
                entry.refuse(translate(self.env, problem))
            entries.append(entry)
        return entries

    def _refuse_doubles(self, entries):
        """Refuse the second row of a number: the parts of a list do not see it."""
        seen = set()
        for entry in entries:
            if entry.external_id in seen:
                entry.refuse_double()
            seen.add(entry.external_id)

    def _get_key(self, row, seen):
        """Return a number for a row without one: the same row gets the same again."""
        texts = [
            HoldRow.clean_number(row.get("student_number")),
            *(str(row.get(name, "")) for name in ("kind", "description", "amount")),
            *(str(row.get(name, "")) for name in ("date", "item_reference")),
        ]
        digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:20]
        # two equal rows of one file are two holds
        seen[digest] += 1
        return f"{digest}-{seen[digest]}"

    def _show(self, entries, state):
        # results are written by the model alone
        self_sudo = self.sudo()
        self_sudo.line_ids.unlink()
        self_sudo.env["sajad.hold.import.line"].create(
            [
                {
                    "wizard_id": self.id,
                    "row": entry.row,
                    "source": entry.source,
                    **self.env["sajad.hold.import.line"]._prepare_result(entry),
                }
                for entry in entries
            ]
        )
        results = [entry.result for entry in entries]
        self_sudo.write({"state": state, **self._count(results)})

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Holds from a List"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
