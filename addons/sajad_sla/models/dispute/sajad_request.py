from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.sajad_base.engine.states import DECIDED_REQUESTS
from odoo.addons.sajad_base.tools.clock import get_country_day, get_country_today
from odoo.addons.sajad_jalali.tools.jalali import add_months

from ..agreement.sajad_agreement_version import DISPUTE_DAYS
from .sajad_dispute import FINAL_DISPUTES, OPEN_DISPUTES


class SajadRequest(models.Model):
    """The dispute of a closed request (row D6)."""

    _inherit = "sajad.request"

    dispute_ids = fields.One2many(
        "sajad.dispute",
        "request_id",
        string="Disputes",
        groups="sajad_base.group_sajad_officer",
    )

    def _get_dispute_last_day(self):
        """Return the last day to open a dispute, None while the request is open."""
        self.ensure_one()
        # terms of the agreement of a request that may be read
        request_sudo = self.sudo()
        if request_sudo.state not in DECIDED_REQUESTS or not request_sudo.date_done:
            return None
        days = request_sudo.agreement_version_id.dispute_days or DISPUTE_DAYS
        return get_country_day(request_sudo.date_done) + timedelta(days=days)

    def _get_dispute_problem(self):
        """Return why no dispute can be opened on the request now, or ""."""
        self.ensure_one()
        last = self._get_dispute_last_day()
        if last is None:
            return self.env._("A dispute is about a request that is done or refused.")
        # requesters have no rights on disputes; whether there is one is their own
        states = self.sudo().dispute_ids.mapped("state")
        if set(states) & set(OPEN_DISPUTES):
            return self.env._("There is an open dispute on this request already.")
        if set(states) & set(FINAL_DISPUTES):
            return self.env._("The dispute on this request has ended for good.")
        if get_country_today() > last:
            return self.env._(
                "A dispute could be opened until %(day)s.",
                day=format_date(self.env, last),
            )
        return ""

    def _portal_open_dispute(self, claim, wish="", files=(), kept=None):
        """Open a dispute on the own closed request (row D6).

        :param files: list of (name, content) that `sajad.upload._check` accepted
        :raise AccessError: somebody else's request
        :raise UserError: too late, not closed, no reasons, or there is one already
        :return: the dispute, with elevated rights
        """
        self._check_portal_owner()
        claim, wish = (claim or "").strip(), (wish or "").strip()
        if not claim:
            raise UserError(self.env._("Write what the dispute is about."))
        # requesters have no rights on disputes; whose request it is was checked
        request_sudo = self.sudo()
        request_sudo.lock_for_update()
        if problem := self._get_dispute_problem():
            raise UserError(problem)
        dispute_sudo = self.env["sajad.dispute"].sudo()  # as above
        dispute_sudo = dispute_sudo.create(request_sudo._prepare_dispute(claim, wish))
        text = "\n\n".join(filter(None, (claim, wish)))
        # who settles it reads what it is about
        settling = dispute_sudo.scope_id.cartable_ids.filtered(
            "role_id.settles_disputes"
        )
        dispute_sudo.env["sajad.scope"]._let_read(request_sudo, settling)
        Entry = self.env["sajad.dispute.entry"]
        Entry._add(dispute_sudo, "recipient", "opened", text, files, kept)
        dispute_sudo._tell_provider("dispute_opened")
        dispute_sudo._tell_recipient("dispute_opened")
        return dispute_sudo

    def _prepare_dispute(self, claim, wish):
        now = fields.Datetime.now()
        return {
            "name": self.env["ir.sequence"].next_by_code("sajad.dispute"),
            "request_id": self.id,
            "process_id": self.process_id.id,
            "university_id": self.university_id.id,
            "claim": claim,
            "wish": wish,
            "opened_by_id": self.env.uid,
            "date_open": now,
            "date_until": add_months(get_country_day(now), 1),
        }
