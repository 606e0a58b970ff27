import hashlib
import logging
import os

from werkzeug.exceptions import NotFound

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

BLOCK = 1024**2
# files of a part of the weekly check
CHUNK = 2000


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
        if self._is_kept() and (problem := self._get_file_problem()):
            self._log_problem(problem)
            raise NotFound(problem)
        return super()._to_http_stream()

    def _compute_raw(self):
        """Give out files that are as they were: to calls, mails, lists and archives.

        The file of a field is empty when it is not, so that its record can be read.

        :raise AccessError: one is missing, or was changed on the disk
        """
        result = super()._compute_raw()
        for file in self._get_checked():
            content = file.raw or b""
            if file.checksum == self._compute_checksum(content):
                continue
            problem = file._get_file_problem() or self._get_changed_text()
            file._log_problem(problem)
            if not file.res_field:
                # Odoo then reads each of several files by itself, out of no cache
                self.invalidate_recordset(["raw"], flush=False)
                raise AccessError(
                    self.env._("%(file)s: %(problem)s", file=file.name, problem=problem)
                )
            file.raw = False
        return result

    def _get_checked(self):
        """Hook: the files whose bytes are compared when they are read."""
        return self.filtered(lambda file: file.store_fname and file._is_kept())

    def _is_kept(self):
        return (self.res_model or "").startswith("sajad.")

    def _log_problem(self, problem):
        _logger.error("File %s of %s: %s", self.id, self.res_model, problem)

    def _get_file_problem(self):
        """Return a sentence when the file is not as it was, or ""."""
        self.ensure_one()
        if not self.store_fname:
            return ""
        path = self._full_path(self.store_fname)
        if not os.path.isfile(path):
            return self.env._("The file is missing on the server.")
        same = os.path.getsize(path) == self.file_size
        if same and _read_hash(path) == self.checksum:
            return ""
        return self._get_changed_text()

    def _get_changed_text(self):
        return self.env._("The file was changed on the server.")

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
            # with each part the ids of all files are read
            files = files.with_env(lang.env)
            lang._start(name, files, "_batch_check_files", chunk=CHUNK)


def _read_hash(path):
    digest = hashlib.sha1(usedforsecurity=False)
    with open(path, "rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
