"""Record rules are those of the files: they are loaded once, and keep old words."""

from odoo import SUPERUSER_ID, api
from odoo.modules import Manifest
from odoo.tools import convert_file, file_open


def migrate(cr, _version):
    """Load the rules of all our addons again, and remove those that are gone."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    modules = env["ir.module.module"].search(
        [("state", "=", "installed"), ("name", "=like", "sajad\\_%")]
    )
    for name in modules.mapped("name"):
        for path in _get_files(name):
            convert_file(env, name, path, {}, mode="init")
    _remove_others(env, modules.mapped("name"))


def _get_files(module):
    for path in Manifest.for_addon(module)["data"]:
        if path.startswith("security/") and path.endswith(".xml"):
            with file_open(f"{module}/{path}") as file:
                if 'model="ir.rule"' in file.read():
                    yield path


def _remove_others(env, names):
    known = env["ir.model.data"].search(
        [("model", "=", "ir.rule"), ("module", "in", names)]
    )
    gone = known.filtered(
        lambda data: data.complete_name not in env.registry.loaded_xmlids
    )
    env["ir.rule"].browse(gone.mapped("res_id")).unlink()
