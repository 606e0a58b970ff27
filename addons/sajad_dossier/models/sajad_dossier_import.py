from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.sajad_base.tools.sentences import translate

from ..tools.name_pattern import NamePattern, PatternError

# what the office chooses; everything else is written by the model
CHOSEN = frozenset(
    {"university_id", "source", "file", "file_name", "folder", "pattern", "type_id"}
    | {"on_existing"}
)
BUSY = ("examining", "running")
# files that are examined while the person waits
FEW = 50
# documents of a part: what begins and ends one takes as long as many of them
CHUNK = 500
TO_EXAMINE = SQL("result = 'waiting'")
TO_KEEP = SQL("result IN ('new', 'version') AND NOT COALESCE(is_kept, false)")


class SajadDossierImport(models.Model):
    """Many files for many dossiers at once, out of a zip or a folder (row C8).

    First each file gets its verdict and nothing is kept; then the good ones are kept
    in the background. The same files again change nothing, and as long as nobody has
    verified any of them, the whole can be taken back.
    """

    _name = "sajad.dossier.import"
    _description = "Bulk Upload"
    _inherit = [
        "sajad.client.guard",
        "sajad.dossier.import.source",
        "sajad.dossier.import.count",
    ]
    _order = "id desc"
    _rec_name = "title"
    _client_fields = _client_create_fields = CHOSEN

    title = fields.Char(compute="_compute_title")
    university_id = fields.Many2one(
        "sajad.university",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self._default_university_id(),
    )
    pattern = fields.Char(
        required=True,
        default="{student_number}_{document_type}[_{page}]",
        help="What the names of the files say: {student_number} or {national_id}, "
        "{document_type}, {page}, {any}; what stands in [ ] may be missing. With a / "
        "the folders are read, too.",
    )
    type_id = fields.Many2one(
        "sajad.document.type",
        string="All Are",
        ondelete="restrict",
        help="The kind of all files whose names do not say it, as exam cards.",
    )
    on_existing = fields.Selection(
        [
            ("leave", "Leave the File Out"),
            ("version", "Keep It as the Newer Version"),
            ("add", "Keep It as a Document of Its Own"),
        ],
        string="Where Such a Document Is There",
        required=True,
        default="leave",
        help="A rejected document gets the file as its newer version in any case.",
    )
    state = fields.Selection(
        [
            ("draft", "New"),
            ("examining", "Being Examined"),
            ("checked", "Examined"),
            ("running", "Being Kept"),
            ("done", "Kept"),
            ("reversed", "Taken Back"),
        ],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    batch_id = fields.Many2one("sajad.batch", readonly=True, ondelete="set null")
    batch_state = fields.Selection(
        related="batch_id.state", string="Work in the Background"
    )
    line_ids = fields.One2many(
        "sajad.dossier.import.line", "import_id", string="Files", readonly=True
    )

    @api.depends("file_name", "folder", "source")
    def _compute_title(self):
        for record in self:
            name = record.file_name if record.source == "zip" else record.folder
            record.title = name or record.env._("Bulk Upload")

    @api.model
    def _default_university_id(self):
        universities = self._get_universities()
        return universities if len(universities) == 1 else False

    @api.model
    def _get_universities(self):
        """Return the universities of which the user keeps dossiers."""
        # where somebody decides is no secret of that person
        Cartable_sudo = self.env["sajad.cartable"].sudo()
        domain = [("is_mine", "=", True), ("role_id.keeps_dossiers", "=", True)]
        return Cartable_sudo.search(domain).university_id.sudo(False)

    # ------------------------------------------------------------
    # GUARD
    # ------------------------------------------------------------

    def _get_client_refusal(self):
        return self.env._("What becomes of the files is not written by hand.")

    def _check_client_write(self, vals):
        if any(record.state not in ("draft", "checked") for record in self):
            raise UserError(self.env._("These files are dealt with already."))

    def write(self, vals):
        """Choose other files or another pattern; all is examined anew.

        :raise AccessError: a client writes what becomes of the files
        :raise UserError: they are dealt with already
        """
        result = super().write(vals)
        if not self.env.su and vals.keys() & CHOSEN - {"file_name"}:
            # lines and states are written by this model alone
            own_sudo = self.sudo()
            own_sudo.line_ids.unlink()
            own_sudo.state = "draft"
        return result

    def _check_may(self):
        self.ensure_one()
        self.check_access("write")
        if self.university_id not in self._get_universities():
            raise AccessError(
                self.env._("You do not keep the dossiers of this university.")
            )

    # ------------------------------------------------------------
    # STEPS
    # ------------------------------------------------------------

    def action_check(self):
        """Say of each file what would become of it (row C8). Nothing is kept.

        :raise AccessError: the user keeps no dossiers of the university
        :raise UserError: the zip, the folder or the pattern is none
        """
        self._check_may()
        if self.state not in ("draft", "checked") and not self._is_cut_off():
            raise UserError(self.env._("These files are dealt with already."))
        if self.state == "running":
            raise UserError(self.env._("Some of the files are kept already; go on."))
        try:
            pattern = NamePattern(self.pattern)
        except PatternError as error:
            raise UserError(translate(self.env, error.sentence)) from error
        if "document_type" not in pattern.names and not self.type_id:
            raise UserError(
                self.env._(
                    "Say what the files are: {document_type} in the pattern, or one "
                    "kind for all."
                )
            )
        heads = self.env["sajad.dossier.import.find"]._find(self, pattern)
        # states are written by this model alone; access was checked
        self.sudo().state = "examining"
        if len(heads) > FEW:
            self._start(self.env._("Examine Files"), heads, "_batch_examine")
        elif heads:
            heads._batch_examine()
        self._settle()

    def action_import(self):
        """Keep the good files in the background (row C8). A second click does nothing.

        :raise AccessError: the user keeps no dossiers of the university
        :raise UserError: nothing was examined, or no file is good
        """
        self._check_may()
        if self.state in ("running", "done") and not self._is_cut_off():
            return
        if self.state not in ("checked", "running"):
            raise UserError(self.env._("Have the files examined first."))
        heads = self._get_heads(TO_KEEP)
        if not heads:
            raise UserError(self.env._("There is no file to be kept."))
        # states are written by this model alone; access was checked
        self.sudo().state = "running"
        self._start(self.env._("Bulk Upload into Dossiers"), heads, "_batch_keep")

    def action_back(self):
        """Choose other files or another pattern."""
        self._check_may()
        if self.state == "checked":
            # lines and states are written by this model alone; access was checked
            own_sudo = self.sudo()
            own_sudo.line_ids.unlink()
            own_sudo.state = "draft"

    def action_reverse(self):
        """Take all that was kept out of the dossiers again (row C8).

        The files themselves stay, as those of documents that are deleted by hand.

        :raise AccessError: the user keeps no dossiers of the university
        :raise UserError: some was verified or replaced meanwhile
        """
        self._check_may()
        if self.state not in ("running", "done") or self.batch_state == "running":
            raise UserError(self.env._("Nothing of it can be taken back now."))
        self.line_ids.filtered("is_kept")._reverse()
        self.sudo().state = "reversed"  # written by this model alone

    def action_open_lines(self):
        """Show the files as a list, which can be filtered and exported."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Files of %(name)s", name=self.title),
            "res_model": "sajad.dossier.import.line",
            "view_mode": "list",
            "domain": [("import_id", "=", self.id)],
            "context": {"search_default_refused": bool(self.refused_count)},
        }

    # ------------------------------------------------------------
    # BACKGROUND
    # ------------------------------------------------------------

    def _start(self, name, lines, job):
        action = self.env["sajad.batch"]._start(name, lines, job, chunk=CHUNK)
        # states are written by this model alone
        self.sudo().batch_id = action["res_id"]

    def _get_heads(self, condition, limit=None):
        """Return the first lines of the documents of which a condition is true."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM sajad_dossier_import_line WHERE import_id = %s "
                "AND head_id = id AND %s ORDER BY path, id LIMIT %s",
                self.id,
                condition,
                limit,
            )
        )
        return self.env["sajad.dossier.import.line"].browse(id_ for (id_,) in rows)

    def _is_cut_off(self):
        """Whether its work in the background has ended before its end."""
        return self.state in BUSY and self.batch_state != "running"

    def _settle(self):
        """Go on to the next state when no file is left to be dealt with.

        Called at the end of each part, by whoever may write the lines.
        """
        self.env.flush_all()
        left = TO_KEEP if self.state == "running" else TO_EXAMINE
        if self._get_heads(left, limit=1) or self.state not in BUSY:
            return
        vals = {"state": "checked"}
        if self.state == "running":
            # what was kept lies in the dossiers; the zip is not needed any more
            vals = {"state": "done", "file": False}
        # states are written by this model alone
        self.sudo().write(vals)
