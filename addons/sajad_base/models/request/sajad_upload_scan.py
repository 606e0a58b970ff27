import logging

from odoo import api, models
from odoo.tools import str2bool

from ...tools.clamd import NoVerdict, find_threat, is_local, read_address

_logger = logging.getLogger(__name__)

ADDRESS = "sajad_base.clamd_address"
# "take" or "refuse" what the scanner says nothing of
SILENT = "sajad_base.clamd_silent"
# not in the settings: what is sent there goes over a network as it is
ANYWHERE = "sajad_base.clamd_anywhere"


class SajadUploadScan(models.AbstractModel):
    """Asks a virus scanner of the administrator about files that come in (row B9).

    Without an address nothing is asked. It is the last thing that is asked: what is no
    sound paper does not go to the scanner.
    """

    _name = "sajad.upload.scan"
    _description = "Virus Scanner of Files That Come In"

    @api.model
    def _get_problem(self, name, content):
        """Return a sentence on a file that the scanner does not let through, or ""."""
        return self._get_problems([(name, content)])[0]

    @api.model
    def _get_problems(self, files):
        """Return the sentence of `_get_problem` for each of many files.

        A scanner that is silent is not waited for a second time.

        :param files: list of (name, content)
        """
        address = self._get_address()
        if not address:
            return [""] * len(files)
        problems, is_silent = [], not self._is_allowed(address)
        for name, content in files:
            threat = ""
            if not is_silent:
                try:
                    threat = find_threat(address, content)
                except NoVerdict as error:
                    _logger.warning("no verdict of the virus scanner: %s", error)
                    is_silent = True
            problems.append(self._get_text(name, threat, is_silent))
        return problems

    @api.model
    def _get_address(self):
        """Return where the scanner is, or None."""
        # settings of the administrator, which uploads of everybody follow
        return read_address(self.env["ir.config_parameter"].sudo().get_param(ADDRESS))

    @api.model
    def _is_allowed(self, address):
        """Whether files may be sent there: on this machine, unless it is said."""
        # settings of the administrator, which uploads of everybody follow
        value = self.env["ir.config_parameter"].sudo().get_param(ANYWHERE)
        return is_local(address) or str2bool(value or "", False)

    @api.model
    def _get_text(self, name, threat, is_silent):
        if threat:
            return self.env._(
                "%(name)s: the virus scanner found “%(threat)s” in it. It was not "
                "taken.",
                name=name,
                threat=threat,
            )
        # a setting of the administrator, which uploads of everybody follow
        silent = self.env["ir.config_parameter"].sudo().get_param(SILENT)
        if is_silent and silent != "take":
            return self.env._(
                "%(name)s cannot be taken now: files are scanned for viruses, and the "
                "scanner does not answer. Send it again later.",
                name=name,
            )
        return ""
