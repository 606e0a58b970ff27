from odoo import api, fields, models


class SajadScope(models.Model):
    """A process at a faculty, and the cartables that its requests may reach.

    It is the routing table of the engine and carries the record rule of requests: a
    rule through the work items of a request would be a hundred times slower, and a
    rule with an OR slower still.
    """

    _name = "sajad.scope"
    _description = "Process at a Faculty"
    _rec_name = "process_id"

    process_id = fields.Many2one(
        "sajad.process", required=True, index=True, ondelete="cascade"
    )
    university_id = fields.Many2one(
        "sajad.university", required=True, index=True, ondelete="cascade"
    )
    faculty_id = fields.Many2one(
        "sajad.faculty", required=True, index=True, ondelete="cascade"
    )
    cartable_ids = fields.Many2many("sajad.cartable", string="Cartables")

    _key_uniq = models.Constraint(
        "unique(process_id, faculty_id)", "The process has this faculty already."
    )

    @api.model
    def _get_or_create(self, pairs):
        """Return {(process, faculty): scope} for pairs of records.

        Called by the engine with elevated rights.
        """
        processes = self.env["sajad.process"].union(*(p for p, _f in pairs))
        faculties = self.env["sajad.faculty"].union(*(f for _p, f in pairs))
        found = self.search_fetch(
            [
                ("process_id", "in", processes.ids),
                ("faculty_id", "in", faculties.ids),
            ],
            ["process_id", "faculty_id"],
        )
        result = {(s.process_id, s.faculty_id): s for s in found}
        missing = [pair for pair in dict.fromkeys(pairs) if pair not in result]
        created = self.create(
            [
                {
                    "process_id": process.id,
                    "university_id": faculty.university_id.id,
                    "faculty_id": faculty.id,
                }
                for process, faculty in missing
            ]
        )
        for scope in created:
            scope.cartable_ids = self.env["sajad.cartable"].search(
                scope._get_cartable_domain()
            )
        result.update(zip(missing, created, strict=True))
        return result

    def _get_cartable_domain(self):
        """Return the domain of the cartables that may get work of this scope."""
        self.ensure_one()
        return [
            ("process_id", "=", self.process_id.id),
            "|",
            ("role_id.level", "=", "organization"),
            "&",
            ("university_id", "=", self.university_id.id),
            ("faculty_id", "in", (False, self.faculty_id.id)),
        ]
