from odoo import fields, models

OFFICE_KINDS = ("hold_disputed", "hold_cleared")


class SajadNotice(models.Model):
    """Notices about certificates, and about holds, which belong to no request."""

    _inherit = "sajad.notice"

    hold_id = fields.Many2one(
        "sajad.hold", index="btree_not_null", ondelete="cascade", readonly=True
    )
    kind = fields.Selection(
        selection_add=[
            ("certificate_revoked", "Certificate Revoked"),
            ("hold_paid", "Debt Paid"),
            ("hold_disputed", "Objection"),
            ("hold_answered", "Objection Answered"),
            ("hold_cleared", "Nothing Held"),
        ],
        ondelete={
            "certificate_revoked": "cascade",
            "hold_paid": "cascade",
            "hold_disputed": "cascade",
            "hold_answered": "cascade",
            "hold_cleared": "cascade",
        },
    )

    _about_one = models.Constraint(
        "CHECK(request_id IS NOT NULL OR hold_id IS NOT NULL)",
        "A notice is about a request or a hold.",
    )

    def _prepare_mail_values(self):
        if not self.hold_id:
            return super()._prepare_mail_values()
        hold = self.hold_id
        body = self.env["ir.qweb"]._render(
            "sajad_clearance.sajad_hold_notice_mail", {"notice": self, "hold": hold}
        )
        return {
            "subject": self._get_hold_subject(),
            "body_html": body,
            "recipient_ids": [fields.Command.link(self.partner_id.id)],
            "auto_delete": True,
        }

    def _get_hold_subject(self):
        hold = self.hold_id
        if self.kind in OFFICE_KINDS:
            return self.env._(
                "%(office)s: student %(number)s",
                office=hold._get_office_name(),
                number=hold.student_id.student_number,
            )
        return self.env._("%(office)s: your debt", office=hold._get_office_name())
