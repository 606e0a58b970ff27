from odoo import api, fields, models
from odoo.exceptions import UserError


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
        institutions = Member._get_institutions(self._origin)
        for user in self:
            user.sajad_institution_ids = list(institutions.get(user._origin.id, ()))

    def write(self, vals):
        """Move work on when accounts are closed or opened again (row A6)."""
        changed = self.browse()
        if "active" in vals:
            changed = self.filtered(lambda user: user.active != vals["active"])
        result = super().write(vals)
        changed._move_work_on()
        return result

    def _is_registered(self):
        """Whether a university knows the person: as a student, or by an institution."""
        self.ensure_one()
        # portal users read nothing of the register; here only whether they are in it
        Student_sudo = self.env["sajad.student"].sudo().with_context(active_test=False)
        students = [("partner_id", "=", self.partner_id.id)]
        if Student_sudo.search_count(students, limit=1):
            return True
        # who was named is the Organization's to read; here only whether
        return bool(self.sudo().sajad_institution_member_ids)

    def _deactivate_portal_user(self, **post):
        """Keep the accounts of people of the register, who have to be reached.

        :raise UserError: the person is a student, or named by an institution
        """
        if any(user._is_registered() for user in self):
            raise UserError(
                self.env._(
                    "Your university reaches you through this account: it cannot be "
                    "deleted. Ask the university if you need it no longer."
                )
            )
        return super()._deactivate_portal_user(**post)

    def _move_work_on(self):
        """Take work from closed accounts; suspend and resume it where they worked."""
        if not self:
            return
        # whoever closes an account need not see the offices of the person
        Member_sudo = self.env["sajad.cartable.member"].sudo()
        members_sudo = Member_sudo.search([("user_id", "in", self.ids)])
        # nor their work, which is given back and goes on
        engine_sudo = self.env["sajad.engine"].sudo()
        engine_sudo._release_orphans(members_sudo.cartable_id)
        engine_sudo._reroute(members_sudo.cartable_id)
