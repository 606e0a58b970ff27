from odoo import fields, models
from odoo.tools.misc import formatLang


class SajadTask(models.Model):
    _inherit = "sajad.task"

    clearance_reason = fields.Selection(related="request_id.clearance_reason")
    card_delivered = fields.Boolean(related="request_id.card_delivered")
    declared_html = fields.Html(related="request_id.declared_html")

    def _get_debt_problems(self):
        """Return why the debt in the step form holds this work, as sentences.

        Any step of any flow whose form has the properties `debt_amount` and
        `debt_settled` is held; with `instalment_from` and `instalment_to` a dated
        plan of instalments clears it too (row B1, steps 9 and 10).
        """
        self.ensure_one()
        names = {prop["name"] for prop in self.step_id.task_properties_definition}
        if "debt_amount" not in names:
            return []
        amount = self.properties.get("debt_amount") or 0
        if amount < 0:
            return [self.env._("A debt cannot be negative.")]
        if not amount or self.properties.get("debt_settled"):
            return []
        if "instalment_from" in names:
            return self._get_instalment_problems(amount)
        return [
            self.env._(
                "A debt of %(amount)s rials is recorded and not settled.",
                amount=formatLang(self.env, amount, digits=0),
            )
        ]

    def _get_instalment_problems(self, amount):
        # Dates in properties are ISO texts, whose order is that of the days.
        start = self.properties.get("instalment_from")
        end = self.properties.get("instalment_to")
        if not (start and end):
            return [
                self.env._(
                    "A debt of %(amount)s rials is recorded: mark it as settled, or "
                    "enter from when to when its instalments run.",
                    amount=formatLang(self.env, amount, digits=0),
                )
            ]
        if str(start) > str(end):
            return [self.env._("The instalments end before they begin.")]
        return []
