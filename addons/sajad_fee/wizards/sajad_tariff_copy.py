from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.sajad_base.tools.clock import get_country_today

from ..tools import budget_year


class SajadTariffCopy(models.TransientModel):
    """Copies the tariffs of a budget year into another, with a percentage (row D5).

    What it would make is shown first, and can be changed row by row.
    """

    _name = "sajad.tariff.copy"
    _description = "Copy the Tariffs of a Year"

    year_from = fields.Selection(
        selection=lambda self: [(year, year) for year in budget_year.get_years()],
        string="From the Budget Year",
        required=True,
        default=lambda self: budget_year.get_year(get_country_today()),
    )
    year_to = fields.Selection(
        selection=lambda self: [(year, year) for year in budget_year.get_years()],
        string="Into the Budget Year",
        required=True,
        compute="_compute_year_to",
        store=True,
        readonly=False,
        precompute=True,
    )
    percentage = fields.Float(
        string="Increase (%)", help="Below zero: less. Zero: the same amounts."
    )
    rounding = fields.Integer(
        string="Rounded to (Rials)", default=10000, help="Up or down, to the nearest."
    )
    line_ids = fields.One2many(
        "sajad.tariff.copy.line",
        "wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("year_from")
    def _compute_year_to(self):
        for wizard in self.filtered("year_from"):
            year = str(int(wizard.year_from) + 1)
            wizard.year_to = year if year in budget_year.get_years() else False

    @api.depends("year_from", "year_to", "percentage", "rounding")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [Command.clear()] + [
                Command.create(wizard._prepare_line(tariff))
                for tariff in wizard._get_last_rows()
            ]

    def _get_last_rows(self):
        """Return the rows that are in force at the end of the first year."""
        if not self.year_from:
            return self.env["sajad.tariff"]
        last = budget_year.get_last_day(self.year_from)
        domain = [("year", "=", self.year_from), ("date_end", "=", last)]
        return self.env["sajad.tariff"].search(domain)

    def _prepare_line(self, tariff):
        amount = round(tariff.amount * (1 + self.percentage / 100))
        step = max(self.rounding, 1)
        return {
            "tariff_id": tariff.id,
            "new_amount": (amount + step // 2) // step * step,
            "is_taken": self._is_there(tariff),
        }

    def _is_there(self, tariff):
        """Whether the other year has a row of this service and condition already."""
        domain = [
            ("year", "=", self.year_to),
            ("process_id", "=", tariff.process_id.id),
            ("condition", "=", tariff.condition),
        ]
        return bool(self.env["sajad.tariff"].search_count(domain, limit=1))

    def action_apply(self):
        """Make the rows that the preview shows; what is there already stays. Row D5

        :raise AccessError: the user keeps no tariffs
        :raise UserError: there is nothing to copy, or an amount below zero
        """
        self.ensure_one()
        if not self.env["sajad.tariff"].has_access("create"):
            raise AccessError(self.env._("Only fee officers keep tariffs."))
        lines = self.line_ids.filtered(lambda line: not self._is_there(line.tariff_id))
        if not lines or self.year_from == self.year_to:
            raise UserError(self.env._("There is nothing to copy."))
        for line in lines:
            line.tariff_id.copy(
                {
                    "year": self.year_to,
                    "date_start": budget_year.get_first_day(self.year_to),
                    "date_end": budget_year.get_last_day(self.year_to),
                    "amount": line.new_amount,
                }
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_fee.sajad_tariff_action"
        )
        action["domain"] = [("year", "=", self.year_to)]
        return action
