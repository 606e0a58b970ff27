from odoo import api, fields, models
from odoo.fields import Domain


class SajadRequest(models.Model):
    _inherit = "sajad.request"

    # A prefetch group of their own: lists of other processes do not read them.
    clearance_reason = fields.Selection(
        [
            ("graduation", "Graduation"),
            ("withdrawal", "Withdrawal"),
            ("expulsion", "Expulsion"),
            ("non_registration", "Non-registration (deemed withdrawn)"),
            ("transfer", "Transfer"),
            ("previous_documents", "To receive previous-degree documents"),
        ],
        string="Reason for Clearance",
        readonly=True,
        prefetch="clearance",
    )
    card_delivered = fields.Boolean(
        string="Student Card Delivered",
        readonly=True,
        prefetch="clearance",
        help="What the student says; the office records what it received.",
    )

    conditional_count = fields.Integer(
        compute="_compute_conditional_count",
        help="How many debts in instalments or guarantees it is cleared on.",
    )

    @api.model
    def _get_portal_fields(self):
        return super()._get_portal_fields() | {"clearance_reason", "card_delivered"}

    def _get_conditional_holds(self):
        """Return what the requests are cleared on condition of: holds of their offices
        that are guaranteed, or in instalments that still run.

        Set-based, with elevated rights: callers check access to the requests.

        :return: {request: holds}
        :rtype: dict
        """
        # holds are the offices'; that a clearance is conditional is its own matter
        requests = self.sudo()
        offices = {
            request: request.current_task_ids.cartable_id.office_id
            for request in requests
        }
        holds = (
            self.env["sajad.hold"]
            .sudo()
            .search(
                Domain("student_id", "in", requests.student_id.ids)
                & Domain("state", "in", ("guaranteed", "planned"))
            )
        )
        by_student = holds.grouped("student_id")
        return {
            request.with_env(self.env): by_student.get(
                request.student_id, holds.browse()
            ).filtered(lambda hold, own=own: hold.office_id in own)
            for request, own in offices.items()
        }

    def _compute_conditional_count(self):
        holds = self._get_conditional_holds()
        for request in self:
            request.conditional_count = len(holds[request])

    def _get_portal_timeline(self):
        """Tell the student what each office passed on condition of."""
        entries = super()._get_portal_timeline()
        conditional = self._get_conditional_holds()[self]
        # read with elevated rights, as the steps are: one office's own holds
        offices = {t.id: t.cartable_id.office_id for t in self._get_portal_tasks()}
        for entry in reversed(entries):
            own = conditional.browse()
            if entry["state"] == "done":
                office = offices[entry["id"]]
                own = conditional.filtered(
                    lambda hold, own=office: hold.office_id == own
                )
                # an office with two rounds says it once, where it passed last
                conditional -= own
            entry["conditions"] = [
                hold._get_condition(hold._get_portal_title()) for hold in own
            ]
        return entries
