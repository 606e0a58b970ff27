from markupsafe import Markup

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

    def _get_letter_key(self):
        if self.hold_id:
            return self.partner_id, self.hold_id
        return super()._get_letter_key()

    def _prepare_mail_values(self):
        if not self.hold_id:
            return super()._prepare_mail_values()
        bodies = [
            self.env["ir.qweb"]._render(
                "sajad_clearance.sajad_hold_notice_mail",
                {"notice": notice, "hold": notice.hold_id},
            )
            for notice in self
        ]
        return {
            "subject": self[-1:]._get_hold_subject(),
            "body_html": Markup().join(bodies),
            "recipient_ids": [fields.Command.link(self.partner_id.id)],
            "auto_delete": True,
            "model": False,
            "res_id": False,
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
