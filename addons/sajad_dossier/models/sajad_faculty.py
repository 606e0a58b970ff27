from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sajad_base.tools.searches import asked_for_true


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
    is_dossier_keeper = fields.Boolean(
        string="You See Its Dossiers",
        compute="_compute_is_dossier_keeper",
        search="_search_is_dossier_keeper",
        help="You are a member today of an office that keeps its dossiers.",
    )
    sees_sensitive = fields.Boolean(
        string="You See Its Sensitive Papers",
        compute="_compute_is_dossier_keeper",
        search="_search_sees_sensitive",
    )

    @api.depends_context("uid")
    @api.depends(
        "dossier_cartable_ids.role_id.sees_sensitive",
        "dossier_cartable_ids.member_ids.user_id",
        "dossier_cartable_ids.member_ids.date_from",
        "dossier_cartable_ids.member_ids.date_to",
    )
    def _compute_is_dossier_keeper(self):
        own = self._get_own()
        for faculty in self:
            faculty.is_dossier_keeper = faculty.id in own
            faculty.sees_sensitive = own.get(faculty.id, False)

    @api.model
    @asked_for_true
    def _search_is_dossier_keeper(self):
        return Domain("id", "in", list(self._get_own()))

    @api.model
    @asked_for_true
    def _search_sees_sensitive(self):
        own = self._get_own()
        return Domain("id", "in", [faculty for faculty, sees in own.items() if sees])

    @api.model
    def _get_own(self):
        """Return {id: whether sensitive papers are seen, too} of those the user sees.

        As ids: PostgreSQL knows how many documents a faculty has, and nothing of what
        a subquery will give.
        """
        # one's own memberships
        return dict(self.env.user.sudo().dossier_faculties or ())

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
