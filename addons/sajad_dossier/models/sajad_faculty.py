from odoo import api, fields, models


class SajadFaculty(models.Model):
    """The offices that keep the dossiers of its students.

    Every student has a faculty, and dossiers are many: their record rule goes through
    this list, which changes only when a cartable does.
    """

    _inherit = "sajad.faculty"

    dossier_cartable_ids = fields.Many2many(
        "sajad.cartable",
        "sajad_dossier_faculty_cartable_rel",
        string="Keep Its Dossiers",
        compute="_compute_dossier_cartable_ids",
        store=True,
    )

    @api.model
    def _get_kept(self, university):
        """Return {faculty: whether sensitive papers are seen, too} that the user keeps.

        :return: by ids
        :rtype: dict
        """
        # which cartables keep its dossiers is no secret
        faculties_sudo = self.sudo().search([("university_id", "=", university.id)])
        mine = faculties_sudo.dossier_cartable_ids.filtered("is_mine")
        kept = {}
        for faculty in faculties_sudo:
            if own := faculty.dossier_cartable_ids & mine:
                kept[faculty.id] = any(own.role_id.mapped("sees_sensitive"))
        return kept

    @api.depends(
        "university_id.cartable_ids.active",
        "university_id.cartable_ids.faculty_id",
        "university_id.cartable_ids.role_id.keeps_dossiers",
    )
    def _compute_dossier_cartable_ids(self):
        for faculty in self:
            faculty.dossier_cartable_ids = faculty.university_id.cartable_ids.filtered(
                lambda cartable, faculty=faculty: (
                    cartable.active
                    and cartable.role_id.keeps_dossiers
                    and cartable.faculty_id <= faculty._origin
                )
            )
