from odoo import api, models
from odoo.tools.translate import TranslationImporter

from ..tools.odoo_terms import (
    get_extra_modules,
    get_extra_paths,
    patch_code_translations,
)

patch_code_translations()


class IrModuleModule(models.Model):
    """Terms in the database that Odoo's own Persian translation lacks."""

    _inherit = "ir.module.module"

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        result = super()._load_module_terms(modules, langs, overwrite=overwrite)
        self._load_extra_terms(modules, langs, overwrite)
        # terms are loaded past the ORM, and search keys hold them in all languages
        self._refresh_search_keys(modules)
        return result

    @api.model
    def _load_extra_terms(self, modules, langs, overwrite):
        """Load the terms that we bring for other modules."""
        # this module brings the terms of all others, installed before it or not
        names = set(get_extra_modules())
        if "sajad_persian" not in modules:
            names &= set(modules)
        importer = TranslationImporter(self.env.cr, verbose=False)
        for name in sorted(names):
            for lang in langs:
                for path in get_extra_paths(name, lang):
                    importer.load_file(path, lang)
        # Some of Odoo's terms are wrong and not missing, so ours replace them. Mails
        # and other records that people edit are replaced once, and when asked for.
        installing = self.search_count(
            [("name", "in", list(modules)), ("state", "=", "to install")]
        )
        importer.save(overwrite=True, force_overwrite=overwrite or bool(installing))

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
            # texts of the addons, put right when a language comes
            records_sudo = model.sudo().browse(data.mapped("res_id")).exists()
            records_sudo.invalidate_recordset(translated)
            self.env.add_to_compute(model._fields["search_key"], records_sudo)
