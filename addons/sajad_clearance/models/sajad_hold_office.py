from num2words import CONVERTER_CLASSES, num2words

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools.misc import formatLang

from odoo.addons.sajad_base.engine.states import OPEN_REQUESTS

# what the history names when a person corrects it
TOLD_FIELDS = ("description", "amount", "kind", "date", "item_reference")
# what a person may say of a new hold
CREATE_FIELDS = {"student_id", "office_id", "shown_to_student", *TOLD_FIELDS}


class SajadHold(models.Model):
    """Holds as their office works with them (row B7): who may, how it looks."""

    _inherit = "sajad.hold"

    student_number = fields.Char(related="student_id.student_number")
    faculty_id = fields.Many2one(
        related="student_id.faculty_id", store=True, string="Faculty"
    )
    office_ids = fields.Many2many(
        "sajad.office", compute="_compute_office_ids", string="Own Offices"
    )
    amount_text = fields.Char(compute="_compute_texts", string="In Words")
    residual_text = fields.Char(compute="_compute_texts", string="Left, in Words")
    date_next = fields.Date(
        string="Next Instalment",
        compute="_compute_date_next",
        store=True,
        help="When the first instalment that is not covered is due.",
    )
    is_late = fields.Boolean(
        string="Instalment Late", compute="_compute_is_late", search="_search_is_late"
    )
    date_told = fields.Date(
        readonly=True, help="The late instalment of which everybody was told."
    )
    can_decide = fields.Boolean(compute="_compute_can_decide")
    has_passed = fields.Boolean(
        compute="_compute_has_passed",
        help="A running clearance of the student has passed this office already.",
    )

    _late_idx = models.Index("(date_next) WHERE state = 'planned'")

    @api.depends_context("uid")
    def _compute_office_ids(self):
        self.office_ids = self.env["sajad.office"]._get_decided()

    @api.depends_context("lang")
    @api.depends("amount", "residual")
    def _compute_texts(self):
        for hold in self:
            hold.amount_text = self._get_amount_words(hold.amount)
            hold.residual_text = self._get_amount_words(hold.residual)

    @api.model
    def _get_amount_words(self, amount):
        """Return rials in words of the language of the user, or an empty text."""
        if not amount:
            return ""
        code = (self.env.lang or "en_US").partition("_")[0]
        words = num2words(
            round(amount), lang=code if code in CONVERTER_CLASSES else "en"
        )
        return self.env._("%(words)s rials", words=words)

    def _get_figure(self, amount):
        """Return rials in digits, grouped by thousands."""
        return self.env._(
            "%(amount)s rials", amount=formatLang(self.env, amount, digits=0)
        )

    @api.depends("amount", "paid_amount", "instalment_ids.amount")
    def _compute_date_next(self):
        for hold in self:
            plan = hold.instalment_ids.sorted("date_due")
            # what was paid before the plan is not part of it
            left = hold.paid_amount - (hold.amount - sum(plan.mapped("amount")))
            hold.date_next = False
            for instalment in plan:
                left -= instalment.amount
                if left < 0:
                    hold.date_next = instalment.date_due
                    break

    @api.depends("state", "date_next")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for hold in self:
            hold.is_late = bool(
                hold.state == "planned" and hold.date_next and hold.date_next < today
            )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("state", "=", "planned") & Domain("date_next", "<", "today")
        return late if True in value else ~late

    @api.depends_context("uid")
    @api.depends("office_id", "student_id")
    def _compute_can_decide(self):
        offices = self.env["sajad.office"]._get_decided()
        for hold in self:
            hold.can_decide = not hold._get_office_problem(offices)

    @api.depends("state", "student_id", "office_id")
    def _compute_has_passed(self):
        live = self.filtered(lambda hold: hold.state == "open")
        tasks = (
            self.env["sajad.task"]
            # that the own office passed is known to it
            .sudo()
            .search(
                [
                    ("request_id.student_id", "in", live.student_id.ids),
                    ("request_id.state", "in", OPEN_REQUESTS),
                    ("cartable_id.office_id", "in", live.office_id.ids),
                    ("current", "=", True),
                    ("state", "=", "done"),
                ]
            )
        )
        passed = {
            (t.request_id.student_id.id, t.cartable_id.office_id.id) for t in tasks
        }
        for hold in self:
            key = (hold.student_id.id, hold.office_id.id)
            hold.has_passed = hold in live and key in passed

    # ------------------------------------------------------------
    # WHO DECIDES
    # ------------------------------------------------------------

    def _get_office_problem(self, offices):
        """Return why the user does not decide on the hold, or an empty text."""
        # the person of a student is compared, whatever the user may read of it
        hold = self.sudo()
        if hold.office_id.id not in offices.ids:
            return self.env._("You are not in charge of this office.")
        if hold.student_id.partner_id == self.env.user.sudo().partner_id:
            return self.env._("Nobody decides on an own hold.")
        return ""

    def _check_office(self):
        """Refuse users who do not decide in the office of every hold today.

        :raise AccessError: a hold of another office, seen only, or the user's own
        """
        self.check_access("read")
        offices = self.env["sajad.office"]._get_decided()
        for hold in self:
            if problem := hold._get_office_problem(offices):
                raise AccessError(problem)

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        if any(set(vals) - CREATE_FIELDS for vals in vals_list):
            raise AccessError(
                self.env._("A hold changes only through payments and decisions.")
            )
        # a default in the context would write any field
        context = {
            key: value
            for key, value in self.env.context.items()
            if not key.startswith("default_")
        }
        # pylint: disable-next=context-overridden
        clean = self.with_context(context)
        holds = super(SajadHold, clean).create(vals_list)
        holds = holds.with_env(self.env)
        holds._check_office()
        return holds

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._check_office()
        before = {hold: hold._get_told_values(vals) for hold in self}
        result = super().write(vals)
        for hold in self:
            note = hold._get_change_note(before[hold], hold._get_told_values(vals))
            if note:
                # the history is written by the model alone
                hold.sudo()._log("changed", note=note)
        return result

    def _get_told_values(self, vals):
        """Return {label: value in words} of the fields that a person changes."""
        return {
            self._fields[name]._description_string(self.env): self._get_told_value(name)
            for name in TOLD_FIELDS
            if name in vals
        }

    def _get_told_value(self, name):
        value = self[name]
        if name == "amount":
            return self._get_figure(value)
        if name == "date":
            return tools.format_date(self.env, value)
        if name == "kind":
            return dict(self._fields[name]._description_selection(self.env))[value]
        return value or "-"

    def _get_change_note(self, before, after):
        return "\n".join(
            # words read in either direction
            self.env._(
                "%(label)s: %(old)s, now %(new)s",
                label=label,
                old=before[label],
                new=value,
            )
            for label, value in after.items()
            if value != before[label]
        )

    def action_decide(self):
        """Open the dialog of decisions for one hold or many (row B7).

        The context key `default_decision` names the decision.

        :raise AccessError: the user does not decide in the office of a hold
        """
        self._check_office()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decide on a Hold"),
            "res_model": "sajad.hold.decide",
            "view_mode": "form",
            "target": "new",
            "context": {**self.env.context, "default_hold_ids": self.ids},
        }

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
                hold=hold,
                number=number,
            )
        return self.env._(
            "%(hold)s: %(amount)s are left, in instalments until %(date)s.",
            hold=hold,
            amount=self._get_figure(amount),
            date=date,
        )
