from odoo import api, fields, models
from odoo.exceptions import AccessError


class SajadDossierNote(models.Model):
    """What offices note of a student: complete, incomplete, anything (row C6)."""

    _name = "sajad.dossier.note"
    _description = "Note in a Dossier"
    _inherit = ["sajad.client.guard"]
    _client_create_fields = frozenset({"dossier_id", "kind", "text", "is_for_student"})
    _order = "id desc"
    _rec_name = "text"

    dossier_id = fields.Many2one(
        "sajad.dossier", required=True, index=True, ondelete="restrict"
    )
    faculty_id = fields.Many2one(
        related="dossier_id.faculty_id", store=True, index=True
    )
    kind = fields.Selection(
        [
            ("complete", "Registration Documents Complete"),
            ("incomplete", "Something Is Missing"),
            ("place", "Where a Document Lies"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    text = fields.Text(required=True)
    is_for_student = fields.Boolean(
        string="The Student Reads It", help="In the portal, beside the checklist."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Note something, for good.

        :raise AccessError: the user is not in charge of the dossier
        """
        notes = super().create(vals_list)
        if not self.env.su:
            notes.dossier_id._check_keeper()
        return notes

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("Notes stay; add another one."))

    def _get_client_refusal(self):
        return self.env._("Notes stay; add another one.")
