from odoo import models
from odoo.fields import Domain
from odoo.tools.i18n import format_list

PERSON_FIELDS = ("person_name", "national_id", "mobile", "email", "position")


class SajadCartableRequest(models.Model):
    """What has to be right before a request is submitted or approved (row A4)."""

    _inherit = "sajad.cartable.request"

    def _get_cartable(self):
        """Return the cartable that exists for the office of the request."""
        self.ensure_one()
        return (
            self.env["sajad.cartable"]
            # whether an office exists is no secret from its university
            .sudo()
            .search(
                [
                    ("role_id", "=", self.role_id.id),
                    ("process_id", "=", self.process_id.id),
                    ("university_id", "=", self.university_id.id),
                    ("faculty_id", "=", self.faculty_id.id),
                ],
                limit=1,
            )
        )

    def _get_problems(self):
        """Return the sentences that say why the request cannot go on."""
        self.ensure_one()
        problems = self._get_place_problems()
        if self.kind != "close":
            problems += self._get_missing_problems()
            person = self._get_person_problem(self.university_id)
            if person:
                problems.append(person)
        if self.kind == "substitute" and not (self.date_from and self.date_to):
            problems.append(self.env._("Enter from when to when the leave lasts."))
        return problems

    def _get_place_problems(self):
        problems = []
        if self.university_id.is_organization or self.role_level == "organization":
            problems.append(
                self.env._("The Organization appoints the people of its own offices.")
            )
        if (self.role_level == "faculty") != bool(self.faculty_id):
            problems.append(
                self.env._("Only the cartable of a faculty's role names a faculty.")
            )
        if self.role_id not in self.process_id.stage_ids.role_id:
            problems.append(
                self.env._(
                    "%(role)s has no part in %(process)s.",
                    role=self.role_id.name,
                    process=self.process_id.name,
                )
            )
        if not self.process_id._is_offered_at(self.university_id):
            problems.append(
                self.env._(
                    "%(process)s is not offered at this university.",
                    process=self.process_id.name,
                )
            )
        return problems + self._get_cartable_problems()

    def _get_cartable_problems(self):
        cartable = self._get_cartable()
        owners = cartable.member_ids.filtered(
            lambda m: m.kind == "owner" and m.is_in_force
        )
        if self.kind == "new":
            # whose account is closed is in charge of nothing
            users = owners.user_id.filtered("active")
            if users:
                return [
                    self.env._(
                        "%(name)s is in charge of this cartable already; ask for "
                        "another person in charge.",
                        name=format_list(self.env, users.mapped("name")),
                    )
                ]
            return []
        if not cartable:
            return [self.env._("There is no such cartable to change.")]
        if self.kind == "substitute" and not owners:
            return [self.env._("Nobody is in charge of the cartable now.")]
        return []

    def _get_missing_problems(self):
        missing = [
            self._fields[name]._description_string(self.env)
            for name in PERSON_FIELDS
            if not self[name]
        ]
        if not self.letter:
            missing.append(self._fields["letter"]._description_string(self.env))
        if not missing:
            return []
        return [
            self.env._(
                "Still missing: %(fields)s", fields=format_list(self.env, missing)
            )
        ]

    def _get_hints(self):
        """Return what is good to know: known people, other requests (row A4)."""
        hints = []
        user = self._find_user()
        if user and not self._get_person_problem(self.university_id):
            hints.append(
                self.env._(
                    "%(name)s has an account already; it gets the new office.",
                    name=user.name,
                )
            )
            members = self._get_cartable().member_ids
            if user in members.filtered("is_in_force").user_id:
                hints.append(self.env._("The person works in this cartable already."))
        others = self._get_same_requests()
        if others:
            hints.append(
                self.env._(
                    "The university has asked for this office %(count)s times before.",
                    count=len(others),
                )
            )
        return hints

    def _get_same_requests(self):
        return self.search(
            Domain("role_id", "=", self.role_id.id)
            & Domain("process_id", "=", self.process_id.id)
            & Domain("university_id", "=", self.university_id.id)
            & Domain("faculty_id", "=", self.faculty_id.id)
            & Domain("id", "!=", self._origin.id)
            & Domain("state", "!=", "draft")
        )
