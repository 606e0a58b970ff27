from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from odoo.addons.sajad_base.tools.clock import get_country_today
from odoo.addons.sajad_base.tools.conditions import filter_condition, spell_condition

from ..tools import budget_year
from ..tools.rials import get_currency_id, to_figures

# a row that priced a request says this for ever
FROZEN = frozenset({"process_id", "year", "amount", "condition", "date_start"})


class SajadTariff(models.Model):
    """What a service costs in a Jalali budget year, and whom (row D5).

    The first row whose condition holds is the price; without a row a service is free
    of charge. A row that priced a request stays as it was: it is ended, and another
    one goes on.
    """

    _name = "sajad.tariff"
    _description = "Tariff"
    _inherit = ["sajad.date.guard"]
    _order = "year desc, process_id, sequence, date_start, id"

    process_id = fields.Many2one(
        "sajad.process", string="Service", required=True, index=True, ondelete="cascade"
    )
    year = fields.Selection(
        selection=lambda self: [(year, year) for year in budget_year.get_years()],
        string="Budget Year",
        required=True,
        default=lambda self: budget_year.get_year(get_country_today()),
        help="From 1 Farvardin to the last day of Esfand.",
    )
    sequence = fields.Integer(
        default=10, help="The first row whose condition holds is the price."
    )
    name = fields.Char(
        string="Who Pays",
        translate=True,
        help="In words, for the catalogue, such as “Doctoral students”. Empty: all "
        "others.",
    )
    condition = fields.Char(
        string="Only for",
        help="Which requests cost this, as a domain. Empty: all others.",
    )
    amount = fields.Monetary(required=True, help="In rials. Zero: free of charge.")
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        readonly=True,
        default=lambda self: get_currency_id(self.env),
    )
    note = fields.Char(
        translate=True, help="What the fee is for, told in the catalogue."
    )
    date_start = fields.Date(
        string="From",
        required=True,
        compute="_compute_date_start",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_end = fields.Date(
        string="Until",
        required=True,
        compute="_compute_date_end",
        store=True,
        readonly=False,
        precompute=True,
        help="The last day on which requests are priced by this row.",
    )
    replaces_id = fields.Many2one(
        "sajad.tariff",
        string="Instead of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The row that ends on the day before this one begins.",
    )
    is_used = fields.Boolean(compute="_compute_is_used")

    _amount_positive = models.Constraint(
        "CHECK(amount >= 0)", "A fee cannot be negative."
    )
    _dates_order = models.Constraint(
        "CHECK(date_start <= date_end)", "The tariff ends before it begins."
    )
    _row_uniq = models.UniqueIndex(
        "(process_id, COALESCE(condition, ''), date_start)",
        "There is a tariff of this service from this day already.",
    )

    @api.depends("year")
    def _compute_date_start(self):
        for tariff in self.filtered("year"):
            tariff.date_start = budget_year.get_first_day(tariff.year)

    @api.depends("year")
    def _compute_date_end(self):
        for tariff in self.filtered("year"):
            tariff.date_end = budget_year.get_last_day(tariff.year)

    @api.depends("process_id", "year", "amount", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for tariff in self:
            parts = [tariff.process_id.name, tariff.name, tariff.year]
            parts.append(to_figures(self.env, tariff.amount))
            tariff.display_name = " · ".join(part for part in parts if part)

    def _compute_is_used(self):
        used = self._get_last_days()
        for tariff in self:
            tariff.is_used = tariff._origin in used

    # ------------------------------------------------------------
    # RULES
    # ------------------------------------------------------------

    @api.constrains("name", "condition")
    def _check_name(self):
        for tariff in self:
            if tariff.condition and not tariff.name:
                raise ValidationError(
                    self.env._("Say in words who pays %s.", tariff.display_name)
                )

    @api.constrains("process_id", "condition", "date_start", "date_end", "year")
    def _check_dates(self):
        for tariff in self:
            first = budget_year.get_first_day(tariff.year)
            last = budget_year.get_last_day(tariff.year)
            if not first <= tariff.date_start <= tariff.date_end <= last:
                raise ValidationError(
                    self.env._("The days of a tariff lie in its budget year.")
                )
            if self.search_count(tariff._get_overlap_domain(), limit=1):
                raise ValidationError(
                    self.env._(
                        "%(tariff)s: another tariff with the same condition is in "
                        "force on these days. End it first.",
                        tariff=tariff.display_name,
                    )
                )

    def _get_overlap_domain(self):
        return [
            ("id", "!=", self.id),
            ("process_id", "=", self.process_id.id),
            ("condition", "=", self.condition),
            ("date_start", "<=", self.date_end),
            ("date_end", ">=", self.date_start),
        ]

    # ------------------------------------------------------------
    # WRITE
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._spell(vals)
            replaced = self.browse(vals.get("replaces_id"))
            if replaced and vals.get("date_start"):
                start = fields.Date.to_date(vals["date_start"])
                replaced.date_end = start - timedelta(days=1)
        return super().create(vals_list)

    def write(self, vals):
        """Change rows; those that priced a request keep what they said.

        :raise UserError: a row is in use, or ends before the last day that it priced
        """
        self._spell(vals)
        used = self.filtered("is_used")
        used._check_frozen(vals)
        result = super().write(vals)
        if "date_end" in vals:
            used._check_end()
        return result

    def _spell(self, vals):
        """Read a condition as all conditions are read; none is nothing at all."""
        if "condition" in vals:
            text = spell_condition(self.env, vals["condition"], "sajad.request")
            vals["condition"] = False if text in ("", "[]") else text

    def _check_frozen(self, vals):
        for tariff in self:
            values = tariff._convert_to_write(tariff.read(list(FROZEN & set(vals)))[0])
            if any(values[name] != vals[name] for name in FROZEN & set(vals)):
                raise UserError(
                    self.env._(
                        "%(tariff)s has priced requests and stays as it is. Use “New "
                        "Amount” to let another one go on.",
                        tariff=tariff.display_name,
                    )
                )

    def _check_end(self):
        last_days = self._get_last_days()
        for tariff in self:
            if tariff.date_end < last_days.get(tariff, tariff.date_end):
                raise UserError(
                    self.env._(
                        "%(tariff)s has priced requests until %(date)s; it ends on "
                        "that day or later.",
                        tariff=tariff.display_name,
                        date=format_date(self.env, last_days[tariff]),
                    )
                )

    def _get_last_days(self):
        """Return {row: the last day on which it priced a request}."""
        # that there are requests is no secret of those who see the tariff
        Fee_sudo = self.env["sajad.fee"].sudo()
        domain = [("tariff_id", "in", self._origin.ids)]
        groups = Fee_sudo._read_group(domain, ["tariff_id"], ["date:max"])
        return {self.browse(tariff.id): day for tariff, day in groups}

    # ------------------------------------------------------------
    # PRICES
    # ------------------------------------------------------------

    def _filter_in_force(self, day=None):
        """Return the rows by which requests of a day are priced, in their order."""
        day = day or get_country_today()
        return self.filtered(lambda t: t.date_start <= day <= t.date_end).sorted(
            lambda t: (not t.condition, t.sequence, t.id)
        )

    def _match(self, request):
        """Return the first row whose condition the request meets."""
        for tariff in self:
            if not tariff.condition or filter_condition(request, tariff.condition):
                return tariff
        return self.browse()

    def _get_text(self, alone=True):
        """Return what the row says in the catalogue.

        :param alone: whether no other row stands beside it
        """
        self.ensure_one()
        amount = to_figures(self.env, self.amount)
        if not self.amount:
            amount = self.env._("free of charge")
        text = amount
        if who := self.name or ("" if alone else self.env._("others")):
            text = self.env._("%(who)s: %(amount)s", who=who, amount=amount)
        return f"{text} ({self.note})" if self.note else text

    def action_replace(self):
        """Open a new row that goes on with another amount (row D5)."""
        self.ensure_one()
        start = max(get_country_today() + timedelta(days=1), self.date_start)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "name": self.env._("New Amount"),
            "context": {
                "default_process_id": self.process_id.id,
                "default_year": self.year,
                "default_sequence": self.sequence,
                "default_name": self.name,
                "default_condition": self.condition,
                "default_note": self.note,
                "default_date_start": fields.Date.to_string(start),
                "default_replaces_id": self.id,
            },
        }
