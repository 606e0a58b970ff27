from odoo import api, fields, models

BATCH = 20


class SajadClearanceCertificate(models.Model):
    """Papers that are made in the background: a class is printed at once (row B8).

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
