"""Persian terms that Odoo's own translation leaves in English.

`i18n_extra/<module>/<language>.po` holds them, in the format of that module's own file.
Odoo reads terms of code (Python and JavaScript) of a module only from the module's own
folder and offers no hook, hence the wrapper; it acts on the whole process, as the
cache of these terms does. Terms in the database are loaded in `ir.module.module`.
"""

from functools import wraps
from pathlib import Path

from odoo.tools.misc import file_open, file_path
from odoo.tools.translate import CodeTranslations, code_translations, get_base_langs

FOLDER = Path(__file__).parents[1] / "i18n_extra"


def get_extra_modules():
    """Return the names of the modules that have terms here."""
    return sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def get_extra_paths(module, lang):
    """Return the files with terms of a module, the general language first."""
    found = [FOLDER / module / f"{base}.po" for base in get_base_langs(lang)]
    return [file_path(str(path)) for path in found if path.is_file()]


def _with_extra_terms(original):
    @wraps(original)
    def _get_code_translations(module_name, lang, filter_func):
        terms = original(module_name, lang, filter_func)
        for path in get_extra_paths(module_name, lang):
            with file_open(path, "rb") as file:
                terms.update(
                    CodeTranslations._read_code_translations_file(file, filter_func)
                )
        return terms

    _get_code_translations.sajad_persian = True
    return _get_code_translations


def patch_code_translations():
    """Let terms of code be read from here too; again without effect."""
    if hasattr(CodeTranslations._get_code_translations, "sajad_persian"):
        return
    CodeTranslations._get_code_translations = staticmethod(
        _with_extra_terms(CodeTranslations._get_code_translations)
    )
    # what was read before this module was imported lacks them
    code_translations.python_translations.clear()
    code_translations.web_translations.clear()
