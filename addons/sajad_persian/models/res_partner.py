from odoo import api, models
from odoo.exceptions import ValidationError

from ..tools.validators import is_postal_code


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["sajad.search.key.mixin", "res.partner"]
    _spelling = {
        "name": "text",
        "email": "text",
        "phone": "phone_text",
        "ref": "text",
        "street": "text",
        "street2": "text",
        "city": "text",
        "zip": "text",
    }
    _search_key_fields = (
        "complete_name",
        "email",
        "phone",
        "ref",
        "vat",
        "company_registry",
    )

    @api.constrains("zip", "country_id")
    def _check_zip(self):
        for partner in self.filtered("zip"):
            # sudo: the code of a country is no secret of one user
            if partner.country_id.sudo().code == "IR" and not is_postal_code(
                partner.zip
            ):
                raise ValidationError(self._get_postal_code_problem(partner.zip))

    def _get_postal_code_problem(self, number):
        return self.env._(
            "%(number)s is not a postal code. An Iranian postal code has ten digits "
            "and does not begin with zero.",
            number=number,
        )
