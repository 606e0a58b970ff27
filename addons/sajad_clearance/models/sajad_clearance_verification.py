import ipaddress

from odoo import api, fields, models
from odoo.exceptions import AccessError


class SajadClearanceVerification(models.Model):
    """That somebody verified a certificate, when and from about where (row B8).

    Append-only. The address is cut, so that it is nobody's.
    """

    _name = "sajad.clearance.verification"
    _description = "Verification of a Certificate"
    _inherit = ["sajad.client.guard"]
    _order = "id desc"
    _rec_name = "certificate_id"
    _log_access = False

    certificate_id = fields.Many2one(
        "sajad.clearance.certificate",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    university_id = fields.Many2one(related="certificate_id.university_id")
    date = fields.Datetime(required=True, readonly=True)
    network = fields.Char(
        readonly=True, help="The network of the visitor, without the computer in it."
    )
    found_state = fields.Selection(
        [("valid", "Valid"), ("revoked", "Revoked")],
        string="Shown as",
        required=True,
        readonly=True,
    )

    @api.model
    def _log(self, certificate, address):
        """Append a verification; called by the public page with elevated rights."""
        return self.create(
            {
                "certificate_id": certificate.id,
                "date": fields.Datetime.now(),
                "network": self._truncate(address),
                "found_state": certificate.state,
            }
        )

    @api.model
    def _truncate(self, address, bits=(24, 48)):
        """Return the network of an address, or False if it is none."""
        try:
            parsed = ipaddress.ip_address(address or "")
        except ValueError:
            return False
        prefix = bits[0] if parsed.version == 4 else bits[1]
        return str(ipaddress.ip_network((parsed, prefix), strict=False))

    def _get_client_refusal(self):
        return self.env._("Verifications are logged by the public page alone.")

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse: verifications are append-only.

        :raise AccessError: always
        """
        raise AccessError(self.env._("Verifications are append-only."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("Verifications are append-only."))
