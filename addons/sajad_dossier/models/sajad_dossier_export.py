from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .ir_attachment import DOOR

# digits of the seal that are typed; nobody guesses them
CODE_LENGTH = 20
DAYS = 7


class SajadDossierExport(models.Model):
    """That a dossier was taken out, by whom and when, with its seal (row C10).

    Append-only: a seal is found here years later. Each covers the one before of the
    same dossier. The file itself is kept for a week, for its maker alone: it holds
    what that person may see.
    """

    _name = "sajad.dossier.export"
    _description = "Dossier That Was Taken Out"
    _inherit = ["sajad.append.only"]
    _order = "id desc"
    _rec_name = "code"
    _log_access = False

    dossier_id = fields.Many2one(
        "sajad.dossier", required=True, readonly=True, index=True, ondelete="restrict"
    )
    faculty_id = fields.Many2one(
        related="dossier_id.faculty_id", store=True, index=True
    )
    number = fields.Integer(
        required=True, readonly=True, aggregator=None, help="Of those of the dossier."
    )
    kind = fields.Selection(
        [("pdf", "PDF"), ("archive", "Sealed Archive")],
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Who",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    date = fields.Datetime(required=True, readonly=True)
    file_count = fields.Integer(string="Documents", readonly=True, aggregator=None)
    page_count = fields.Integer(string="Pages", readonly=True, aggregator=None)
    left_out_count = fields.Integer(string="Left Out", readonly=True, aggregator=None)
    code = fields.Char(
        string="Short Seal", required=True, readonly=True, help="To be typed."
    )
    seal = fields.Char(
        required=True,
        readonly=True,
        index=True,
        help="SHA-256 of the list of what was taken out.",
    )
    previous = fields.Char(
        string="Seal Before", readonly=True, help="Of the same dossier."
    )
    signature = fields.Char(required=True, readonly=True)
    public_key = fields.Char(required=True, readonly=True)
    file_sha256 = fields.Char(
        string="Checksum of the File", required=True, readonly=True, index=True
    )
    is_kept = fields.Boolean(string="File Is There", compute="_compute_is_kept")

    _number_uniq = models.Constraint(
        "unique(dossier_id, number)",
        "Somebody takes this dossier out at this moment. Try again.",
    )
    _code_uniq = models.Constraint("unique(code)", "This seal is there already.")

    def _compute_is_kept(self):
        files = dict(
            self._get_files()._read_group(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)],
                ["res_id"],
                ["__count"],
            )
        )
        for export in self:
            export.is_kept = bool(files.get(export.id))

    def _get_client_refusal(self):
        return self.env._("What was taken out of a dossier is written by the system.")

    # ------------------------------------------------------------
    # FILES
    # ------------------------------------------------------------

    @api.model
    def _get_files(self):
        # files of exports have no reader of their own; their maker is asked for below
        return self.env["ir.attachment"].sudo().with_context(**{DOOR.key: DOOR})

    def _keep_file(self, name, mimetype, content):
        """Keep the file of a new export for its maker; with elevated rights."""
        self._get_files().create(
            {
                "name": name,
                "raw": content,
                "mimetype": mimetype,
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _get_file(self):
        """Return the file with elevated rights, for whoever made it.

        :raise AccessError: somebody else made it, or the dossier is theirs no more
        :raise UserError: it has expired
        """
        self.ensure_one()
        # whose it is says the record itself
        export_sudo = self.sudo()
        if export_sudo.user_id != self.env.user:
            raise AccessError(
                self.env._("Only who took a dossier out opens the file; make your own.")
            )
        export_sudo.dossier_id.sudo(False)._check_may_export()
        domain = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        file_sudo = self._get_files().search(domain, limit=1)
        if not file_sudo:
            raise UserError(
                self.env._("This file was kept for a week. Take the dossier out anew.")
            )
        return file_sudo

    def action_download(self):
        """Open the file of an export. Row C10

        :raise AccessError: somebody else made it
        :raise UserError: it has expired
        """
        self._get_file()
        return {
            "type": "ir.actions.act_url",
            "url": f"/sajad/dossier/export/{self.id}",
            "target": "new",
        }

    @api.autovacuum
    def _gc_files(self):
        """Remove the files of a week ago; what was taken out stays written down."""
        limit = fields.Datetime.now() - timedelta(days=DAYS)
        domain = [("res_model", "=", self._name), ("create_date", "<", limit)]
        self._get_files().search(domain, limit=1000).unlink()

    # ------------------------------------------------------------
    # SEALS
    # ------------------------------------------------------------

    @api.model
    def _find(self, typed):
        """Return the export of a seal, a short seal, or the checksum of a file.

        Called with elevated rights, by anybody's page.
        """
        if len(typed) == CODE_LENGTH:
            return self.search([("code", "=", typed)])
        domain = ["|", ("seal", "=", typed), ("file_sha256", "=", typed)]
        return self.search(domain, limit=1) if len(typed) == 64 else self.browse()
