from odoo import api, fields, models


class SajadCartable(models.Model):
    _inherit = "sajad.cartable"

    office_id = fields.Many2one(
        "sajad.office",
        compute="_compute_office_id",
        store=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.depends("role_id", "university_id", "faculty_id")
    def _compute_office_id(self):
        # an office comes with its first cartable, whoever opens that
        Office = self.env["sajad.office"].sudo()
        keys = {
            cartable: (cartable.role_id, cartable.university_id, cartable.faculty_id)
            for cartable in self
            if cartable.role_id and cartable.university_id
        }
        offices = Office._get_or_create(list(keys.values()))
        for cartable in self:
            cartable.office_id = offices.get(keys.get(cartable), Office)
