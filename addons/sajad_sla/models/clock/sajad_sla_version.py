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
    # (priority, target, unit) of those that are promised another time
    lines: tuple
    # (seconds after the promised time, audience, role id) of the ladder
    steps: tuple

    def get_target(self, priority):
        """Return (target, unit) of what is promised to a priority."""
        for line, target, unit in self.lines:
            if line == priority:
                return target, unit
        return self.target, self.unit


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
    lines = fields.Json(string="By Priority")
    steps = fields.Json(string="Who Is Told")
    lines_text = fields.Char(string="Other Times", compute="_compute_texts")
    steps_text = fields.Char(string="Ladder", compute="_compute_texts")

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
        rows = (tuple(map(tuple, rows or ())) for rows in (self.lines, self.steps))
        return Terms(self.policy_id.id, self.id, self.date, *terms, *rows)

    @api.depends_context("lang")
    @api.depends("lines", "steps")
    def _compute_texts(self):
        """Tell what is frozen, in words."""
        Line, Step = self.env["sajad.sla.line"], self.env["sajad.sla.step"]
        for version in self:
            version.lines_text = Line._tell(version.lines or ())
            version.steps_text = Step._tell(version.steps or ())

    def _get_client_refusal(self):
        return self.env._("Versions are made by editing the promise.")
