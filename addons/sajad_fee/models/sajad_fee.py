from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from odoo.addons.sajad_base.tools.clock import get_country_today

from ..tools.rials import get_currency_id, to_figures, to_words

WAITING_DAYS = 14
DAYS_PARAMETER = "sajad_fee.waiting_days"


class SajadFee(models.Model):
    """What one request costs, fixed when it is made, and how it stands (row D5).

    The request stays a draft until the money has come. Money is never lost: what
    comes too late, twice, or for a request that nobody took goes back, and is listed
    until it has.
    """

    _name = "sajad.fee"
    _description = "Fee of a Request"
    _inherit = ["sajad.client.guard", "sajad.payable"]
    _transaction_path = "sajad_fee_id"
    _order = "id desc"
    _rec_name = "request_id"

    request_id = fields.Many2one(
        "sajad.request", required=True, readonly=True, index=True, ondelete="restrict"
    )
    process_id = fields.Many2one(
        "sajad.process",
        string="Service",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    university_id = fields.Many2one(
        "sajad.university",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Asked by",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    requester_name = fields.Char(related="request_id.requester_name")
    tariff_id = fields.Many2one(
        "sajad.tariff",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The row that priced the request. Later rows change nothing here.",
    )
    year = fields.Selection(related="tariff_id.year", store=True)
    amount = fields.Monetary(required=True, readonly=True)
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        readonly=True,
        default=lambda self: get_currency_id(self.env),
    )
    date = fields.Date(string="Priced on", required=True, readonly=True)
    date_limit = fields.Date(
        string="To Be Paid until",
        required=True,
        readonly=True,
        help="The last day; unpaid requests are cancelled after it.",
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting for Payment"),
            ("paid", "Paid"),
            ("waived", "Waived"),
            ("refund", "To Be Refunded"),
            ("refunded", "Refunded"),
            ("void", "Not Paid"),
        ],
        string="Status",
        compute="_compute_state",
        store=True,
        index=True,
    )
    payment_ids = fields.One2many("sajad.fee.payment", "fee_id", readonly=True)
    paid_amount = fields.Monetary(compute="_compute_state", store=True)
    residual = fields.Monetary(string="Left", compute="_compute_state", store=True)
    refundable = fields.Monetary(
        string="Refund Due",
        compute="_compute_state",
        store=True,
        help="What has come and is not owed: it goes back.",
    )
    waive_reason = fields.Text(string="Why Waived", readonly=True)
    waived_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    date_waived = fields.Datetime(string="Waived on", readonly=True)
    waive_file_ids = fields.Many2many(
        "ir.attachment", string="Document of the Waiver", readonly=True
    )
    transaction_ids = fields.One2many(
        "payment.transaction", "sajad_fee_id", groups="base.group_system"
    )

    _request_uniq = models.UniqueIndex("(request_id)", "A request is priced once.")
    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "A fee is an amount above zero."
    )
    _refund_idx = models.Index("(id) WHERE refundable > 0")
    _waiting_idx = models.Index("(date_limit) WHERE state = 'waiting'")

    @api.depends(
        "amount", "date_waived", "request_id.state", "payment_ids.signed_amount"
    )
    def _compute_state(self):
        for fee in self:
            paid = sum(fee.payment_ids.mapped("signed_amount"))
            ended = fee.request_id.state == "cancelled"
            owed = 0 if ended or fee.date_waived else fee.amount
            fee.paid_amount = paid
            fee.refundable = max(paid - owed, 0)
            fee.state = fee._get_state(ended, paid)
            fee.residual = fee.amount - paid if fee.state == "waiting" else 0

    def _get_state(self, ended, paid):
        if ended and paid > 0:
            return "refund"
        if ended and self.payment_ids:
            return "refunded"
        if self.date_waived:
            return "waived"
        if ended:
            return "void"
        return "paid" if paid >= self.amount else "waiting"

    def _get_client_refusal(self):
        return self.env._("A fee changes only through payments and decisions.")

    # ------------------------------------------------------------
    # PRICE
    # ------------------------------------------------------------

    @api.model
    def _price(self, requests):
        """Fix what drafts cost, once; return those that have to be paid first.

        Called by the engine, with elevated rights.
        """
        fees = requests.fee_ids
        vals_list = []
        for request in requests - fees.request_id:
            tariff = request.process_id._get_tariff(request)
            if tariff.amount:
                vals_list.append(self._prepare_fee(request, tariff))
        new = self.create(vals_list)
        new._tell("fee_waiting")
        return (fees | new).filtered(lambda fee: fee.state == "waiting").request_id

    @api.model
    def _prepare_fee(self, request, tariff):
        today = get_country_today()
        return {
            "request_id": request.id,
            "process_id": request.process_id.id,
            "university_id": request.university_id.id,
            "partner_id": request.partner_id.id,
            "tariff_id": tariff.id,
            "amount": tariff.amount,
            "date": today,
            "date_limit": today + timedelta(days=self._get_waiting_days()),
        }

    @api.model
    def _get_waiting_days(self):
        """Return for how many days a draft waits for its payment, one or more."""
        # a setting of the system, which is the same for everybody
        Parameter_sudo = self.env["ir.config_parameter"].sudo()
        text = Parameter_sudo.get_param(DAYS_PARAMETER, "")
        return max(int(text), 1) if text.isdecimal() else WAITING_DAYS

    # ------------------------------------------------------------
    # MONEY
    # ------------------------------------------------------------

    def _lock(self):
        """Let what happens to fees at one moment happen one after the other.

        Who comes second waits; where the first changed something, the database fails
        to serialize, and Odoo tries again.
        """
        self.env.execute_query(
            SQL(
                "SELECT id FROM sajad_fee WHERE id IN %s ORDER BY id FOR UPDATE",
                tuple(self.ids),
            )
        )

    def _record(self, kind, amount, reference, transaction=None, **values):
        """Record money that came or went back. With elevated rights, on locked fees."""
        self.ensure_one()
        payment = self.env["sajad.fee.payment"].create(
            {
                "fee_id": self.id,
                "process_id": self.process_id.id,
                "university_id": self.university_id.id,
                "year": self.year,
                "kind": kind,
                "amount": amount,
                "reference": reference,
                "date": get_country_today(),
                "partner_id": (transaction or self).partner_id.id,
                "transaction_id": transaction.id if transaction else False,
                **values,
            }
        )
        self.env.flush_all()
        return payment

    def _go_on(self):
        """Submit the request of a fee that is paid or waived.

        What cannot be taken any more is cancelled, so that the money goes back.
        """
        self.ensure_one()
        request = self.request_id
        if self.state not in ("paid", "waived") or request.state != "draft":
            self._tell_refund()
            return
        # history names who asked, not the job that found the money
        user = request.partner_id.user_ids[:1]
        # the engine's rights go on, as nobody decides here
        engine = (self.with_user(user).sudo() if user else self).env["sajad.engine"]
        try:
            with self.env.cr.savepoint():
                engine._submit(request.with_env(engine.env))
        except UserError as error:
            self.env.invalidate_all()
            engine._cancel(request.with_env(engine.env), str(error))
            return
        self._tell_refund()

    def _tell_refund(self):
        """Tell whose money goes back."""
        if self.refundable:
            self._tell("fee_refund")

    # ------------------------------------------------------------
    # TEXTS
    # ------------------------------------------------------------

    def _tell(self, kind):
        """Tell the requesters of fees something."""
        self.env["sajad.notice"]._queue_many(
            [
                {
                    "kind": kind,
                    "partner_id": partner.id,
                    "request_id": fee.request_id.id,
                }
                for fee in self
                for partner in fee.request_id._get_contacts()
            ]
        )

    def _get_figure(self, amount):
        return to_figures(self.env, amount)

    def _get_amount_words(self, amount):
        return to_words(self.env, amount)

    def _get_limit_text(self):
        """Return the last day to pay, in the calendar of the reader."""
        self.ensure_one()
        return format_date(self.env, self.date_limit)
