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
        # this module brings the terms of all others, installed before it or not
        names = set(get_extra_modules())
        if "sajad_base" not in modules:
            names &= set(modules)
        importer = TranslationImporter(self.env.cr, verbose=False)
        for name in sorted(names):
            for lang in langs:
                for path in get_extra_paths(name, lang):
                    importer.load_file(path, lang)
        # Some of Odoo's terms are wrong and not missing, so ours replace them. Mails
        # and other records that people edit are replaced once, and when asked for.
        installing = self.search_count(
            [("name", "=", "sajad_base"), ("state", "=", "to install")]
        )
        importer.save(overwrite=True, force_overwrite=overwrite or bool(installing))
        if "sajad_base" in modules:
            self.env["sajad.holiday"]._translate_names()
        return result
