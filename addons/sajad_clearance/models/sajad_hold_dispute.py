from odoo import fields, models
from odoo.fields import Domain


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
        Request = self.env["sajad.request"]
        values = {"res_model": self._name, "res_id": self.id}
        attachments = Request._create_files(files, values)
        if kept:
            kept.write({**values, "description": False})
            attachments |= kept
        self.dispute_file_ids = [fields.Command.link(file.id) for file in attachments]

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
        """Tell an office that it holds nothing any more against a waiting student."""
        Task = self.env["sajad.task"]
        for hold in self:
            others = Domain("student_id", "=", hold.student_id.id) & Domain(
                "office_id", "=", hold.office_id.id
            )
            if self.search_count(others & Domain("state", "=", "open"), limit=1):
                continue
            waiting = Task.search_count(
                [
                    ("request_id.student_id", "=", hold.student_id.id),
                    ("cartable_id.office_id", "=", hold.office_id.id),
                    ("current", "=", True),
                    ("state", "in", ("ready", "student")),
                ],
                limit=1,
            )
            if waiting:
                hold._queue_office_notices("hold_cleared")

    def _queue_office_notices(self, kind):
        today = fields.Date.context_today(self)
        for hold in self:
            members = hold.office_id.cartable_ids.member_ids.filtered(
                lambda m: (
                    m.kind != "supervisor"
                    and (not m.date_from or m.date_from <= today)
                    and (not m.date_to or m.date_to >= today)
                )
            )
            hold._queue_notices(kind, members.user_id.partner_id)

    def _queue_student_notices(self, kind):
        for hold in self:
            hold._queue_notices(kind, hold.partner_id)

    def _queue_notices(self, kind, partners):
        # mails are queued for the job, whoever acts
        self.env["sajad.notice"].sudo().create(
            [
                {"hold_id": self.id, "partner_id": partner.id, "kind": kind}
                for partner in partners
            ]
        )
