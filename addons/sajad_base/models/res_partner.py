from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    sajad_student_ids = fields.One2many(
        "sajad.student", "partner_id", string="Studies", groups="base.group_user"
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
