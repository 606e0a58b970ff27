from odoo import api, models
from odoo.fields import Domain


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = ["sajad.spelling", "res.users"]
    # the login too: numbers are typed on a Persian keyboard at the login page
    _spelling = {"name": "text", "login": "text"}

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

    @api.model
    def _respell_condition(self, condition):
        if condition.field_expr == "search_key":
            # the key is the person's, whose model knows its words
            return self._respell_path(
                Domain("partner_id.search_key", condition.operator, condition.value)
            )
        return super()._respell_condition(condition)

    @api.model
    def _get_respelled_names(self):
        return {*super()._get_respelled_names(), "search_key"}
