from odoo.http import request

from odoo.addons.sajad_base.controllers.portal_service import SajadServicePortal

CARD_CHOICES = {"yes": True, "no": False}


class ClearancePortal(SajadServicePortal):
    """The form of a clearance request in the portal (rows B1, B5)."""

    def _is_clearance(self, process):
        # every way of clearing, whatever its offices, excludes the others
        return process.exclusive_group == "clearance"

    def _prepare_apply_values(self, process, student, post):
        values = super()._prepare_apply_values(process, student, post)
        if self._is_clearance(process):
            values.update(
                is_clearance=True,
                reasons=self._get_clearance_reasons(),
                clearance_reason=post.get("clearance_reason"),
                card_delivered=post.get("card_delivered"),
                card_choices=[
                    ("yes", request.env._("Yes")),
                    ("no", request.env._("No")),
                ],
            )
        return values

    def _parse_apply_values(self, process, student, post):
        values, errors = super()._parse_apply_values(process, student, post)
        if not self._is_clearance(process):
            return values, errors
        reason = post.get("clearance_reason")
        if reason not in dict(self._get_clearance_reasons()):
            errors["clearance_reason"] = request.env._("Choose the reason.")
        card = post.get("card_delivered")
        if card not in CARD_CHOICES:
            errors["card_delivered"] = request.env._(
                "Say whether you have delivered your student card."
            )
        values.update(
            clearance_reason=reason, card_delivered=CARD_CHOICES.get(card, False)
        )
        return values, errors

    def _get_clearance_reasons(self):
        """Return the reasons with their names in the language of the student."""
        field = request.env["sajad.request"]._fields["clearance_reason"]
        return field._description_selection(request.env)
