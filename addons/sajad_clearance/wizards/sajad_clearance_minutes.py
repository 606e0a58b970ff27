from collections import Counter
from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sajad_base.tools.clock import COUNTRY_ZONE
from odoo.addons.sajad_persian.tools.order import persian_key

from ..tools.certificate_words import UTC, format_moment, pick

MAX_ROWS = 3000
# rows that one request lays out in a few seconds
MANY = 500


def _sort(counts):
    return sorted(counts.items(), key=lambda item: persian_key(item[0]))


class SajadClearanceMinutes(models.TransientModel):
    """The minutes for the archive: certificates of a period in one table (row B8)."""

    _name = "sajad.clearance.minutes"
    _description = "Clearance Minutes"

    certificate_ids = fields.Many2many(
        "sajad.clearance.certificate", string="Chosen Certificates"
    )
    university_id = fields.Many2one("sajad.university")
    faculty_id = fields.Many2one("sajad.faculty")
    cohort_id = fields.Many2one("sajad.cohort")
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="To")
    with_revoked = fields.Boolean(string="Also Revoked Ones", default=True)
    count = fields.Integer(string="Certificates", compute="_compute_count")

    @api.depends(
        "certificate_ids",
        "university_id",
        "faculty_id",
        "cohort_id",
        "date_from",
        "date_to",
        "with_revoked",
    )
    def _compute_count(self):
        Certificate = self.env["sajad.clearance.certificate"]
        for minutes in self:
            minutes.count = Certificate.search_count(minutes._get_domain())

    def _get_domain(self):
        """Return the domain of the certificates that the minutes list."""
        self.ensure_one()
        chosen = self.certificate_ids._origin
        domain = Domain("id", "in", chosen.ids) if chosen else Domain.TRUE
        for name in ("university_id", "faculty_id"):
            if self[name]:
                domain &= Domain(name, "=", self[name].id)
        if self.cohort_id:
            domain &= Domain("request_id.cohort_id", "=", self.cohort_id.id)
        # days begin and end in Iran
        if self.date_from:
            domain &= Domain("date", ">=", self._get_start(self.date_from))
        if self.date_to:
            end = self._get_start(self.date_to + timedelta(days=1))
            domain &= Domain("date", "<", end)
        if not self.with_revoked:
            domain &= Domain("state", "=", "valid")
        return domain

    def _get_start(self, day):
        start = datetime.combine(day, time(), COUNTRY_ZONE)
        return start.astimezone(UTC).replace(tzinfo=None)

    def _get_certificates(self):
        """Return the certificates of the minutes, by university and number."""
        return self.env["sajad.clearance.certificate"].search(
            self._get_domain(), order="university_id, year, sequence"
        )

    def _get_row(self, certificate):
        """Return what a line says in the language of the minutes."""
        student = certificate.snapshot["student"]
        return {
            "date": format_moment(self.env, certificate.date),
            "faculty": pick(self.env, student["faculty"]),
            "field": pick(self.env, student["field"]),
        }

    def _get_totals(self, certificates):
        """Return [(title, [(label, count)])] of the closing tables."""
        labels = dict(self.env["sajad.request"]._get_clearance_reasons())
        states = dict(certificates._fields["state"]._description_selection(self.env))
        by_faculty = Counter(
            pick(self.env, c.snapshot["student"]["faculty"]) for c in certificates
        )
        by_reason = Counter(labels.get(c.clearance_reason, "-") for c in certificates)
        by_state = Counter(states[c.state] for c in certificates)
        return [
            (self.env._("By Faculty"), _sort(by_faculty)),
            (self.env._("By Reason"), _sort(by_reason)),
            (self.env._("By Status"), _sort(by_state)),
        ]

    def action_print(self):
        """Print the minutes. Row B8

        :raise UserError: nothing to list, or more than one file should hold
        """
        self.ensure_one()
        if not self.count:
            raise UserError(self.env._("There is no certificate to list."))
        if self.count > MAX_ROWS:
            raise UserError(
                self.env._(
                    "There are %(found)s certificates; choose a shorter period, at "
                    "most %(count)s fit into one list.",
                    found=self.count,
                    count=MAX_ROWS,
                )
            )
        report = self.env.ref("sajad_clearance.sajad_clearance_minutes_report")
        if self.count > MANY:
            return self.env["sajad.batch.paper"]._start(report, self)
        return report.report_action(self.ids)
