from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

FACULTIES = """
SELECT member.user_id, kept.sajad_faculty_id,
       bool_or(COALESCE(role.sees_sensitive, FALSE))
  FROM sajad_cartable_member member
  JOIN sajad_dossier_faculty_cartable_rel kept
       ON kept.sajad_cartable_id = member.cartable_id
  JOIN sajad_cartable cartable ON cartable.id = member.cartable_id
  JOIN sajad_role role ON role.id = cartable.role_id
 WHERE member.id IN %s
 GROUP BY member.user_id, kept.sajad_faculty_id
"""


class ResUsers(models.Model):
    """Whose dossiers somebody sees; record rules ask it many times in a request."""

    _inherit = "res.users"

    dossier_member_ids = fields.One2many(
        "sajad.cartable.member",
        "user_id",
        string="Memberships",
        groups="base.group_system",
    )
    dossier_faculties = fields.Json(
        compute="_compute_dossier_faculties",
        groups="base.group_system",
        exportable=False,
    )

    @api.depends(
        "dossier_member_ids.date_from",
        "dossier_member_ids.date_to",
        "dossier_member_ids.cartable_id.active",
        "dossier_member_ids.cartable_id.faculty_id",
        "dossier_member_ids.cartable_id.role_id.keeps_dossiers",
        "dossier_member_ids.cartable_id.role_id.sees_sensitive",
        "dossier_member_ids.cartable_id.dossier_faculty_ids",
    )
    def _compute_dossier_faculties(self):
        """List [id, whether sensitive papers are seen] of the faculties of today."""
        # asked with elevated rights of the user in question
        Member_sudo = self.env["sajad.cartable.member"].sudo()
        self.env["sajad.faculty"].flush_model(["dossier_cartable_ids"])
        self.env["sajad.role"].flush_model(["sees_sensitive"])
        own = Member_sudo._search(
            Domain("user_id", "in", self.ids) & Member_sudo._get_active_domain()
        )
        rows = self.env.execute_query(SQL(FACULTIES, own.subselect()))
        found = {user.id: [] for user in self}
        for user, faculty, sees_sensitive in rows:
            found[user].append([faculty, sees_sensitive])
        for user in self:
            user.dossier_faculties = found[user.id]
