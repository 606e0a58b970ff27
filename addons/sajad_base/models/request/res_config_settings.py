from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.clamd import NoVerdict, get_version, read_address
from .sajad_upload_scan import ADDRESS, ANYWHERE, SILENT


class ResConfigSettings(models.TransientModel):
    """The virus scanner that files go through before they are taken (row B9)."""

    _inherit = "res.config.settings"

    sajad_clamd_address = fields.Char(
        string="Virus Scanner (ClamAV)", config_parameter=ADDRESS
    )
    sajad_clamd_silent = fields.Selection(
        [("refuse", "Refuse files"), ("take", "Take files unscanned")],
        string="While It Does Not Answer",
        config_parameter=SILENT,
        default="refuse",
    )
    sajad_clamd_state = fields.Char(
        string="State of the Virus Scanner",
        default=lambda self: self._get_clamd_state(),
    )

    @api.constrains("sajad_clamd_address")
    def _check_sajad_clamd_address(self):
        for settings in self:
            text = settings.sajad_clamd_address
            address = read_address(text)
            if text and not address:
                raise ValidationError(
                    self.env._(
                        "%(address)s is neither the path of a socket nor a host and "
                        "a port.",
                        address=text,
                    )
                )
            Scan = self.env["sajad.upload.scan"]
            if address and not Scan._is_allowed(address):
                raise ValidationError(
                    self.env._(
                        "%(address)s is not on this server: files would go over the "
                        "network as they are. If that network is yours, set the "
                        "system parameter %(parameter)s to True first.",
                        address=text,
                        parameter=ANYWHERE,
                    )
                )

    @api.model
    def _get_clamd_state(self):
        """Return whether files are scanned, and whether the scanner answers."""
        Scan = self.env["sajad.upload.scan"]
        address = Scan._get_address()
        if not address:
            return self.env._("Files are not scanned for viruses.")
        if not Scan._is_allowed(address):
            return self.env._("The scanner is not on this server, and is not asked.")
        try:
            version = get_version(address)
        except NoVerdict:
            return self.env._("The scanner does not answer.")
        return self.env._("The scanner answers: %(version)s", version=version)
