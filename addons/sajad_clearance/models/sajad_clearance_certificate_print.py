from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.certificate_paper import CertificatePaper

MAX_PRINTED = 500
# A new one takes 0.2 seconds of CPU, and a worker has 60 (tests/bench/README.md);
# those that were printed before are kept and cost nothing.
MAX_NEW = 150
BATCH = 20


class SajadClearanceCertificate(models.Model):
    """Certificates on paper: each is laid out once, many in the background (row B8).

    A worker has a minute of CPU, five hundred new papers take two. Made beforehand and
    kept, they are put together in seconds.
    """

    _inherit = "sajad.clearance.certificate"

    print_lang = fields.Char(
        readonly=True,
        copy=False,
        help="The language of the paper that waits to be made in the background.",
    )

    _print_idx = models.Index("(print_lang, id) WHERE print_lang IS NOT NULL")

    def action_print(self):
        """Print the certificates, in the language of the report that is asked for.

        The key `certificate_lang` of the context says "en" for English. Row B8
        """
        self.check_access("read")
        if len(self) > MAX_PRINTED:
            raise UserError(
                self.env._(
                    "Print at most %(count)s certificates at once.", count=MAX_PRINTED
                )
            )
        name = "sajad_clearance_certificate_report"
        if self.env.context.get("certificate_lang") == "en":
            name += "_en"
        printer = self.env["ir.actions.report"]._with_paper_lang(
            f"sajad_clearance.{name}"
        )
        new = self._get_new(printer.env.lang)
        if len(new) > MAX_NEW:
            return new._prepare_print(printer.env.lang)
        return self.env.ref(f"sajad_clearance.{name}").report_action(self.ids)

    def _check_new(self, lang):
        """Refuse more new papers than a worker prints in its time.

        :param str lang: language of the papers
        :raise UserError: with how many were never printed
        """
        new = self._get_new(lang)
        if len(new) > MAX_NEW:
            raise UserError(
                self.env._(
                    "%(count)s of these certificates were never printed, and at most "
                    "%(limit)s new ones can be printed at once. The button “Print” of "
                    "a class prepares them in the background.",
                    count=len(new),
                    limit=MAX_NEW,
                )
            )

    def _get_new(self, lang):
        """Return the certificates whose paper is not kept yet in a language."""
        names = {
            paper.id: paper._get_print_name() for paper in self.with_context(lang=lang)
        }
        # the papers of certificates that the user is about to read; only counted
        Attachment_sudo = self.env["ir.attachment"].sudo()
        kept = Attachment_sudo.search_fetch(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("name", "in", list(names.values())),
            ],
            ["res_id"],
        )
        return self - self.browse(kept.mapped("res_id"))

    def _get_print_name(self):
        """Return the name of the kept PDF: one for each state and language."""
        self.ensure_one()
        return f"clearance-{self.name}-{self.state}-{(self.env.lang or 'en')[:2]}.pdf"

    def _get_print_values(self):
        """Return what the paper shows, in the language of the environment."""
        return CertificatePaper(self).get_values()

    # ------------------------------------------------------------
    # IN THE BACKGROUND
    # ------------------------------------------------------------

    def _prepare_print(self, lang):
        """Queue the papers and tell the user to come back for them.

        :param str lang: language of the papers
        :return: a notification
        """
        # who may print may have the papers made; nothing else is written
        self.sudo().print_lang = lang or "en_US"
        self.env.ref("sajad_clearance.ir_cron_certificate_print")._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "sticky": True,
                "message": self.env._(
                    "%(count)s certificates are being made in the background. Print "
                    "again in a few minutes: then all come at once.",
                    count=len(self),
                ),
            },
        }

    @api.model
    def _cron_print(self):
        """Make the papers that were asked for, a batch at a time."""
        domain = [("print_lang", "!=", False)]
        while first := self.search(domain, order="print_lang, id", limit=1):
            lang = first.print_lang
            papers = self.search([("print_lang", "=", lang)], order="id", limit=BATCH)
            papers._make_papers(lang)
            papers.print_lang = False
            remaining = self.search_count(domain)
            if not self.env["ir.cron"]._commit_progress(
                len(papers), remaining=remaining
            ):
                break

    def _make_papers(self, lang):
        """Render the papers; the report keeps them."""
        name = "sajad_clearance.sajad_clearance_certificate_report"
        if not lang.startswith("fa"):
            name += "_en"
        Report = self.env["ir.actions.report"].with_context(lang=lang)
        Report._render_qweb_pdf(name, self.ids)
