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
        mails = []
        for office, holds in self.grouped("office_id").items():
            if office.late_plan == "reopen":
                for lang, members in holds.grouped(lambda h: h.partner_id.lang).items():
                    reason = members.with_context(lang=lang).env._(
                        "The instalments were not kept."
                    )
                    members._reopen(reason)
            mails += office._prepare_late_mails(holds)
        for hold in self:
            hold.date_told = hold.date_next
        mails += [hold._prepare_late_mail() for hold in self if hold.partner_id.email]
        self.env["mail.mail"].create(mails)

    def _prepare_late_mail(self):
        """Return the values of the mail to the student."""
        self = self.with_context(lang=self.partner_id.lang)  # noqa: PLW0642
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
        return self.office_id._prepare_mail(
            self.partner_id, self.env._("An instalment is late"), [text]
        )
