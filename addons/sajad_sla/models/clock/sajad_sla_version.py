from datetime import datetime
from typing import NamedTuple

from odoo import api, fields, models

from .sajad_sla_policy import METRICS, UNITS


class Terms(NamedTuple):
    """A version as clocks read it: without the ORM."""

    policy_id: int
    version_id: int
    since: datetime
    target: float
    unit: str
    calendar_id: int


class SajadSlaVersion(models.Model):
    """A policy as it was on a day: what clocks that began then are kept by."""

    _name = "sajad.sla.version"
    _description = "Version of a Promise"
    _inherit = ["sajad.append.only"]
    _order = "policy_id, number desc"
    _rec_name = "number"
    _log_access = False

    policy_id = fields.Many2one(
        "sajad.sla.policy", required=True, index=True, ondelete="restrict"
    )
    number = fields.Integer(string="Version", required=True)
    date = fields.Datetime(
        string="Since", required=True, default=lambda _self: fields.Datetime.now()
    )
    user_id = fields.Many2one(
        "res.users",
        string="By",
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    metric = fields.Selection(METRICS, string="What Is Promised", required=True)
    target = fields.Float(required=True)
    unit = fields.Selection(UNITS, required=True)
    calendar_id = fields.Many2one(
        "resource.calendar", string="Working Calendar", ondelete="restrict"
    )

    _number_uniq = models.Constraint(
        "unique(policy_id, number)", "There is this version already."
    )

    @api.depends("policy_id.name", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(policy)s, version %(number)s",
                policy=version.policy_id.name,
                number=version.number,
            )

    def _get_terms(self):
        """Return the version as the keeper of clocks reads it."""
        self.ensure_one()
        terms = (self.target, self.unit, self.calendar_id.id)
        return Terms(self.policy_id.id, self.id, self.date, *terms)

    def _get_client_refusal(self):
        return self.env._("Versions are made by editing the promise.")
