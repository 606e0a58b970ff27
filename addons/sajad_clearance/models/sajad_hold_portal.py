from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sajad_base.tools.sentences import within_quotes
from odoo.addons.sajad_fee.tools import rials

from ..tools.hold_sums import add_up
from .sajad_hold_decision import LIVE_STATES

# Banks refuse smaller amounts, and nobody pays a debt coin by coin.
MIN_PART = 100000
MAX_HOLDS = 50
# What asks the student to act comes first.
SEQUENCE = {"open": 0, "planned": 1, "guaranteed": 2}


class SajadHold(models.Model):
    """What the student sees of a hold, pays online and objects to, and in which words
    (row B7)."""

    _inherit = "sajad.hold"
    _transaction_path = "hold_line_ids.hold_id"

    amount_text = fields.Char(compute="_compute_texts", string="In Words")
    residual_text = fields.Char(compute="_compute_texts", string="Left, in Words")
    portal_sequence = fields.Integer(compute="_compute_portal_sequence", store=True)

    @api.depends("state")
    def _compute_portal_sequence(self):
        for hold in self:
            hold.portal_sequence = SEQUENCE.get(hold.state, 3)

    def _portal_dispute(self, reason, files=(), kept=None):
        """Object as the student, with files that were checked.

        :raise UserError: no reason, an open objection, or the hold is closed
        """
        self.ensure_one()
        self._dispute(reason)
        papers = self.env["sajad.upload"]._attach(self, files, kept)
        self.dispute_file_ids = [fields.Command.link(file.id) for file in papers]

    # ------------------------------------------------------------
    # WHAT CAN BE PAID
    # ------------------------------------------------------------

    @api.model
    def _get_payable_domain(self):
        """Return which holds can be paid online: debts of which something is left.

        An item or a document is brought and not bought.
        """
        return (
            Domain("kind", "=", "debt")
            & Domain("state", "in", LIVE_STATES)
            & Domain("residual", ">", 0)
        )

    def _filter_payable(self):
        return self.filtered_domain(self._get_payable_domain())

    def _get_next_amount(self):
        """Return what is left of the next instalment of a plan, or 0."""
        self.ensure_one()
        if self.state != "planned":
            return 0
        instalment = self._get_next_instalment()
        return min(instalment.amount - instalment.covered_amount, self.residual)

    def _get_min_part(self):
        """Return the smallest part of a debt that can be paid online."""
        self.ensure_one()
        return min(MIN_PART, self.residual)

    def _get_pay_amounts(self, amount=None):
        """Return {hold: amount} for a payment of all that is left, or of a part.

        :param amount: rials, for one hold only; None for all that is left
        :raise UserError: nothing is left, or the part is too small or too large
        """
        payable = self._filter_payable()
        if not payable or payable != self:
            raise UserError(
                self.env._("There is nothing to pay: the debt changed meanwhile.")
            )
        if amount is None:
            return {hold: hold.residual for hold in self}
        if len(self) > 1:
            raise UserError(self.env._("A part is paid for one debt at a time."))
        least, most = self._get_min_part(), self.residual
        # the next instalment may be smaller than other parts
        is_next = amount > 0 and amount == self._get_next_amount()
        if not is_next and not least <= amount <= most:
            raise UserError(
                self.env._(
                    "Enter an amount between %(least)s and %(most)s.",
                    least=self._get_figure(least),
                    most=self._get_figure(most),
                )
            )
        return {self: amount}

    # ------------------------------------------------------------
    # TEXTS
    # ------------------------------------------------------------

    @api.depends_context("lang")
    @api.depends("amount", "residual")
    def _compute_texts(self):
        for hold in self:
            hold.amount_text = self._get_amount_words(hold.amount)
            hold.residual_text = self._get_amount_words(hold.residual)

    @api.model
    def _get_amount_words(self, amount):
        return rials.to_words(self.env, amount)

    @api.model
    def _get_figure(self, amount):
        return rials.to_figures(self.env, amount)

    def _get_portal_title(self):
        """Return what the student reads: cases are told only where the office says."""
        self.ensure_one()
        if self.kind == "discipline" and not self.shown_to_student:
            return self.env._("Disciplinary case")
        return self.description

    def _get_portal_kind(self):
        """Return how it stands, for badge and order: open, late, planned, closed."""
        self.ensure_one()
        if self.state == "planned" and any(self.instalment_ids.mapped("is_late")):
            return "late"
        return self.state

    def _get_visit(self):
        """Return (place, hours) of the office: those of the first cartable with any."""
        self.ensure_one()
        cartables = self.office_id.cartable_ids
        cartable = cartables.filtered(lambda c: c.visit_place or c.visit_hours)[:1]
        return cartable.visit_place, cartable.visit_hours

    @api.model
    def _get_duties(self, student, roles):
        """Return what the student has to do about open holds of offices of these roles.

        A late instalment keeps no office back, and waits for the student all the same.
        Cases of discipline are no errand; their office calls the student.

        :return: a list as of `sajad.request._get_duties`
        """
        # of the own study, asked for with the own request
        holds_sudo = self.sudo().search(
            Domain("student_id", "=", student.id)
            & Domain("office_id.role_id", "in", roles.ids)
            & (Domain("state", "=", "open") | Domain("is_late", "=", True))
            & Domain("kind", "!=", "discipline")
        )
        # what the bank is confirming is not paid again
        holds_sudo -= holds_sudo._get_being_confirmed()
        return [hold._get_duty() for hold in holds_sudo]

    def _get_duty(self):
        """Return what the student has to do about the hold, and where (row B7)."""
        self.ensure_one()
        place, hours = self._get_visit()
        title = self._get_portal_title()
        if self.state == "planned":
            text = self.env._(
                "Pay the late instalment of %(amount)s: %(hold)s",
                amount=self._get_figure(self._get_next_amount()),
                hold=title,
            )
        elif self.kind == "debt":
            text = self.env._(
                "Pay %(amount)s: %(hold)s",
                amount=self._get_figure(self.residual),
                hold=title,
            )
        elif self.kind == "item":
            text = self.env._("Return: %(hold)s", hold=title)
        else:
            text = self.env._("Bring: %(hold)s", hold=title)
        return {
            "text": text,
            "office": self._get_office_name(),
            "place": place or "",
            "hours": hours or "",
            "until": self.date_next if self.kind == "debt" else False,
            "url": f"/my/holds/{self.id}",
        }

    def _get_office_name(self):
        """Return the office as the steps of a clearance name it, not its expert."""
        self.ensure_one()
        role = self.office_id.role_id
        stages = self.office_id.cartable_ids.process_id.stage_ids
        return (
            stages.filtered(lambda stage: stage.role_id == role)[:1].name or role.name
        )

    @api.model
    def _get_home_counts(self):
        """Return how many own holds are open, and the rials that can be paid.

        What the bank is confirming is told and not paid again: {"count", "amount",
        "confirming"}.
        """
        own = Domain("partner_id", "=", self.env.user.partner_id.id)
        own &= Domain("state", "in", LIVE_STATES)
        # own holds only: the domain names their owner
        Hold_sudo = self.sudo()
        count, debts, tried = add_up(Hold_sudo, own)
        # nobody began to pay any: nothing is being confirmed
        confirming_sudo = (
            Hold_sudo._search_being_confirmed(own) if tried else self.browse()
        )
        # nothing is owed below zero: what is payable are the debts
        confirmed = sum(confirming_sudo._filter_payable().mapped("residual"))
        return {
            "count": count,
            "amount": debts - confirmed,
            "confirming": len(confirming_sudo),
        }

    @api.model
    def _search_being_confirmed(self, domain):
        """Return those of a domain of which the bank is confirming a payment.

        Called with elevated rights. Only those that somebody began to pay are read.
        """
        Line = self.env["sajad.hold.transaction.line"]
        lines = Line._search(Domain("hold_id", "any", domain))
        tried = self.search(Domain("id", "in", lines.subselect("hold_id")))
        return tried._get_being_confirmed()

    def _get_being_confirmed(self):
        """Return those of which the bank is confirming a payment."""
        return self & self._get_confirming().hold_line_ids.hold_id

    def _get_late_note(self):
        """Return what the student is told of a late instalment."""
        text = self.env._(
            "An instalment of “%(hold)s” at %(office)s was due on %(date)s and is not "
            "paid. %(amount)s are left.",
            hold=within_quotes(self.description),
            office=self.office_id.display_name,
            date=tools.format_date(self.env, self.date_next),
            amount=self._get_figure(self.residual),
        )
        if self.state == "open":
            text += " " + self.env._("It holds your clearance up again.")
        return text

    # ------------------------------------------------------------
    # CONDITIONS
    # ------------------------------------------------------------

    def _get_condition(self, title=""):
        """Return the sentence that a clearance names a guarantee or a plan with.

        :param str title: what the reader may know of the hold, if not its description
        """
        return self._get_condition_text(
            self.state,
            hold=title or self.description,
            number=self.decision_reference,
            amount=self.residual,
            date=tools.format_date(self.env, self._get_last_due()),
        )

    def _get_last_due(self):
        return max(self.instalment_ids.mapped("date_due"), default=self.date)

    def _prepare_condition(self):
        """Return what a certificate keeps of it; the student may know the title."""
        return {
            "state": self.state,
            "title": self._get_portal_title(),
            "number": self.decision_reference,
            "amount": self.residual,
            "date": fields.Date.to_string(self._get_last_due()),
        }

    @api.model
    def _get_condition_text(self, state, hold, number, amount, date):
        if state == "guaranteed":
            return self.env._(
                "%(hold)s is guaranteed by document %(number)s.",
                hold=within_quotes(hold),
                number=number,
            )
        return self.env._(
            "%(hold)s: %(amount)s are left, in instalments until %(date)s.",
            hold=within_quotes(hold),
            amount=self._get_figure(amount),
            date=date,
        )
