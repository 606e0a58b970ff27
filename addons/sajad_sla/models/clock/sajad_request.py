from odoo import api, fields, models

from ...engine.spans import METRICS

# said by people, in the portal or by e-mail; what the system says is no answer
SPOKEN = ("comment", "email")


class SajadRequest(models.Model):
    """What was promised of a request, and who spoke last (row D4)."""

    _inherit = "sajad.request"

    sla_clock_ids = fields.One2many(
        "sajad.sla.clock", "request_id", string="Promised Times"
    )
    sla_state = fields.Selection(
        [
            ("running", "In Time"),
            ("risk", "At Risk"),
            ("late", "Late"),
            ("paused", "Stands"),
            ("met", "Met in Time"),
            ("missed", "Not in Time"),
        ],
        string="Promised Time",
        readonly=True,
        copy=False,
        help="Of the most urgent clock of the request.",
    )
    sla_deadline = fields.Datetime(
        string="Promised Until",
        readonly=True,
        copy=False,
        help="The next moment by which something was promised.",
    )

    _sla_idx = models.Index(
        "(sla_deadline, id) WHERE sla_state IN ('running', 'risk', 'late')"
    )

    def write(self, vals):
        """Let clocks follow what conditions of promises ask for."""
        result = super().write(vals)
        Policy = self.env["sajad.sla.policy"]
        if not Policy._get_condition_fields().isdisjoint(vals):
            # clocks are the keeper's own
            self.env["sajad.sla.keeper"].sudo()._reconsider(self.sudo())
        return result

    @api.model
    def _get_priority_fields(self):
        """Hook: the fields by which a request has its priority."""
        return ()

    def _get_promise_priority(self):
        """Hook: the priority by which something is promised, or nothing."""
        self.ensure_one()
        return False

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        if self and (kind := self._get_spoken_kind(message)):
            self.env["sajad.engine"]._hear(self, kind)
        return result

    def _get_spoken_kind(self, message):
        """Hook: the kind of event that a message is, or an empty text.

        Notes between offices and what the system sends are none.
        """
        self.ensure_one()
        if message.message_type not in SPOKEN or self.state == "draft":
            return ""
        if message.is_internal or message.subtype_id.internal or not message.subtype_id:
            return ""
        author = message.author_id
        if author in self._get_contacts() | self.partner_id:
            return "wrote"
        # who works here is no secret of the system
        users_sudo = author.sudo().user_ids
        return "replied" if any(not user.share for user in users_sudo) else ""

    def _get_portal_promise(self):
        """Return until when something is promised, for the requester.

        The caller has checked access to the request.

        :return: {"metric", "deadline", "paused", "late"} of each open clock
        :rtype: list
        """
        self.ensure_one()
        # requesters read no clocks
        Clock_sudo = self.env["sajad.sla.clock"].sudo()
        clocks_sudo = Clock_sudo.search_fetch(
            [("request_id", "=", self.id), ("state", "in", ("running", "paused"))]
        )
        return [
            {
                "metric": clock.metric,
                "deadline": clock.date_deadline,
                "paused": clock.state == "paused",
                "late": clock.is_late,
            }
            for clock in clocks_sudo.sorted(lambda c: METRICS.index(c.metric))
        ]
