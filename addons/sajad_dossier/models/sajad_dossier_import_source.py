import os
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sajad_base.tools.binary import read_binary
from odoo.addons.sajad_base.tools.sentences import translate

from ..tools.file_source import NO_FOLDER, FolderSource, SourceError, open_zip

FOLDER = "sajad_dossier.folder"


class SajadDossierImportSource(models.AbstractModel):
    """Where the files of a bulk upload come from: a zip, or a folder (row C8).

    Of the server an office reaches the folder of its university alone: the one that is
    named by its code, in the folder that an administrator has allowed.
    """

    _name = "sajad.dossier.import.source"
    _description = "Zip or Folder of a Bulk Upload"

    source = fields.Selection(
        [("zip", "A Zip"), ("folder", "A Folder on the Server")],
        string="Files from",
        required=True,
        default="zip",
    )
    file = fields.Binary(string="Zip", copy=False)
    file_name = fields.Char(string="Name of the Zip")
    folder = fields.Char(
        help="Inside the folder of the university on the server; empty: all of it."
    )
    has_folder = fields.Boolean(compute="_compute_has_folder")

    @api.depends_context("uid")
    def _compute_has_folder(self):
        for record in self:
            record.has_folder = bool(self._get_root())

    @api.model
    def _get_root(self):
        # where the administrator lets files be read; nobody is shown the path
        return self.env["ir.config_parameter"].sudo().get_param(FOLDER) or ""

    def _find_folder(self):
        """Return the path of the chosen folder.

        :raise SourceError: it is none, or lies elsewhere
        """
        root, code = self._get_root(), self.university_id.code or ""
        if not root or not code or "/" in code or code.startswith("."):
            raise SourceError(NO_FOLDER)
        own = os.path.join(os.path.realpath(root), code)
        parts = (self.folder or "").replace("\\", "/").split("/")
        path = os.path.join(own, *[part for part in parts if part])
        # neither links nor .. lead anywhere else
        if ".." in parts or "\0" in path or os.path.realpath(path) != path:
            raise SourceError(NO_FOLDER)
        return path

    @contextmanager
    def _open_source(self):
        """Open the zip or folder, to be listed and read.

        :raise UserError: it is none
        """
        self.ensure_one()
        try:
            if self.source == "folder":
                yield FolderSource(self._find_folder())
            else:
                with self._open_file() as stream:
                    yield open_zip(stream)
        except SourceError as error:
            raise UserError(translate(self.env, error.sentence)) from error

    @contextmanager
    def _open_file(self):
        """Open the zip where it lies: it is never in memory as a whole."""
        attachment_sudo = (
            self.env["ir.attachment"]
            # files of fields are Odoo's own; the caller may read the record
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("res_field", "=", "file"),
                ],
                limit=1,
            )
        )
        if not attachment_sudo:
            raise UserError(self.env._("Choose a zip first."))
        if not attachment_sudo.store_fname:
            # kept in the database: there is no file to be opened
            yield read_binary(self, "file")
            return
        path = attachment_sudo._full_path(attachment_sudo.store_fname)
        if not os.path.isfile(path):
            raise UserError(self.env._("Choose the zip once more."))
        with open(path, "rb") as stream:
            yield stream
