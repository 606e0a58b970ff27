from odoo import fields, models


class SajadCartable(models.Model):
    """The faculties whose dossiers the office keeps."""

    _inherit = "sajad.cartable"

    dossier_faculty_ids = fields.Many2many(
        "sajad.faculty",
        "sajad_dossier_faculty_cartable_rel",
        string="Faculties Whose Dossiers It Keeps",
        readonly=True,
    )
