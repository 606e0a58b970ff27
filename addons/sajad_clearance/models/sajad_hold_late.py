from odoo import api, models, tools


class SajadHold(models.Model):
    """Plans of instalments that are not kept (row B7)."""

    _inherit = "sajad.hold"

    @api.model
    def _cron_late(self):
        """Tell, or open again, the holds whose instalment is late (nightly)."""
        domain = [("is_late", "=", True)]
        late = self.search(domain).filtered(lambda h: h.date_told != h.date_next)
        for start in range(0, len(late), 200):
            batch = late[start : start + 200]
            batch._handle_late()
            remaining = len(late) - start - len(batch)
            if not self.env["ir.cron"]._commit_progress(
                len(batch), remaining=remaining
            ):
                break

    def _handle_late(self):
        """Do with late plans what their offices want, and tell everybody once."""
        for office, holds in self.grouped("office_id").items():
            if office.late_plan == "reopen":
                for lang, members in holds.grouped(lambda h: h.partner_id.lang).items():
                    reason = members.with_context(lang=lang).env._(
                        "The instalments were not kept."
                    )
                    members._reopen(reason)
            office._queue_late_notices(holds)
        for hold in self:
            hold.date_told = hold.date_next
            hold._queue_late_notice()

    def _queue_late_notice(self):
        """Tell the student that an instalment is late."""
        Notice = self.env["sajad.notice"]
        note = Notice._localize(self, self.partner_id)._get_late_note()
        Notice._queue("hold_late", self.partner_id, hold_id=self.id, note=note)

    def _get_late_note(self):
        text = self.env._(
            "An instalment of “%(hold)s” at %(office)s was due on %(date)s and is not "
            "paid. %(amount)s are left.",
            hold=self.description,
            office=self.office_id.display_name,
            date=tools.format_date(self.env, self.date_next),
            amount=self._get_figure(self.residual),
        )
        if self.state == "open":
            text += " " + self.env._("It holds your clearance up again.")
        return text
