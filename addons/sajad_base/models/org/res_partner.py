from odoo import fields, models

from odoo.addons.sajad_persian.models.res_partner import ResPartner as PersianPartner


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "sajad.requester"]
    # whoever asks as a person without a study is a member of staff
    _requester_kind = "staff"
    _spelling = {**PersianPartner._spelling, "sajad_national_id": "national_id"}

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

    def _get_requester_university(self):
        # staff of no university work for the Organization
        return (
            self.sajad_university_id or self.env["sajad.university"]._get_organization()
        )

    def _prepare_requester_vals(self):
        return {**super()._prepare_requester_vals(), "partner_id": self.id}

    def _get_requester_texts(self):
        return self.name, False

    def _is_name_registered(self):
        """Whether a university knows the person by this name; papers print it."""
        return any(user._is_registered() for user in self.user_ids)
