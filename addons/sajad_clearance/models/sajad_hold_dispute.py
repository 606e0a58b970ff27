from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.sajad_base.engine.states import IN_CARTABLE


class SajadHold(models.Model):
    """The student objects, the office answers; both are told (row B7)."""

    _inherit = "sajad.hold"

    dispute_file_ids = fields.Many2many(
        "ir.attachment",
        relation="sajad_hold_dispute_file_rel",
        readonly=True,
        string="Papers of the Student",
    )

    def _portal_dispute(self, reason, files=(), kept=None):
        """Object as the student, with files that were checked.

        :raise UserError: no reason, an open objection, or the hold is closed
        """
        self.ensure_one()
        self._dispute(reason)
        papers = self.env["sajad.upload"]._attach(self, files, kept)
        self.dispute_file_ids = [fields.Command.link(file.id) for file in papers]

    def _dispute(self, reason):
        result = super()._dispute(reason)
        # the answer to the last objection is none to this one
        self.dispute_answer = False
        self._queue_office_notices("hold_disputed")
        return result

    def _answer_dispute(self, accepted, answer):
        result = super()._answer_dispute(accepted, answer)
        self._queue_student_notices("hold_answered")
        return result

    def _pay(self, *args, **kwargs):
        payment = super()._pay(*args, **kwargs)
        self._queue_student_notices("hold_paid")
        return payment

    # ------------------------------------------------------------
    # NOTICES
    # ------------------------------------------------------------

    def _tell_office_cleared(self):
        """Tell offices that they hold nothing any more against waiting students.

        Those that pass such students by themselves need not know.
        """
        holds = self.filtered(lambda hold: not hold.office_id.auto_clear)
        by_pair = holds.grouped(lambda hold: (hold.student_id, hold.office_id))
        waiting = holds._get_waiting_pairs() if holds else set()
        blocked = set()
        if waiting:
            domain = Domain("student_id", "in", holds.student_id.ids)
            domain &= Domain("office_id", "in", holds.office_id.ids)
            found = self.search(domain & Domain("state", "=", "open"))
            blocked = {(hold.student_id, hold.office_id) for hold in found}
        told = [by_pair[pair][:1] for pair in by_pair if pair in waiting - blocked]
        self.browse().union(*told)._queue_office_notices("hold_cleared")

    def _get_waiting_pairs(self):
        """Return the (student, office) whose work is under way."""
        tasks = self.env["sajad.task"].search(
            [
                ("request_id.student_id", "in", self.student_id.ids),
                ("cartable_id.office_id", "in", self.office_id.ids),
                ("current", "=", True),
                ("state", "in", IN_CARTABLE),
            ]
        )
        return {(t.request_id.student_id, t.cartable_id.office_id) for t in tasks}

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
