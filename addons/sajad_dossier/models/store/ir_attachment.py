import os
import time
from functools import partial

from odoo import api, models

from ...tools.durable_file import DurableFiles, is_half

# beside the folders of two letters
UNFINISHED = "sajad_unfinished"
DAY = 24 * 3600


class IrAttachment(models.Model):
    """Files of dossiers are on the disk before their rows are (row C2).

    Odoo leaves it to the system when bytes reach the disk: after a power cut the row of
    a version may be there, and half of its file or none.
    """

    _inherit = "ir.attachment"

    @api.model
    def _file_write(self, bin_value, checksum):
        if not self._is_dossier_door_open():
            return super()._file_write(bin_value, checksum)
        with self._open_durable_files() as files:
            return self._add_durable_file(files, bin_value, checksum)

    @api.model
    def _open_durable_files(self):
        return DurableFiles(self._full_path(UNFINISHED))

    @api.model
    def _add_durable_file(self, files, content, checksum):
        """Add a file of a dossier to `DurableFiles`; return its name in the store.

        Asks no database, and may be called in other threads.
        """
        name = f"{checksum[:2]}/{checksum}"
        path = self._full_path(name)
        if is_half(path, content):
            # Odoo takes it for another file of the same checksum, and refuses it
            os.unlink(path)
        # makes the folder
        self._get_path(content, checksum)
        if os.path.exists(path):
            files.add_there(path)
        else:
            # the cleaning has to find it whatever comes
            files.add(path, content, partial(self._mark_for_gc, name))
        return name

    @api.autovacuum
    def _gc_unfinished_files(self):
        """Remove what processes that were killed have not finished."""
        folder = self._full_path(UNFINISHED)
        if not os.path.isdir(folder):
            return
        with os.scandir(folder) as found:
            for entry in found:
                if entry.stat().st_mtime < time.time() - DAY:
                    os.unlink(entry.path)
