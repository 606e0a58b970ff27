from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.sajad_persian.tools.normalize import normalize_text
from odoo.addons.sajad_persian.tools.validators import is_postal_code


class SajadAccountPortal(CustomerPortal):
    """My account: what the person types is checked at its field (row E3)."""

    def _validate_address_values(self, address_values, partner_sudo, *args, **kwargs):
        invalid_fields, missing_fields, messages = super()._validate_address_values(
            address_values, partner_sudo, *args, **kwargs
        )
        Country = request.env["res.country"]
        country_id = address_values.get("country_id") or partner_sudo.country_id.id
        # sudo: the code of a country is no secret of one user
        country_sudo = Country.sudo().browse(country_id)
        number = address_values.get("zip")
        if number and country_sudo.code == "IR" and not is_postal_code(number):
            invalid_fields.add("zip")
            messages.append(partner_sudo._get_postal_code_problem(number))
        name = normalize_text(address_values.get("name") or "") or partner_sudo.name
        if name != partner_sudo.name and partner_sudo._is_name_registered():
            invalid_fields.add("name")
            messages.append(
                request.env._(
                    "Your name is that of the register. Ask your university if it is "
                    "wrong."
                )
            )
        return invalid_fields, missing_fields, messages
