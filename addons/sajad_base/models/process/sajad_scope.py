from odoo import api, fields, models


class SajadScope(models.Model):
    """A process at a university or faculty, and the cartables its requests may reach.

    It is the routing table of the engine and carries the record rule of requests: a
    rule through the work items of a request would be a hundred times slower, and a
    rule with an OR slower still.
    """

    _name = "sajad.scope"
    _description = "Process at a Place"
    _rec_name = "process_id"

    process_id = fields.Many2one(
        "sajad.process", required=True, index=True, ondelete="cascade"
    )
    university_id = fields.Many2one(
        "sajad.university", required=True, index=True, ondelete="cascade"
    )
    faculty_id = fields.Many2one(
        "sajad.faculty",
        index=True,
        ondelete="cascade",
        help="Of students. Requests of institutions and staff have none.",
    )
    cartable_ids = fields.Many2many("sajad.cartable", string="Cartables")

    _key_uniq = models.UniqueIndex(
        "(process_id, university_id, COALESCE(faculty_id, 0))",
        "The process has this place already.",
    )

    @api.model
    def _get_or_create(self, places):
        """Return {(process, university, faculty): scope} for such triples of records.

        Called by the engine with elevated rights.
        """
        domain = [
            ("process_id", "in", [process.id for process, _u, _f in places]),
            ("university_id", "in", [university.id for _p, university, _f in places]),
        ]
        found = self.search_fetch(domain, ["process_id", "university_id", "faculty_id"])
        result = {scope._get_place(): scope for scope in found}
        missing = [place for place in dict.fromkeys(places) if place not in result]
        created = self.create(
            [
                {
                    "process_id": process.id,
                    "university_id": university.id,
                    "faculty_id": faculty.id,
                }
                for process, university, faculty in missing
            ]
        )
        for scope in created:
            scope.cartable_ids = self.env["sajad.cartable"].search(
                scope._get_cartable_domain()
            )
        result.update(zip(missing, created, strict=True))
        return result

    def _get_place(self):
        return self.process_id, self.university_id, self.faculty_id

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
