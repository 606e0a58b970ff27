from odoo import api, fields, models


class SajadDossierAccess(models.Model):
    """Who looked at which document, and when; append-only (row C2).

    Its student reads it, too.
    """

    _name = "sajad.dossier.access"
    _description = "Look at a Document"
    _inherit = ["sajad.append.only"]
    _order = "id desc"
    _rec_name = "document_id"
    _log_access = False

    dossier_id = fields.Many2one(
        "sajad.dossier", required=True, readonly=True, index=True, ondelete="restrict"
    )
    faculty_id = fields.Many2one(
        related="dossier_id.faculty_id", store=True, index=True
    )
    document_id = fields.Many2one(
        "sajad.dossier.document", readonly=True, ondelete="restrict"
    )
    version_id = fields.Many2one(
        "sajad.dossier.version", readonly=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [("view", "Looked at"), ("download", "Downloaded")],
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        "res.users", string="Who", required=True, readonly=True, ondelete="restrict"
    )
    date = fields.Datetime(required=True, readonly=True)

    @api.model
    def _note(self, versions, kind):
        """Write down that the user looks at some versions, in one statement."""
        now = fields.Datetime.now()
        # nobody writes here by hand
        return self.sudo().create(
            [
                {
                    "dossier_id": version.document_id.dossier_id.id,
                    "document_id": version.document_id.id,
                    "version_id": version.id,
                    "kind": kind,
                    "user_id": self.env.uid,
                    "date": now,
                }
                for version in versions
            ]
        )
