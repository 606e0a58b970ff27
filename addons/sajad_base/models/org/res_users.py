from odoo import api, fields, models
from odoo.fields import Domain


class ResUsers(models.Model):
    """Where a person works, and the institutions that named the person."""

    _inherit = "res.users"

    sajad_institution_member_ids = fields.One2many(
        "sajad.institution.member",
        "user_id",
        string="Institutions Named by",
        groups="sajad_base.group_sajad_organization",
    )
    sajad_institution_ids = fields.Many2many(
        "sajad.institution",
        string="Asks on Behalf of",
        compute="_compute_sajad_institution_ids",
        compute_sudo=True,
        groups="sajad_base.group_sajad_organization",
        help="The institutions whose named member the person is today.",
    )

    @api.depends(
        "sajad_institution_member_ids.date_from",
        "sajad_institution_member_ids.date_to",
        "sajad_institution_member_ids.institution_id.active",
    )
    def _compute_sajad_institution_ids(self):
        Member = self.env["sajad.institution.member"]
        members = Member.search(
            Domain("user_id", "in", self.ids)
            & Domain("institution_id.active", "=", True)
            & Domain(Member._get_active_domain())
        )
        grouped = members.grouped("user_id")
        for user in self:
            rows = grouped.get(user._origin, Member)
            user.sajad_institution_ids = rows.institution_id

    def write(self, vals):
        """Move work on when accounts are closed or opened again (row A6)."""
        changed = self.browse()
        if "active" in vals:
            changed = self.filtered(lambda user: user.active != vals["active"])
        result = super().write(vals)
        changed._move_work_on()
        return result

    def _move_work_on(self):
        """Take work from closed accounts; suspend and resume it where they worked."""
        if not self:
            return
        # whoever closes an account need not see the offices of the person
        Member_sudo = self.env["sajad.cartable.member"].sudo()
        members_sudo = Member_sudo.search([("user_id", "in", self.ids)])
        engine_sudo = self.env["sajad.engine"].sudo()
        engine_sudo._release_orphans(members_sudo.cartable_id)
        engine_sudo._reroute(members_sudo.cartable_id)
