from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.base.models.res_bank import sanitize_account_number

from ..tools.normalize import compact_code, normalize_text
from ..tools.spelling import is_nothing
from ..tools.validators import is_sheba, normalize_sheba

# Odoo 20 renames them, and would call nothing here without a word
NUMBER = "acc_number"
HOLDER = "acc_holder_name"


class ResPartnerBank(models.Model):
    """Iranian bank accounts: a Sheba is checked and kept in one spelling (row E3)."""

    _inherit = "res.partner.bank"

    def _sanitize_vals(self, vals):
        for name in (NUMBER, f"sanitized_{NUMBER}"):
            if vals.get(name):
                vals[name] = normalize_sheba(vals[name])
        if vals.get(HOLDER):
            vals[HOLDER] = normalize_text(vals[HOLDER])
        return super()._sanitize_vals(vals)

    @api.model
    def _search_acc_number(self, operator, value):
        if isinstance(value, str):
            value = normalize_text(value)
            if not sanitize_account_number(value):
                return Domain(operator in Domain.NEGATIVE_OPERATORS)
        elif operator in ("in", "not in"):
            value = [v for v in value if not is_nothing("sheba", v)]
            value = [normalize_sheba(v) if isinstance(v, str) else v for v in value]
        return super()._search_acc_number(operator, value)

    @api.constrains(NUMBER)
    def _check_sheba(self):
        for account in self:
            number = account[NUMBER]
            if compact_code(number).startswith("IR") and not is_sheba(number):
                raise ValidationError(
                    self.env._(
                        "%(number)s is not a valid Sheba. A Sheba is IR and 24 digits; "
                        "compare it with the card or the bank's form.",
                        number=number,
                    )
                )
