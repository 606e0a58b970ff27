from odoo import models, tools
from odoo.fields import Domain

MEASURES = (
    "met:sum",
    "missed:sum",
    "open_late:sum",
    "met_percent:avg",
    "used_mean:avg",
    "used_p50:avg",
    "used_p90:avg",
)


class SajadProcess(models.Model):
    """How a service keeps what it promised (row D4)."""

    _inherit = "sajad.process"

    def _has_priorities(self):
        """Hook: whether requests of the services have priorities; of none: of any."""
        return False

    def _get_sla_figures(self, date_from, date_to):
        """Return how promises of the services were kept, of rolled-up days.

        What is late and still open counts as not kept. Days are counted until
        yesterday; times are working hours.

        :return: of each metric with any figures {"metric", "label", "count",
            "met_percent", "mean_hours", "median_hours", "p90_hours", "open_breached"}
        :rtype: list
        """
        metrics = self.env["sajad.sla.day"]._fields["metric"]
        labels = dict(metrics._description_selection(self.env))
        found = self._read_sla_days(date_from, date_to)
        return [
            {"metric": metric, "label": label, **self._get_figures(*found[metric])}
            for metric, label in labels.items()
            if metric in found
        ]

    @tools.ormcache("frozenset(self.ids)", "str(date_from)", "str(date_to)")
    def _read_sla_days(self, date_from, date_to):
        """Return {metric: values of MEASURES}.

        Kept until days are counted again: exact medians are counted out of the time of
        each clock, and every visitor of a published agreement reads them.
        """
        # figures of a whole service are published with its agreement
        Day_sudo = self.env["sajad.sla.day"].sudo()
        domain = Domain("process_id", "in", self.ids) & Domain("day", "<=", date_to)
        groups = Day_sudo._read_group(
            domain & Domain("day", ">=", date_from), ["metric"], MEASURES
        )
        return {metric: tuple(values) for metric, *values in groups}

    @staticmethod
    def _get_figures(met, missed, open_late, percent, mean, median, p90):
        figures = {
            "count": met + missed + open_late,
            "met_percent": percent,
            "mean_hours": mean,
            "median_hours": median,
            "p90_hours": p90,
            "open_breached": open_late,
        }
        # of nothing the ORM says False, which would be printed as no hours at all
        return {
            name: None if figure is False else figure
            for name, figure in figures.items()
        }
