import logging
from threading import Lock

from odoo import api, models
from odoo.tools import str2bool

from ...tools.clamd import NoVerdict, find_threat, is_local, read_address

_logger = logging.getLogger(__name__)

ADDRESS = "sajad_base.clamd_address"
# "take" or "refuse" what the scanner says nothing of
SILENT = "sajad_base.clamd_silent"
# not in the settings: what is sent there goes over a network as it is
ANYWHERE = "sajad_base.clamd_anywhere"
# instead of a threat, where the scanner said nothing
SILENCE = object()


class SajadUploadScan(models.AbstractModel):
    """Asks a virus scanner of the administrator about files that come in (row B9).

    Without an address nothing is asked. It is the last thing that is asked: what is no
    sound paper does not go to the scanner.
    """

    _name = "sajad.upload.scan"
    _description = "Virus Scanner of Files That Come In"

    @api.model
    def _make_scan(self):
        """Return a function of a content: the threat in it, `SILENCE`, or "".

        It asks no database, and may be called in other threads. A scanner that is
        silent is not waited for a second time.
        """
        address = self._get_address()
        if not address:
            return lambda content: ""
        silence = self._get_silence()
        is_silent, lock = not self._is_allowed(address), Lock()

        def scan(content):
            nonlocal is_silent
            with lock:
                if is_silent:
                    return silence
                try:
                    return find_threat(address, content)
                except NoVerdict as error:
                    _logger.warning("no verdict of the virus scanner: %s", error)
                    is_silent = True
                    return silence

        return scan

    @api.model
    def _get_silence(self):
        """Return what is said of files while the scanner is silent."""
        # a setting of the administrator, which uploads of everybody follow
        silent = self.env["ir.config_parameter"].sudo().get_param(SILENT)
        return "" if silent == "take" else SILENCE

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
    def _get_text(self, name, threat):
        """Return a sentence on what a scan has found, or ""."""
        if threat is SILENCE:
            return self.env._(
                "%(name)s cannot be taken now: files are scanned for viruses, and the "
                "scanner does not answer. Send it again later.",
                name=name,
            )
        if threat:
            return self.env._(
                "%(name)s: the virus scanner found “%(threat)s” in it. It was not "
                "taken.",
                name=name,
                threat=threat,
            )
        return ""
