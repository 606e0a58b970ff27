from odoo import api, fields, models


class SajadOffice(models.Model):
    """A role at a university or faculty: what an office holds against students.

    A hold belongs to an office and not to a cartable, for it exists before any
    clearance and holds in each process that the office takes part in.
    """

    _name = "sajad.office"
    _description = "Office"
    _order = "university_id, role_id, id"
    _rec_names_search = ["role_id", "university_id"]

    role_id = fields.Many2one(
        "sajad.role", required=True, readonly=True, index=True, ondelete="restrict"
    )
    university_id = fields.Many2one(
        "sajad.university",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    faculty_id = fields.Many2one(
        "sajad.faculty",
        readonly=True,
        ondelete="restrict",
        help="Only where the role is a faculty's.",
    )
    cartable_ids = fields.One2many("sajad.cartable", "office_id", string="Cartables")
    auto_clear = fields.Boolean(
        string="Pass Without Holds",
        help="Students against whom this office holds nothing pass it by themselves. "
        "Steps with checks, visits under way or a number to give still wait.",
    )

    _key_uniq = models.UniqueIndex(
        "(role_id, university_id, COALESCE(faculty_id, 0))",
        "This office exists already.",
    )

    @api.depends("role_id.name", "university_id.name", "faculty_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for office in self:
            parts = (
                office.role_id.name,
                office.faculty_id.name,
                office.university_id.name,
            )
            office.display_name = " - ".join(part for part in parts if part)

    @api.model
    def _get_or_create(self, keys):
        """Return {(role, university, faculty or empty): office} for tuples of records.

        Called with elevated rights: offices come with cartables and holds.
        """
        found = self.search(
            [
                ("role_id", "in", [role.id for role, _u, _f in keys]),
                ("university_id", "in", [university.id for _r, university, _f in keys]),
            ]
        )
        offices = {(o.role_id, o.university_id, o.faculty_id): o for o in found}
        missing = [key for key in dict.fromkeys(keys) if key not in offices]
        created = self.create(
            [
                {
                    "role_id": role.id,
                    "university_id": university.id,
                    "faculty_id": faculty.id,
                }
                for role, university, faculty in missing
            ]
        )
        offices.update(zip(missing, created, strict=True))
        return offices
