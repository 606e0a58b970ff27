import os

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import config

from .sajad_dossier_import_source import FOLDER


class ResConfigSettings(models.TransientModel):
    """Where on the server scans for dossiers may be read (row C8)."""

    _inherit = "res.config.settings"

    sajad_dossier_folder = fields.Char(
        string="Folder of Scans on the Server", config_parameter=FOLDER
    )

    @api.constrains("sajad_dossier_folder")
    def _check_sajad_dossier_folder(self):
        for settings in self:
            folder = settings.sajad_dossier_folder
            if folder and not _is_allowed(folder):
                raise ValidationError(
                    self.env._(
                        "%(folder)s is no folder of its own on the server that Odoo "
                        "may read.",
                        folder=folder,
                    )
                )


def _is_allowed(folder):
    """Whether it is a folder, and none that holds Odoo's own files."""
    path = os.path.realpath(folder)
    data = os.path.realpath(config["data_dir"])
    shared = os.path.commonpath([path, data])
    return os.path.isabs(folder) and os.path.isdir(path) and shared not in (path, data)
