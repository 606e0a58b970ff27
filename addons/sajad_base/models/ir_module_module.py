from odoo import api, models


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        # Translations are loaded past the ORM, yet search keys hold all languages.
        result = super()._load_module_terms(modules, langs, overwrite=overwrite)
        # the groups of roles are called as the roles are
        self.env["sajad.role"]._sync_group_names()
        self._refresh_search_keys(modules)
        return result

    @api.model
    def _refresh_search_keys(self, modules):
        """Compute the search keys of the translated records of modules again."""
        for model in self.env.values():
            names = getattr(model, "_search_key_fields", ())
            translated = [name for name in names if model._fields[name].translate]
            if not translated or not model._auto:
                continue
            # names of records that the modules brought along, for every user
            data_sudo = self.env["ir.model.data"].sudo()
            data = data_sudo.search_fetch(
                [("model", "=", model._name), ("module", "in", list(modules))],
                ["res_id"],
            )
            records = model.sudo().browse(data.mapped("res_id")).exists()
            records.invalidate_recordset(translated)
            self.env.add_to_compute(model._fields["search_key"], records)
