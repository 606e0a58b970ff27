from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.sajad_base.tools.binary import decode_binary

from ..tools.process_file import CODE, FileError, load_file


class SajadProcessImport(models.TransientModel):
    """Take a process over from a file of another university (row A5)."""

    _name = "sajad.process.import"
    _description = "Import a Process"

    file = fields.Binary(attachment=False)
    file_name = fields.Char()
    as_new = fields.Boolean(
        string="As a Process of Its Own",
        help="Otherwise the file becomes a draft version of the process with the "
        "same code, where there is one.",
    )
    code = fields.Char(string="New Code")
    line_ids = fields.One2many(
        "sajad.process.import.line",
        "wizard_id",
        string="What Would Happen",
        compute="_compute_line_ids",
        store=True,
    )
    problem_count = fields.Integer(compute="_compute_problem_count")

    @api.depends("file", "as_new", "code")
    def _compute_line_ids(self):
        for wizard in self:
            lines = wizard._plan() if wizard.file else []
            wizard.line_ids = [Command.clear()] + [
                Command.create({"kind": kind, "sentence": sentence})
                for kind, sentence in lines
            ]

    @api.depends("line_ids.kind")
    def _compute_problem_count(self):
        for wizard in self:
            problems = wizard.line_ids.filtered(lambda line: line.kind == "problem")
            wizard.problem_count = len(problems)

    def _plan(self):
        """Return what an import would do, as (kind, sentence)."""
        try:
            data = self._read()
        except FileError as error:
            return [("problem", str(error))]
        code = self._get_code(data)
        if self.as_new:
            if not CODE.fullmatch(code or ""):
                sentence = self.env._("Write a code of Latin letters and digits.")
                return [("problem", sentence)]
            if self.env["sajad.flow"]._find_process(code):
                sentence = self.env._("A process has this code already.")
                return [("problem", sentence)]
        return self.env["sajad.flow"]._plan_import(data, code)

    def _get_code(self, data):
        if not self.as_new:
            return None
        if self.code:
            return self.code
        process = data.get("process")
        code = process.get("code") if isinstance(process, dict) else None
        if not isinstance(code, str):
            return None
        Process = self.env["sajad.process"].with_context(active_test=False)
        used = Process.search([("code", "=like", code[:1] + "%")])
        return self.env["sajad.process"]._suggest_code(code, set(used.mapped("code")))

    def _read(self):
        try:
            content = decode_binary(self.file)
        except ValueError as error:
            sentence = self.env._("This is no file of a process.")
            raise FileError(sentence) from error
        return load_file(self.env, content)

    def action_apply(self):
        """Import the file as a draft and open it (row A5).

        :raise UserError: with everything that is wrong with the file
        """
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        # again: the database may have changed since the dry run
        problems = [text for kind, text in self._plan() if kind == "problem"]
        if problems:
            raise UserError("\n".join(problems))
        data = self._read()
        flow = self.env["sajad.flow"]._import_data(data, self._get_code(data))
        return flow.action_open_steps()
