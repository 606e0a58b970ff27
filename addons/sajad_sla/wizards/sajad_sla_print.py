from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.sajad_base.tools.clock import get_country_today

from ..models.clock.sajad_process import MEASURES


class SajadSlaPrint(models.TransientModel):
    """The printed report of kept promises over a period (row D4)."""

    _name = "sajad.sla.print"
    _description = "Print the Report of Promises"
    # what is printed; of other dialogs with the same choices something else
    _report = "sajad_sla.sajad_sla_report"

    university_id = fields.Many2one(
        "sajad.university",
        domain="[('id', 'in', university_ids)]",
        help="Empty: all that you may see.",
    )
    university_ids = fields.Many2many(
        "sajad.university", compute="_compute_university_ids", string="Choice"
    )
    process_id = fields.Many2one(
        "sajad.process", string="Service", help="Empty: all services."
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: get_country_today() - timedelta(days=30),
    )
    date_to = fields.Date(
        string="To",
        required=True,
        default=lambda self: get_country_today() - timedelta(days=1),
    )

    @api.depends_context("uid")
    def _compute_university_ids(self):
        University = self.env["sajad.university"]
        domain = [("reporting_ids", "in", self.env.uid)]
        if self.env.user.has_group("sajad_base.group_sajad_auditor"):
            domain = []
        self.university_ids = University.search(domain)

    def _get_place(self):
        """Return whose paper it is: of several universities the Organization's."""
        self.ensure_one()
        # who reports of one university alone need not choose it
        only = self.university_ids if len(self.university_ids) == 1 else None
        organization = self.env["sajad.university"]._get_organization()
        return self.university_id or only or organization

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for report in self:
            if report.date_from > report.date_to:
                raise ValidationError(self.env._("The period ends before it begins."))

    def action_print(self):
        """Print the report.

        :raise AccessError: the dialog is somebody else's
        """
        self.check_access("read")
        return self.env.ref(self._report).report_action(self)

    def _get_domain(self):
        domain = Domain("day", ">=", self.date_from) & Domain("day", "<=", self.date_to)
        if self.university_id:
            domain &= Domain("university_id", "=", self.university_id.id)
        if self.process_id:
            domain &= Domain("process_id", "=", self.process_id.id)
        return domain

    def _get_report(self):
        """Return [{"process", "lines"}] of the numbers that the user may read."""
        self.ensure_one()
        Day = self.env["sajad.sla.day"]
        labels = dict(Day._fields["metric"]._description_selection(self.env))
        groups = Day._read_group(
            self._get_domain(), ["process_id", "metric"], MEASURES, order="process_id"
        )
        found = {}
        for process, metric, *values in groups:
            lines = found.setdefault(process, {})
            lines[metric] = {"label": labels[metric], **process._get_figures(*values)}
        return [
            {
                "process": process,
                "lines": [lines[metric] for metric in labels if metric in lines],
            }
            for process, lines in found.items()
        ]

    def _get_risks(self):
        """Return how good the forecasts of lateness were in the period."""
        self.ensure_one()
        domain = Domain("day", ">=", self.date_from) & Domain("day", "<=", self.date_to)
        if self.process_id:
            domain &= Domain("process_id", "=", self.process_id.id)
        return self.env["sajad.sla.risk"].search(domain, order="day desc", limit=12)
