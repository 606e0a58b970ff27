from odoo import api, fields, models


class SajadStudent(models.Model):
    """What the rules of required documents ask of a student besides (row C3)."""

    _inherit = "sajad.student"

    admission_kind_id = fields.Many2one("sajad.admission.kind")
    admission_quota_id = fields.Many2one("sajad.admission.quota", string="Quota")
    dossier_ids = fields.One2many("sajad.dossier", "student_id")

    @api.model
    def _get_dossier_fields(self):
        """Return the fields that decide what a dossier has to hold."""
        return {
            "admission_kind_id",
            "admission_quota_id",
            "degree_level_id",
            "entry_year",
            "is_international",
            "marital_status",
            "sex",
        }

    def write(self, vals):
        """What a dossier has to hold follows the student."""
        result = super().write(vals)
        if self._get_dossier_fields() & vals.keys():
            # whoever corrects a student need not see the dossier
            self.sudo().dossier_ids._apply_requirements()
        return result
