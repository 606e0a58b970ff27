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
    export_id = fields.Many2one(
        "sajad.dossier.export",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    kind = fields.Selection(
        [
            ("view", "Looked at"),
            ("download", "Downloaded"),
            ("print", "Printed"),
            ("archive", "Taken in an Archive"),
            ("import", "Brought in"),
        ],
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        "res.users", string="Who", required=True, readonly=True, ondelete="restrict"
    )
    role_id = fields.Many2one(
        "sajad.role",
        string="In the Office",
        readonly=True,
        ondelete="restrict",
        help="That kept the dossier and in which the person worked at that time.",
    )
    date = fields.Datetime(required=True, readonly=True)

    @api.model
    def _note(self, versions, kind, export=None):
        """Write down that the user looks at some versions, in one statement."""
        now = fields.Datetime.now()
        # the student's own look is noted, too, and students read no versions
        versions = versions.sudo()
        roles = {
            faculty: self._get_role(faculty)
            for faculty in versions.document_id.faculty_id
        }
        # nobody writes here by hand
        return self.sudo().create(
            [
                {
                    "dossier_id": version.document_id.dossier_id.id,
                    "document_id": version.document_id.id,
                    "version_id": version.id,
                    "export_id": export.id if export else False,
                    "kind": kind,
                    "user_id": self.env.uid,
                    "role_id": roles[version.document_id.faculty_id].id,
                    "date": now,
                }
                for version in versions
            ]
        )

    @api.model
    def _get_role(self, faculty):
        """Return the office of the user that keeps the dossiers of a faculty, if any.

        :param faculty: with elevated rights
        """
        members = faculty.dossier_cartable_ids.member_ids.filtered(
            lambda member: member.user_id == self.env.user and member.is_in_force
        )
        return members.cartable_id.role_id[:1]

    @api.model
    def _note_file(self, export):
        """Write down that the user downloads what was taken out of a dossier."""
        # nobody writes here by hand
        return self.sudo().create(
            {
                "dossier_id": export.dossier_id.id,
                "export_id": export.id,
                "role_id": self._get_role(export.dossier_id.faculty_id).id,
                "kind": "download",
                "user_id": self.env.uid,
                "date": fields.Datetime.now(),
            }
        )
