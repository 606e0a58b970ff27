from odoo import api, models


class IrModuleModule(models.Model):
    """What hangs on translated names, which are loaded past the ORM."""

    _inherit = "ir.module.module"

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        result = super()._load_module_terms(modules, langs, overwrite=overwrite)
        # the groups of roles are called as the roles are
        self.env["sajad.role"]._sync_group_names()
        if "sajad_base" in modules:
            self.env["sajad.holiday"]._translate_names()
        return result
