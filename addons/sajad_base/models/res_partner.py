from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.validators import is_postal_code


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["sajad.spelling.mixin", "res.partner"]
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

    sajad_student_ids = fields.One2many(
        "sajad.student", "partner_id", string="Studies", groups="base.group_user"
    )
    sajad_national_id = fields.Char(
        string="National ID",
        index="btree_not_null",
        copy=False,
        groups="sajad_base.group_sajad_organization",
        help="Of staff; it finds the account when the person is introduced again.",
    )
    # Staff of one university must not see the people of another (row E5): the record
    # rule on partners reads this column, so it is stored here and not computed
    # through the studies.
    sajad_university_id = fields.Many2one(
        "sajad.university",
        string="University",
        index="btree_not_null",
        ondelete="set null",
        help="The university that this person belongs to.",
    )

    @api.constrains("zip", "country_id")
    def _check_zip(self):
        # sudo: the code of a country is no secret of one user
        for partner in self.filtered("zip"):
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
