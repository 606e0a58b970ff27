from odoo import fields, models

KINDS = [
    ("certificate_revoked", "Certificate Revoked"),
    ("hold_paid", "Debt Paid"),
    ("hold_disputed", "Objection"),
    ("hold_answered", "Objection Answered"),
    ("hold_cleared", "Nothing Held"),
    ("hold_late", "Instalment Late"),
    ("office_late", "Late Instalments"),
]
OFFICE_KINDS = ("hold_disputed", "hold_cleared")


class SajadNotice(models.Model):
    """Notices about certificates, and about holds, which belong to no request."""

    _inherit = "sajad.notice"

    hold_id = fields.Many2one(
        "sajad.hold", index="btree_not_null", ondelete="cascade", readonly=True
    )
    kind = fields.Selection(
        selection_add=KINDS, ondelete=dict.fromkeys(dict(KINDS), "cascade")
    )

    def _get_text_template(self):
        if self.kind in dict(KINDS):
            return f"sajad_clearance.sajad_notice_text_{self.kind}"
        return super()._get_text_template()

    def _get_letter_key(self):
        if self.hold_id:
            return self.partner_id, self.hold_id
        return super()._get_letter_key()

    def _get_subject(self):
        if self.hold_id:
            return self[-1:]._get_hold_subject()
        return super()._get_subject()

    def _get_link(self):
        if not self.hold_id:
            return super()._get_link()
        if self[-1:].kind in OFFICE_KINDS:
            return f"/odoo/sajad-holds/{self.hold_id.id}", self.env._("Open the page")
        return f"/my/holds/{self.hold_id.id}", self.env._("See it in the portal")

    def _get_hold_subject(self):
        hold = self.hold_id
        if self.kind in OFFICE_KINDS:
            return self.env._(
                "%(office)s: student %(number)s",
                office=hold._get_office_name(),
                number=hold.student_id.student_number,
            )
        return self.env._("%(office)s: your debt", office=hold._get_office_name())
