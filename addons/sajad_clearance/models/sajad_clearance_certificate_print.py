from odoo import api, fields, models

from ..tools.certificate_paper import CertificatePaper


class SajadClearanceCertificate(models.Model):
    """Certificates on paper: each is laid out once and kept (row B8).

    A new one takes 0.2 seconds of CPU, and a worker has 60 (tests/bench/README.md):
    many are made in the background, as all papers are.
    """

    _inherit = "sajad.clearance.certificate"

    printed_code = fields.Char(
        string="Verification Code on Paper",
        compute="_compute_printed_code",
        help="Typed with the number where the QR code cannot be read.",
    )

    @api.depends("code")
    def _compute_printed_code(self):
        for certificate in self:
            code = certificate.code or ""
            certificate.printed_code = "-".join(filter(None, (code[:5], code[5:])))

    def action_print(self):
        """Print the certificates, in the language of the report that is asked for.

        The key `certificate_lang` of the context says "en" for English. Row B8
        """
        self.check_access("read")
        name = "sajad_clearance_certificate_report"
        if self.env.context.get("certificate_lang") == "en":
            name += "_en"
        return self.env.ref(f"sajad_clearance.{name}").report_action(self.ids)

    def _get_print_name(self):
        """Return the name of the kept PDF: one for each state and language."""
        self.ensure_one()
        return f"clearance-{self.name}-{self.state}-{(self.env.lang or 'en')[:2]}.pdf"

    def _get_print_values(self):
        """Return what the paper shows, in the language of the environment."""
        return CertificatePaper(self).get_values()
