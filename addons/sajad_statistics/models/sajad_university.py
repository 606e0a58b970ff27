from odoo import fields, models


class SajadUniversity(models.Model):
    _inherit = "sajad.university"

    reporting_ids = fields.Many2many(
        "res.users",
        "sajad_university_reporting_rel",
        "university_id",
        "user_id",
        string="Reporting Officers",
        help="They read the reports of this university.",
    )
