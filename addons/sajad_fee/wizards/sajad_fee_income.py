from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.sajad_base.tools.clock import get_country_today

from ..tools import budget_year
from ..tools.rials import to_figures, to_words


class SajadFeeIncome(models.TransientModel):
    """The printed income of services in a budget year (rows D5, E4)."""

    _name = "sajad.fee.income"
    _description = "Print the Income of Services"

    year = fields.Selection(
        selection=lambda self: [(year, year) for year in budget_year.get_years()],
        string="Budget Year",
        required=True,
        default=lambda self: budget_year.get_year(get_country_today()),
    )
    university_id = fields.Many2one(
        "sajad.university", help="Empty: all whose fees you may see."
    )

    def action_print(self):
        """Print the income. Row E4"""
        self.ensure_one()
        report = self.env.ref("sajad_fee.sajad_fee_income_report")
        return report.report_action(self)

    def _get_rows(self):
        """Return [{service, university, count, paid, refunded, income}] of the year."""
        domain = Domain("year", "=", self.year)
        if self.university_id:
            domain &= Domain("university_id", "=", self.university_id.id)
        rows = {}
        groups = self.env["sajad.fee.payment"]._read_group(
            domain,
            ["process_id", "university_id", "kind"],
            ["amount:sum", "__count"],
            order="process_id, university_id",
        )
        for process, university, kind, amount, count in groups:
            row = rows.setdefault(
                (process, university),
                {
                    "service": process.name,
                    "university": university.name,
                    "count": 0,
                    "payment": 0,
                    "refund": 0,
                },
            )
            row[kind] += amount
            row["count"] += count if kind == "payment" else 0
        return list(rows.values())

    def _get_totals(self, rows):
        return {
            name: sum(row[name] for row in rows)
            for name in ("count", "payment", "refund")
        }

    def _get_figure(self, amount):
        return to_figures(self.env, amount)

    def _get_amount_words(self, amount):
        return to_words(self.env, amount)
