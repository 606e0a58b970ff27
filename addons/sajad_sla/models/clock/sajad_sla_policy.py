from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.sajad_base.tools.conditions import parse_condition, spell_condition

METRICS = [
    ("first_answer", "First Answer"),
    ("next_answer", "Next Answer"),
    ("solution", "Solution"),
]
UNITS = [("hours", "Working Hours"), ("days", "Working Days")]
# what a promise is made of: edited, it is another version
FROZEN = ("metric", "target", "unit", "calendar_id")
# rows of their own that are frozen with it
ROWS = ("line_ids", "step_ids")


class Promise(NamedTuple):
    """A policy as clocks read it: without the ORM."""

    policy_id: int
    active: bool
    process_id: int
    metric: str
    condition: str
    # the newest first
    versions: tuple


class SajadSlaPolicy(models.Model):
    """In which time a service promises to answer or to be done (row D4).

    Of each metric the first policy in order counts whose service and condition fit.
    An edited policy is a new version for new clocks; running ones keep theirs until
    somebody moves them.
    """

    _name = "sajad.sla.policy"
    _description = "Promise of a Service"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    process_id = fields.Many2one(
        "sajad.process",
        string="Service",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: every service.",
    )
    metric = fields.Selection(
        METRICS,
        string="What Is Promised",
        required=True,
        default="first_answer",
        help="First answer: from the submission to the first public answer or "
        "decision of an office. Next answer: while the requester spoke last. Solution: "
        "until the request is done; it stands while an office waits for the requester.",
    )
    condition = fields.Char(
        string="Requests",
        help="Of which requests, as a domain. Empty: all of them.",
    )
    target = fields.Float(required=True, default=8, help="In working time.")
    unit = fields.Selection(
        UNITS,
        required=True,
        default="hours",
        help="A working day is as long as an average day of the calendar.",
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Working Calendar",
        ondelete="restrict",
        help="Empty: that of the university of the request.",
    )
    line_ids = fields.One2many(
        "sajad.sla.line",
        "policy_id",
        string="By Priority",
        help="Requests of another priority have the promised time above.",
    )
    has_priorities = fields.Boolean(compute="_compute_has_priorities")
    step_ids = fields.One2many("sajad.sla.step", "policy_id", string="Who Is Told")
    version_ids = fields.One2many("sajad.sla.version", "policy_id", string="Versions")
    version_id = fields.Many2one("sajad.sla.version", compute="_compute_version_id")
    older_count = fields.Integer(
        string="Running by an Older Version", compute="_compute_older_count"
    )

    _target_check = models.Constraint(
        "CHECK (target > 0)", "A promise takes some time."
    )

    @api.depends("version_ids")
    def _compute_version_id(self):
        for policy in self:
            policy.version_id = policy.version_ids.sorted("number")[-1:]

    @api.depends("process_id")
    def _compute_has_priorities(self):
        for policy in self:
            policy.has_priorities = policy.process_id._has_priorities()

    @api.depends("version_ids")
    def _compute_older_count(self):
        for policy in self:
            policy.older_count = len(policy._get_older_clocks())

    def _get_older_clocks(self):
        """Return the open clocks that run by an older version."""
        return self.env["sajad.sla.clock"].search(
            [
                ("policy_id", "in", self._origin.ids),
                ("version_id", "not in", self.version_id._origin.ids),
                ("state", "in", ("running", "paused", "unmeasured")),
                ("date_stop", "=", False),
            ]
        )

    @api.constrains("calendar_id")
    def _check_calendar(self):
        for calendar in self.calendar_id:
            if not calendar._sajad_can_measure():
                raise ValidationError(
                    self.env._(
                        "%(calendar)s has flexible hours or two different weeks; "
                        "promises need fixed working hours.",
                        calendar=calendar.name,
                    )
                )

    @api.constrains("condition")
    def _check_condition(self):
        for policy in self:
            spelled = spell_condition(self.env, policy.condition, "sajad.request")
            if spelled != policy.condition:
                policy.condition = spelled

    @api.model_create_multi
    def create(self, vals_list):
        """Make policies with their first versions."""
        whole = self.with_context(sajad_sla_whole=True)
        policies = super(SajadSlaPolicy, whole).create(vals_list).with_env(self.env)
        policies._make_versions()
        return policies

    def write(self, vals):
        """Edit policies: what clocks read is another version for new ones."""
        # rows that are saved with the policy make one version with it
        whole = self.with_context(sajad_sla_whole=True)
        result = super(SajadSlaPolicy, whole).write(vals)
        if not vals.keys().isdisjoint((*FROZEN, *ROWS)):
            self._make_versions()
        self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # whether there are clocks is no secret of those who keep policies
        Clock_sudo = self.env["sajad.sla.clock"].sudo()
        if Clock_sudo.search_count([("policy_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("There are clocks of this promise: archive it instead.")
            )

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def _note_part(self):
        """Freeze policies of which a row was edited by itself."""
        # what is saved with its policy is frozen once, see `write`
        if not self.env.context.get("sajad_sla_whole"):
            self._make_versions()

    def _make_versions(self):
        """Freeze policies as they are now."""
        # history is written by nobody but the system
        Version_sudo = self.env["sajad.sla.version"].sudo()
        for policy in self:
            last = policy.version_id
            values = {name: policy[name] for name in FROZEN}
            lines = policy.line_ids.sorted("priority", reverse=True)
            # nothing is kept as no value
            values["lines"] = [list(line._get_terms()) for line in lines] or False
            steps = policy.step_ids.sorted("offset")
            values["steps"] = [list(step._get_terms()) for step in steps] or False
            if last and all(last[name] == value for name, value in values.items()):
                continue
            values["calendar_id"] = policy.calendar_id.id
            Version_sudo.create(
                {**values, "policy_id": policy.id, "number": last.number + 1}
            )
        self.env.registry.clear_cache()

    def action_move_clocks(self):
        """Let running clocks go on by the present version (row D4).

        What they have used stays; history says of each who did it.

        :raise AccessError: the user does not keep policies
        """
        self.check_access("write")
        clocks = self._get_older_clocks()
        # the keeper of clocks writes them; the right to do so was checked
        self.env["sajad.sla.keeper"].sudo()._move(clocks.sudo())
        return True

    def action_open_clocks(self):
        """Open the clocks of the policy."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_sla.sajad_sla_clock_action"
        )
        action["domain"] = [("policy_id", "=", self.id)]
        action["context"] = {}
        return action

    # ------------------------------------------------------------
    # WHAT CLOCKS READ
    # ------------------------------------------------------------

    @api.model
    @tools.ormcache()
    def _get_promises(self):
        """Return the policies in order, archived ones too, as `Promise`s."""
        # promises are no secret of one user
        policies = self.sudo().with_context(active_test=False).search(Domain.TRUE)
        return tuple(
            Promise(
                policy.id,
                policy.active,
                policy.process_id.id,
                policy.metric,
                policy.condition or "",
                tuple(
                    v._get_terms() for v in policy.version_ids.sorted("number")[::-1]
                ),
            )
            for policy in policies
        )

    @api.model
    @tools.ormcache()
    def _get_condition_fields(self):
        """Return the names of the fields of requests that conditions ask for."""
        names = set()
        for promise in self._get_promises():
            if any(terms.lines for terms in promise.versions):
                names |= set(self.env["sajad.request"]._get_priority_fields())
            if promise.condition:
                domain = parse_condition(self.env, promise.condition, "sajad.request")
                names |= {
                    c.field_expr.partition(".")[0] for c in domain.iter_conditions()
                }
        return frozenset(names)
