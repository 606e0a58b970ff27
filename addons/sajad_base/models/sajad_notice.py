from odoo import api, fields, models

BATCH = 200


class SajadNotice(models.Model):
    """A message that waits to be sent: decisions never wait for a mail server."""

    _name = "sajad.notice"
    _description = "Notice"
    _order = "id"
    _rec_name = "kind"

    request_id = fields.Many2one(
        "sajad.request", required=True, index=True, ondelete="cascade"
    )
    task_id = fields.Many2one("sajad.task", ondelete="cascade")
    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    kind = fields.Selection(
        [
            ("submitted", "Submitted"),
            ("visit", "In-Person Visit Required"),
            ("returned", "Returned"),
            ("suspended", "Suspended"),
            ("gap", "Cartable Missing"),
            ("resumed", "Resumed"),
            ("done", "Done"),
            ("refused", "Refused"),
            ("moved", "Moved to Another Version"),
        ],
        required=True,
    )
    state = fields.Selection(
        [("queued", "Queued"), ("sent", "Sent")], required=True, default="queued"
    )

    _queue_idx = models.Index("(id) WHERE state = 'queued'")

    @api.model
    def _cron_send(self):
        """Turn queued notices into outgoing mails, a batch at a time."""
        domain = [("state", "=", "queued")]
        while notices := self.search(domain, limit=BATCH):
            notices._send()
            remaining = self.search_count(domain)
            if not self.env["ir.cron"]._commit_progress(
                len(notices), remaining=remaining
            ):
                break

    def _send(self):
        """Queue one mail per notice, in the language of the person."""
        vals_list = []
        for lang, notices in self.grouped(lambda n: n.partner_id.lang).items():
            localized = notices.with_context(lang=lang)
            vals_list += [notice._prepare_mail_values() for notice in localized]
        self.env["mail.mail"].create(vals_list)
        self.state = "sent"

    def _prepare_mail_values(self):
        """Hook: the values of the mail that a notice becomes."""
        self.ensure_one()
        body = self.env["ir.qweb"]._render(
            "sajad_base.sajad_notice_mail",
            {"notice": self, "record": self.request_id, "task": self.task_id},
        )
        return {
            "subject": self.env._(
                "%(process)s, request %(number)s",
                process=self.request_id.process_id.name,
                number=self.request_id.name,
            ),
            "body_html": body,
            "recipient_ids": [fields.Command.link(self.partner_id.id)],
            "auto_delete": True,
            "model": "sajad.request",
            "res_id": self.request_id.id,
        }
