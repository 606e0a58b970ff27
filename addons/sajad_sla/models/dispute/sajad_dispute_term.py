from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.sajad_base.tools.clock import get_country_today

from .sajad_dispute import OPEN_DISPUTES

# both are reminded so many days before the month of negotiation ends
REMIND_DAYS = 5
# and the provider so often until the opinion is there
OPINION_DAYS = 7


class SajadDispute(models.Model):
    """The terms of a dispute: one month, by the Jalali calendar (row D6)."""

    _inherit = "sajad.dispute"

    def _check_month_over(self):
        """Refuse an opinion while both sides still negotiate.

        :raise UserError: with the last day of the negotiation
        """
        self.ensure_one()
        if get_country_today() <= self.date_until:
            raise UserError(
                self.env._(
                    "Both sides negotiate until %(day)s; the final opinion comes after "
                    "that day.",
                    day=format_date(self.env, self.date_until),
                )
            )

    @api.model
    def _cron_follow(self):
        """Remind both sides, and end the negotiations whose month is over (row D6)."""
        today = get_country_today()
        names = ["state", "date_until", "date_reminded"]
        for dispute in self.search_fetch([("state", "in", OPEN_DISPUTES)], names):
            dispute._follow(today)

    def _follow(self, today):
        """Do what is due today, once however often it is called."""
        if self.state == "negotiation" and self.date_until < today:
            self.state = "opinion"
            self.date_reminded = today
            self.env["sajad.dispute.entry"]._add(self, "system", "over")
            self._tell_recipient("dispute_over")
            self._tell_provider("dispute_over")
        elif self._is_reminder_due(today):
            self.date_reminded = today
            kind = "dispute_soon" if self.state == "negotiation" else "dispute_due"
            self._tell_provider(kind)
            if self.state == "negotiation":
                self._tell_recipient(kind)

    def _is_reminder_due(self, today):
        if self.state == "negotiation":
            first = self.date_until - timedelta(days=REMIND_DAYS)
            return today >= first and not self.date_reminded
        last = self.date_reminded or self.date_until
        return today >= fields.Date.add(last, days=OPINION_DAYS)
