import hashlib
import logging
import os

from werkzeug.exceptions import NotFound

from odoo import api, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

# bytes; reading so much again costs less than sending it
CHEAP = 10 * 1024**2
BLOCK = 1024**2


class IrAttachment(models.Model):
    """Files of ours are what they were when they came, or are not served (row B9).

    Odoo keeps the size and the hash of each file and never compares them.
    """

    _inherit = "ir.attachment"

    # what one person has sent lately is counted with each file
    _sajad_sender_idx = models.Index("(create_uid, create_date)")

    def _to_http_stream(self):
        """Serve a file that is as it was.

        :raise NotFound: it is missing, or was changed on the disk
        """
        is_ours = (self.res_model or "").startswith("sajad.")
        if is_ours and (problem := self._get_file_problem(CHEAP)):
            _logger.error("File %s of %s: %s", self.id, self.res_model, problem)
            raise NotFound(problem)
        return super()._to_http_stream()

    def _get_file_problem(self, limit=None):
        """Return a sentence when the file is not as it was, or "".

        :param int limit: of a larger file only the size is compared, in bytes
        """
        self.ensure_one()
        if not self.store_fname:
            return ""
        path = self._full_path(self.store_fname)
        if not os.path.isfile(path):
            return self.env._("The file is missing on the server.")
        size = os.path.getsize(path)
        same = size == self.file_size
        if same and (limit is None or size <= limit):
            same = _read_hash(path) == self.checksum
        return "" if same else self.env._("The file was changed on the server.")

    def _batch_check_files(self):
        """Return {file: what is wrong with it}; see `sajad.batch`."""
        # only the bytes are compared, whosever they are
        problems = {file: file.sudo()._get_file_problem() for file in self}
        return {file: problem for file, problem in problems.items() if problem}

    @api.model
    def _cron_check_files(self):
        """Have all files of ours compared with their hashes; administrators read it."""
        group = self.env.ref("sajad_base.group_sajad_admin")
        admin = group.all_user_ids.filtered("active")[:1]
        # without "id" Odoo leaves out the files of fields
        domain = Domain("res_model", "=like", "sajad.%") & Domain("id", "!=", 0)
        files = self.search(domain & Domain("store_fname", "!=", False), order="id")
        if admin and files:
            Batch = self.env["sajad.batch"].with_user(admin)
            lang = Batch.with_context(lang=admin.lang)
            name = lang.env._("Check of the Files")
            lang._start(name, files.with_env(lang.env), "_batch_check_files")


def _read_hash(path):
    digest = hashlib.sha1(usedforsecurity=False)
    with open(path, "rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
