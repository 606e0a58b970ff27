from odoo import models
from odoo.fields import Domain

from odoo.addons.sajad_base.engine.states import IN_CARTABLE


class SajadHold(models.Model):
    """Whom to tell of a hold (row B7)."""

    _inherit = "sajad.hold"

    # ------------------------------------------------------------
    # NOTICES
    # ------------------------------------------------------------

    def _tell_office_cleared(self):
        """Tell offices that they hold nothing any more against waiting students.

        Those that pass such students by themselves need not know.
        """
        holds = self.filtered(lambda hold: not hold.office_id.auto_clear)
        by_pair = holds.grouped(lambda hold: (hold.student_id, hold.office_id))
        waiting = set()
        if holds:
            waiting = self.env["sajad.task"]._find_office_pairs(holds, IN_CARTABLE)
        blocked = set()
        if waiting:
            domain = Domain("student_id", "in", holds.student_id.ids)
            domain &= Domain("office_id", "in", holds.office_id.ids)
            found = self.search(domain & Domain("state", "=", "open"))
            blocked = {(hold.student_id, hold.office_id) for hold in found}
        told = [by_pair[pair][:1] for pair in by_pair if pair in waiting - blocked]
        self.browse().union(*told)._queue_office_notices("hold_cleared")

    def _queue_office_notices(self, kind):
        deciders = {office: office._get_deciders() for office in self.office_id}
        self._queue_notices(kind, lambda hold: deciders[hold.office_id].partner_id)

    def _queue_student_notices(self, kind):
        self._queue_notices(kind, lambda hold: hold.partner_id)

    def _queue_notices(self, kind, get_partners):
        self.env["sajad.notice"]._queue_many(
            [
                {"hold_id": hold.id, "partner_id": partner.id, "kind": kind}
                for hold in self
                for partner in get_partners(hold)
            ]
        )
