from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sajad_base.engine.states import DECIDED_REQUESTS


class SajadRequest(models.Model):
    """The decisions of commissions on a request, and the appeal (row A7)."""

    _inherit = "sajad.request"

    appeal_of_id = fields.Many2one(
        "sajad.request",
        string="Appeal Against",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    appeal_ids = fields.One2many("sajad.request", "appeal_of_id", string="Appeals")
    commission_item_ids = fields.One2many(
        "sajad.commission.item", "request_id", string="Decisions of the Commission"
    )

    _appeal_uniq = models.UniqueIndex(
        "(appeal_of_id) WHERE appeal_of_id IS NOT NULL",
        "There is an appeal against this decision already.",
    )

    @api.model
    def _filter_offered(self, processes, requesters):
        # appeals begin at the request that they object to
        offered = super()._filter_offered(processes, requesters)
        return offered.filtered(lambda process: not process.appealed_process_ids)

    def _get_decision_items(self):
        """Return the decisions in force, whose letters the student may have.

        For whoever may read the request; the newest first.
        """
        self.ensure_one()
        self.check_access("read")
        # the letter is the student's, the agenda the commission's
        items = self.sudo().commission_item_ids
        return items.filtered("letter_number").sorted("id", reverse=True)

    def _get_appeal_problem(self):
        """Return why the student cannot appeal now, or an empty text."""
        self.ensure_one()
        # settings of the service, which are no secret of its students
        process = self.sudo().process_id
        if not process.appeal_process_id or self.state not in DECIDED_REQUESTS:
            return self.env._("There is no appeal against this decision.")
        # one's own request has them
        if self.sudo().appeal_ids:
            return self.env._("You have appealed against this decision already.")
        if self._get_appeal_end() < fields.Datetime.now():
            return self.env._(
                "An appeal is taken within %(days)s days after the decision.",
                days=process.appeal_days,
            )
        return ""

    def _get_appeal_end(self):
        """Return until when (UTC) the student may object to the decision."""
        self.ensure_one()
        # settings of the service, which are no secret of its students
        days = self.sudo().process_id.appeal_days
        return (self.date_done or fields.Datetime.now()) + timedelta(days=days)

    def _portal_appeal(self, text, token=None):
        """Object to a decision: a new request in the process of appeals (row A7).

        :raise AccessError: the request is somebody else's
        :raise UserError: no appeal is possible now, or it gives no reason
        :return: the appeal, with elevated rights
        """
        self._check_portal_owner()
        if sent_sudo := self._get_by_token(token):
            return sent_sudo
        text = (text or "").strip()
        if not text:
            raise UserError(self.env._("Write why you object to the decision."))
        problem = self._get_appeal_problem()
        if problem:
            raise UserError(problem)
        # the requester was checked with the owner
        requester = self.sudo()._get_requester()
        self._lock_portal_submit(requester)
        # the service is no secret of its students; the owner was checked
        process = self.sudo().process_id.appeal_process_id
        process._check_takes_requests()
        vals = self._prepare_portal_vals(process, requester, {"note": text}, token)
        # only the engine creates requests; owner, state and time were checked
        Request_sudo = self.sudo().with_context(mail_create_nolog=True)
        appeal_sudo = Request_sudo.create({**vals, "appeal_of_id": self.id})
        appeal_sudo.env["sajad.engine"]._submit(appeal_sudo)
        return appeal_sudo.with_context(mail_create_nolog=False)
