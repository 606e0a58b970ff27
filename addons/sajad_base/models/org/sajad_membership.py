from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.clock import get_country_today
from ...tools.searches import asked_for_true


class SajadMembership(models.AbstractModel):
    """Somebody's place in a group of people, from when to when.

    The one owner of which rows are in force: record rules, searches and checks all
    ask ``is_in_force``, by the day of the country. A time zone that somebody chooses
    for the own account neither lengthens nor shortens a membership.
    """

    _name = "sajad.membership"
    _description = "Dated Membership"
    _inherit = ["sajad.date.guard"]

    date_from = fields.Date(string="From")
    date_to = fields.Date(string="To")
    is_in_force = fields.Boolean(
        string="In Force",
        compute="_compute_is_in_force",
        search="_search_is_in_force",
        help="The membership holds today.",
    )

    _dates_check = models.Constraint(
        "CHECK (date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "The membership ends before it begins.",
    )

    @api.depends("date_from", "date_to")
    def _compute_is_in_force(self):
        today = get_country_today()
        for member in self:
            start, end = member.date_from or today, member.date_to or today
            member.is_in_force = start <= today <= end

    @api.model
    @asked_for_true
    def _search_is_in_force(self):
        return self._get_active_domain()

    @api.model
    def _get_active_domain(self):
        """Return the domain of the rows that are in force today."""
        today = get_country_today()
        return (Domain("date_from", "=", False) | Domain("date_from", "<=", today)) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", today)
        )
