from odoo import api, fields, models

from odoo.addons.sajad_base.tools.clock import get_country_today

OPEN_DISPUTES = ("negotiation", "opinion")
# nothing comes after these
FINAL_DISPUTES = ("settled", "decided")
OUTCOMES = [
    ("upheld", "In Favour of the Recipient"),
    ("partly", "Partly in Favour of the Recipient"),
    ("rejected", "Against the Recipient"),
]


class SajadDispute(models.Model):
    """A dispute of the recipient about a closed request (row D6).

    A month of negotiation by the Jalali calendar, then the provider's final opinion.
    What happened stands in its entries, which are never changed.
    """

    _name = "sajad.dispute"
    _description = "Dispute"
    _inherit = ["sajad.client.guard"]
    _order = "id desc"
    _rec_names_search = ["name", "request_id"]

    name = fields.Char(string="Dispute Number", required=True, readonly=True)
    request_id = fields.Many2one(
        "sajad.request", required=True, readonly=True, index=True, ondelete="restrict"
    )
    # for lists of those who may not read the request
    process_id = fields.Many2one(
        "sajad.process", string="Service", required=True, readonly=True, index=True
    )
    university_id = fields.Many2one("sajad.university", required=True, readonly=True)
    scope_id = fields.Many2one(
        "sajad.scope",
        compute="_compute_scope_id",
        store=True,
        required=True,
        precompute=True,
        index=True,
        ondelete="restrict",
        help="The whole place, although fewer cartables may read the request.",
    )
    requester_name = fields.Char(related="request_id.requester_name")
    agreement_version_id = fields.Many2one(
        related="request_id.agreement_version_id", string="Agreement"
    )
    state = fields.Selection(
        [
            ("negotiation", "In Negotiation"),
            ("opinion", "Waits for the Final Opinion"),
            ("settled", "Settled"),
            ("decided", "Decided"),
            ("withdrawn", "Withdrawn"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="negotiation",
        group_expand=True,
    )
    claim = fields.Text(
        string="Reasons", required=True, readonly=True, help="Of the recipient."
    )
    wish = fields.Text(string="What Is Asked for", readonly=True)
    opened_by_id = fields.Many2one(
        "res.users", string="Opened by", required=True, readonly=True
    )
    date_open = fields.Datetime(string="Opened on", required=True, readonly=True)
    date_until = fields.Date(
        string="Negotiation until",
        required=True,
        readonly=True,
        help="The last day of the month of negotiation.",
    )
    date_end = fields.Datetime(string="Ended on", readonly=True)
    date_reminded = fields.Date(readonly=True, help="When both were last reminded.")
    entry_ids = fields.One2many("sajad.dispute.entry", "dispute_id", string="History")
    recipient_offer_id = fields.Many2one(
        "sajad.dispute.entry", string="Offer of the Recipient", readonly=True
    )
    provider_offer_id = fields.Many2one(
        "sajad.dispute.entry", string="Offer of the Provider", readonly=True
    )
    outcome = fields.Selection(OUTCOMES, readonly=True)
    opinion = fields.Text(string="Final Opinion", readonly=True)
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)

    _name_uniq = models.Constraint("unique(name)", "This dispute number is in use.")
    _open_uniq = models.UniqueIndex(
        "(request_id) WHERE state IN ('negotiation', 'opinion')",
        "There is an open dispute on this request already.",
    )
    _due_idx = models.Index("(date_until) WHERE state IN ('negotiation', 'opinion')")

    @api.depends("request_id")
    def _compute_scope_id(self):
        for dispute in self:
            scope = dispute.request_id.scope_id
            dispute.scope_id = scope.whole_id or scope

    @api.depends_context("lang")
    @api.depends("name")
    def _compute_display_name(self):
        for dispute in self:
            dispute.display_name = self.env._("Dispute %(number)s", number=dispute.name)

    def _get_client_refusal(self):
        return self.env._("Disputes change only through what both sides do.")

    def _is_open(self):
        """Whether the dispute has not ended."""
        self.ensure_one()
        return self.state in OPEN_DISPUTES

    def _is_negotiable(self):
        """Whether both sides may still write, offer and accept."""
        self.ensure_one()
        return self._is_open() and get_country_today() <= self.date_until

    def action_open_request(self):
        """Open the request that the dispute is about (row D6)."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "sajad.request",
            "res_id": self.request_id.id,
            "views": [(False, "form")],
        }
