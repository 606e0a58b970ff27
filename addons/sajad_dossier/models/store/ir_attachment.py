import os
import time

from odoo import api, models

from ...tools.durable_file import is_half, sync, write_durably

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
        name = f"{checksum[:2]}/{checksum}"
        path = self._full_path(name)
        if is_half(path, bin_value):
            # Odoo takes it for another file of the same checksum, and refuses it
            os.unlink(path)
        # makes the folder
        self._get_path(bin_value, checksum)
        if os.path.exists(path):
            sync(path)
        else:
            # first, so that the cleaning finds it whatever comes
            self._mark_for_gc(name)
            write_durably(path, bin_value, self._full_path(UNFINISHED))
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
