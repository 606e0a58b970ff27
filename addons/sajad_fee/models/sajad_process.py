from odoo import fields, models


class SajadProcess(models.Model):
    """What a service costs (row D5)."""

    _inherit = "sajad.process"

    tariff_ids = fields.One2many(
        "sajad.tariff",
        "process_id",
        string="Tariffs",
        groups="sajad_base.group_sajad_officer",
    )

    def _get_tariffs(self, day=None):
        """Return the rows by which requests of a day are priced, in their order.

        :param day: today in the country, if none is given
        """
        self.ensure_one()
        # what a service costs is no secret
        return self.sudo().tariff_ids._filter_in_force(day)

    def _get_tariff(self, request, day=None):
        """Return the row by which a request is priced; none: it is free of charge."""
        # what the condition asks for may be closed to the requester
        return self._get_tariffs(day)._match(request.sudo())

    def _get_fee_text(self):
        tariffs = self._get_tariffs()
        if not tariffs.filtered("amount"):
            return super()._get_fee_text()
        alone = len(tariffs) == 1
        texts = [tariff._get_text(alone) for tariff in tariffs]
        if all(tariff.condition for tariff in tariffs):
            texts.append(self.env._("others: free of charge"))
        text, *others = texts
        for other in others:
            # a sign alone is no term that is translated
            text = self.env._("%(one)s; %(other)s", one=text, other=other)
        return text

    def action_open_tariffs(self):
        """Open the tariffs of the service (row D5)."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_fee.sajad_tariff_action"
        )
        action["domain"] = [("process_id", "=", self.id)]
        action["context"] = {"default_process_id": self.id}
        return action
