from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# of one person in a day, wherever; more than any service asks for
DAY_FILES = 100
DAY_SIZE = 300 * 1024**2
# of one person with one record, however often it comes back
RECORD_FILES = 60
RECORD_SIZE = 200 * 1024**2


class SajadUploadQuota(models.AbstractModel):
    """How much people of the portal may send: each in a day, and to one record.

    Officers are known by name and work for the university; they have none.
    """

    _name = "sajad.upload.quota"
    _description = "Quota of Files That Come In"

    @api.model
    def _get_problem(self, sizes, record=None):
        """Return a sentence when these files are too many or too large, or "".

        :param sizes: bytes of each file
        :param record: what they are sent to; None while it does not exist
        """
        user = self.env.user
        if not sizes or not user.share:
            return ""
        own = [("create_uid", "=", user.id)]
        # behind a link nobody is signed in: all of them are one user
        if not user._is_public():
            since = fields.Datetime.now() - timedelta(days=1)
            domain = [*own, ("create_date", ">", since)]
            if self._is_over(sizes, domain, DAY_FILES, DAY_SIZE):
                return self.env._(
                    "You have sent very many files today. Send the rest tomorrow."
                )
        if record:
            domain = [("res_model", "=", record._name), ("res_id", "=", record.id)]
            if self._is_over(sizes, own + domain, RECORD_FILES, RECORD_SIZE):
                return self.env._(
                    "No more files can be sent here: at most %(count)s and "
                    "%(size)s MB in all.",
                    count=RECORD_FILES,
                    size=RECORD_SIZE // 1024**2,
                )
        return ""

    def _is_over(self, sizes, domain, max_files, max_size):
        # people of the portal may not read files; theirs are only counted
        Attachment_sudo = self.env["ir.attachment"].sudo()
        # whatever field holds them; without it Odoo leaves some out
        domain = [*domain, ("id", "!=", 0)]
        ((count, size),) = Attachment_sudo._read_group(
            domain, aggregates=["__count", "file_size:sum"]
        )
        return count + len(sizes) > max_files or (size or 0) + sum(sizes) > max_size

    @api.model
    def _check(self, sizes, record=None):
        """Refuse files that are too many or too large.

        :raise UserError: with the sentence of `_get_problem`
        """
        if problem := self._get_problem(sizes, record):
            raise UserError(problem)
