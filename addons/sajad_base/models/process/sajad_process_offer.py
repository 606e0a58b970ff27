from odoo import api, fields, models
from odoo.tools.i18n import format_list


class SajadProcess(models.Model):
    """Where a process is offered: a university picks among several (row B3)."""

    _inherit = "sajad.process"

    only_chosen = fields.Boolean(
        string="Only at Chosen Universities",
        help="Offered nowhere until a university is named, instead of everywhere.",
    )
    exclusive_warning = fields.Text(compute="_compute_exclusive_warning")

    def _is_offered_at(self, universities):
        """Whether any of the universities offers the process."""
        self.ensure_one()
        if self.university_ids or self.only_chosen:
            return bool(self.university_ids & universities)
        return True

    def _get_universities(self):
        """Return the universities that offer the process."""
        self.ensure_one()
        if self.university_ids or self.only_chosen:
            return self.university_ids
        return self.env["sajad.university"].search([("is_organization", "=", False)])

    @api.depends("exclusive_group", "university_ids", "only_chosen", "active")
    def _compute_exclusive_warning(self):
        for process in self:
            rivals = process._get_rivals()
            process.exclusive_warning = "\n".join(
                process._describe_rival(rival, common)
                for rival, common in rivals.items()
            )

    def _get_rivals(self):
        """Return {process of the same exclusive group: universities of both}."""
        mine = self._get_universities()._origin
        if not self.exclusive_group or not self.active or not mine:
            return {}
        domain = [
            ("exclusive_group", "=", self.exclusive_group),
            ("id", "!=", self._origin.id),
            ("flow_ids.state", "=", "published"),
        ]
        rivals = {
            rival: rival._get_universities() & mine for rival in self.search(domain)
        }
        return {rival: common for rival, common in rivals.items() if common}

    def _describe_rival(self, rival, common):
        return self.env._(
            "“%(process)s” is offered at the same universities: %(universities)s. "
            "Students would see both and could take only one; leave each university "
            "one of them.",
            process=rival.name,
            universities=format_list(self.env, common.mapped("name")),
        )
