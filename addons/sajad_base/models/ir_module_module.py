from odoo import models


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def _update_translations(self, filter_lang=None, overwrite=False):
        result = super()._update_translations(filter_lang, overwrite)
        # the groups of roles are called as the roles are
        self.env["sajad.role"]._sync_group_names()
        return result
