from odoo import models

# Odoo's chat and its app store, which says "request access" to everybody
NOT_FOR_STAFF = ("mail.menu_root_discuss", "base.menu_management")


class IrUiMenu(models.Model):
    """Staff of student affairs see their own app first, and no app store."""

    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        hidden = super()._load_menus_blacklist()
        user = self.env.user
        if user.has_group("base.group_system") or not user.has_group(
            "sajad_base.group_sajad_officer"
        ):
            return hidden
        menus = [self.env.ref(name, raise_if_not_found=False) for name in NOT_FOR_STAFF]
        return [*hidden, *(menu.id for menu in menus if menu)]
