from odoo import api, fields, models

from odoo.addons.sajad_base.tools.network import truncate_address
from odoo.addons.sajad_base.tools.paper_code import TOKEN, digest, is_same, mask
from odoo.addons.sajad_persian.tools.normalize import compact_code, normalize_number

from ..tools.certificate_words import format_moment, pick


class SajadClearanceVerification(models.Model):
    """That somebody verified a certificate, when and from about where (row B8).

    Append-only. The address is cut, so that it is nobody's.
    """

    _name = "sajad.clearance.verification"
    _description = "Verification of a Certificate"
    _inherit = ["sajad.append.only"]
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

    # ------------------------------------------------------------
    # WHAT STRANGERS ASK
    # ------------------------------------------------------------

    @api.model
    def _find_by_token(self, token):
        """Return the certificate of a link, or nothing. With elevated rights."""
        Certificate = self.env["sajad.clearance.certificate"]
        token = (token or "")[:64]
        domain = [("token_digest", "=", digest(token))]
        found = Certificate.search(domain, limit=1)
        matches = is_same(found.token or "-", token)
        return found if matches and TOKEN.fullmatch(token) else Certificate

    @api.model
    def _find_by_code(self, number, code):
        """Return the certificate whose number and code were typed, or nothing.

        With elevated rights.
        """
        Certificate = self.env["sajad.clearance.certificate"]
        number = normalize_number((number or "")[:64]).upper()
        code = compact_code((code or "")[:64]) or ""
        found = Certificate.search([("name", "=", number)], limit=1)
        # as long for a number that does not exist
        matches = is_same(found.code or "-" * len(code), code)
        return found if matches else Certificate

    @api.model
    def _get_answer(self, certificate):
        """Return all that strangers see: whose, of whom, when, and whether it holds."""
        return {
            "number": certificate.name,
            "state": certificate.state,
            "student": mask(certificate.student_name),
            "university": pick(self.env, certificate.snapshot["university"]),
            # that there are conditions, never which
            "is_conditional": bool(certificate.snapshot.get("conditions")),
            "date": format_moment(self.env, certificate.date),
            "date_revoked": format_moment(self.env, certificate.date_revoked),
        }

    # ------------------------------------------------------------
    # LOG
    # ------------------------------------------------------------

    @api.model
    def _log(self, certificate, address):
        """Append a verification; called by the public page with elevated rights."""
        return self.create(
            {
                "certificate_id": certificate.id,
                "date": fields.Datetime.now(),
                "network": truncate_address(address),
                "found_state": certificate.state,
            }
        )

    def _get_client_refusal(self):
        return self.env._("Verifications are logged by the public page alone.")
