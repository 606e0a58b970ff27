from odoo import fields, models
from odoo.fields import Domain


class SajadRequest(models.Model):
    """A request that waits for its fee, in the words of the requester (row D5)."""

    _inherit = "sajad.request"

    fee_ids = fields.One2many(
        "sajad.fee",
        "request_id",
        groups="sajad_base.group_sajad_officer",
    )

    def _get_fee(self):
        """Return the fees of those requests that cost something, elevated."""
        # what the own request costs is told to the requester; access was checked
        return self.sudo().fee_ids

    def action_open_fee(self):
        """Open what the request costs. Row D5"""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_fee.sajad_fee_action"
        )
        return {
            **action,
            "res_id": self.fee_ids.id,
            "views": [(False, "form")],
            "view_mode": "form",
        }

    def _get_next_kind(self, works=None):
        if self.state == "draft" and self._get_fee().state == "waiting":
            return "payment"
        return super()._get_next_kind(works)

    def _get_portal_summaries(self):
        summaries = super()._get_portal_summaries()
        for fee_sudo in self._get_fee():
            summary = summaries[fee_sudo.request_id.with_env(self.env)]
            summary["fee"] = fee_sudo._get_figure(fee_sudo.residual)
        return summaries

    def _get_next_text_payment(self):
        fee_sudo = self._get_fee()
        date = self.env["ir.qweb.field.date"].value_to_html(fee_sudo.date_limit, {})
        text = (
            self.env._("Your payment is being confirmed. Please do not pay again.")
            if fee_sudo._get_confirming()
            else self.env._(
                "Pay %(amount)s until %(date)s. Your request is sent when the payment "
                "has come."
            )
        )
        amount = fee_sudo._get_figure(fee_sudo.residual)
        return text % {"amount": amount, "date": date}

    def _get_next_text_cancelled(self):
        text = super()._get_next_text_cancelled()
        fee_sudo = self._get_fee()
        if fee_sudo.refundable:
            amount = fee_sudo._get_figure(fee_sudo.refundable)
            back = self.env._("%(amount)s go back to you.", amount=amount)
            return f"{text} {back}"
        if fee_sudo.state == "void" and fee_sudo._is_overdue():
            return f"{text} {self.env._('Its fee was not paid in time.')}"
        return text

    def _get_waiting_domain(self):
        """Return the domain of requests that wait for their fee."""
        return Domain("state", "=", "draft") & Domain("fee_ids.state", "=", "waiting")

    def _get_home_counts(self):
        counts = super()._get_home_counts()
        # the domain names the own ones
        waiting = self.sudo().search_count(
            Domain(self._get_own_domain()) & self._get_waiting_domain()
        )
        return {"open": counts["open"] + waiting, "todo": counts["todo"] + waiting}
