from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sajad_base.engine.states import IN_CARTABLE

KINDS = [
    ("certificate_revoked", "Certificate Revoked"),
    ("hold_paid", "Debt Paid"),
    ("hold_disputed", "Objection"),
    ("hold_answered", "Objection Answered"),
    ("hold_cleared", "Nothing Held"),
    ("hold_late", "Instalment Late"),
    ("hold_reversing", "Payment Not Confirmed"),
    ("hold_reversed", "Payment Goes Back"),
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

    def _get_letter_key(self):
        if self.hold_id:
            return self.partner_id, self.hold_id
        return super()._get_letter_key()

    def _get_sender(self):
        # of the office that holds something
        return self.hold_id.university_id or super()._get_sender()

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

    # ------------------------------------------------------------
    # WHO IS TOLD OF HOLDS
    # ------------------------------------------------------------

    @api.model
    def _queue_students(self, kind, holds):
        """Tell each student of a hold."""
        self._queue_holds(kind, holds, lambda hold: hold.partner_id)

    @api.model
    def _queue_offices(self, kind, holds):
        """Tell those who decide in the office of each hold today."""
        deciders = {office: office._get_deciders() for office in holds.office_id}
        self._queue_holds(kind, holds, lambda hold: deciders[hold.office_id].partner_id)

    @api.model
    def _queue_cleared(self, holds):
        """Tell offices that they hold nothing any more against waiting students.

        Those that pass such students by themselves need not know.
        """
        holds = holds.filtered(lambda hold: not hold.office_id.auto_clear)
        waiting = set()
        if holds:
            waiting = self.env["sajad.task"]._find_office_pairs(holds, IN_CARTABLE)
        if waiting:
            waiting -= self._find_blocked_pairs(holds)
        by_pair = holds.grouped(lambda hold: (hold.student_id, hold.office_id))
        told = [by_pair[pair][:1] for pair in by_pair if pair in waiting]
        self._queue_offices("hold_cleared", holds.browse().union(*told))

    def _find_blocked_pairs(self, holds):
        """Return the (student, office) of holds with an open one."""
        domain = Domain("student_id", "in", holds.student_id.ids)
        domain &= Domain("office_id", "in", holds.office_id.ids)
        found = holds.search(domain & Domain("state", "=", "open"))
        return {(hold.student_id, hold.office_id) for hold in found}

    def _queue_holds(self, kind, holds, get_partners):
        self._queue_many(
            [
                {"hold_id": hold.id, "partner_id": partner.id, "kind": kind}
                for hold in holds
                for partner in get_partners(hold)
            ]
        )
