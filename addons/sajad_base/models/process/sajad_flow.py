from graphlib import CycleError, TopologicalSorter

from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.i18n import format_list

from ...engine import states
from ...engine.states import INFORMATION
from ...engine.structure import PERMISSIONS, Step


class SajadFlow(models.Model):
    """One version of a process (row A5).

    A published version is frozen: running requests finish on the version that they
    started with. A change is made in a new draft.
    """

    _name = "sajad.flow"
    _description = "Process Version"
    _inherit = ["sajad.flow.form"]
    _order = "process_id, version desc"

    process_id = fields.Many2one(
        "sajad.process", required=True, index=True, ondelete="restrict"
    )
    version = fields.Integer(required=True, readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("retired", "Retired")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    date_published = fields.Datetime(readonly=True, copy=False)
    published_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    note = fields.Text(string="What Changed", translate=True)
    step_ids = fields.One2many("sajad.flow.step", "flow_id", string="Steps")
    request_count = fields.Integer(compute="_compute_request_count")

    _version_uniq = models.Constraint(
        "unique(process_id, version)", "This version exists."
    )
    _published_uniq = models.UniqueIndex(
        "(process_id) WHERE state = 'published'",
        "A process has one published version.",
    )

    @api.depends("process_id", "version")
    def _compute_display_name(self):
        for flow in self:
            flow.display_name = self.env._(
                "%(process)s, version %(version)s",
                process=flow.process_id.name or "",
                version=flow.version,
            )

    def _compute_request_count(self):
        groups = self.env["sajad.request"]._read_group(
            [("flow_id", "in", self.ids)], ["flow_id"], ["__count"]
        )
        counts = {flow.id: count for flow, count in groups}
        for flow in self:
            flow.request_count = counts.get(flow.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not vals.get("version"):
                last = self.search(
                    [("process_id", "=", vals.get("process_id"))],
                    order="version desc",
                    limit=1,
                )
                vals["version"] = last.version + 1
        return super().create(vals_list)

    def write(self, vals):
        if set(vals) - {"note"} and not self.env.su:
            self._check_draft()
        return super().write(vals)

    def copy(self, default=None):
        """Copy the steps with their arrows: the way to begin a new version."""
        copies = super().copy(default)
        for old, new in zip(self, copies, strict=True):
            old._copy_steps(new)
        return copies

    def _copy_steps(self, flow, stages=None):
        """Copy the steps into another version, with their arrows.

        :param dict stages: {stage: the stage that takes its place}, where the other
            version belongs to another process
        """
        stages = stages or {}
        mapping = {}
        for step in self.step_ids:
            stage = stages.get(step.stage_id, step.stage_id)
            mapping[step] = step.copy({"flow_id": flow.id, "stage_id": stage.id})
        for step, twin in mapping.items():
            twin.predecessor_ids = [
                Command.set([mapping[p].id for p in step.predecessor_ids])
            ]
            if step.recheck_of_id:
                twin.recheck_of_id = mapping[step.recheck_of_id]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._check_draft()

    def _check_draft(self):
        if any(flow.state != "draft" for flow in self):
            raise UserError(
                self.env._(
                    "A published version is frozen. Make a new version to change it."
                )
            )

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_new_version(self):
        """Open a draft copy of this version (row A5)."""
        self.ensure_one()
        draft = self.copy()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": draft.id,
            "view_mode": "form",
        }

    def action_publish(self):
        """Publish the draft and retire the version before it (row A5).

        Running requests stay on the version that they started with.

        :raise UserError: with everything that prevents publishing
        """
        self.ensure_one()
        self.check_access("write")
        self._check_draft()
        problems = self._get_publish_problems()
        if problems:
            raise UserError("\n".join(problems))
        self.step_ids._spell_rules()
        # State and dates are closed to clients, the checks above were made as user.
        flow_sudo = self.sudo()
        flow_sudo.search(
            [("process_id", "=", self.process_id.id), ("state", "=", "published")]
        ).state = "retired"
        flow_sudo.flush_model(["state"])
        flow_sudo.write(
            {
                "state": "published",
                "date_published": fields.Datetime.now(),
                # what an addon ships was published by nobody
                "published_by_id": not self.env.su and self.env.uid,
            }
        )
        self.env.registry.clear_cache("stable")

    def _publish_shipped(self):
        """Publish what an addon ships, once; later versions are the administrator's.

        Called by the data of addons at installation and update.
        """
        for flow in self:
            if flow.state == "draft" and not flow.process_id.published_flow_id:
                flow.action_publish()

    def action_check(self):
        """Show what prevents publishing, and the cartables that are missing."""
        self.ensure_one()
        problems = self._get_publish_problems()
        lines = problems or [self.env._("Nothing prevents publishing.")]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if problems else "success",
                "sticky": bool(problems),
                "message": "\n".join(lines + self._get_missing_cartables()),
            },
        }

    # ------------------------------------------------------------
    # WHAT PREVENTS PUBLISHING
    # ------------------------------------------------------------

    def _get_publish_problems(self):
        """Return readable sentences, empty when the version can be published."""
        self.ensure_one()
        problems = []
        if not self.step_ids:
            problems.append(self.env._("There is no step."))
        problems += self._get_graph_problems()
        for step in self.step_ids:
            problems += step._get_problems()
        if self.step_ids and all(s.mode == INFORMATION for s in self.step_ids):
            problems.append(self.env._("Every step is for information only."))
        return problems

    def _get_graph_problems(self):
        steps = self.step_ids
        problems = [
            self.env._("%(step)s follows a step of another version.", step=step.name)
            for step in steps
            if step.predecessor_ids - steps
        ]
        try:
            graph = {step: step.predecessor_ids & steps for step in steps}
            list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            names = " ← ".join(step.name for step in error.args[1])
            problems.append(
                self.env._("These steps wait for each other: %(names)s", names=names)
            )
        if steps and all(step.predecessor_ids for step in steps):
            problems.append(self.env._("No step starts the flow."))
        return problems + self._get_unreachable(steps)

    def _get_unreachable(self, steps):
        reached = frontier = steps.filtered(lambda s: not s.predecessor_ids)
        while frontier:
            frontier = frontier.successor_ids & steps - reached
            reached |= frontier
        return [
            self.env._("%(step)s is never reached.", step=step.name)
            for step in steps - reached
        ]

    def _get_missing_cartables(self):
        """Return a line per role that has no cartable at a university."""
        self.ensure_one()
        lines = []
        Cartable = self.env["sajad.cartable"]
        universities = self.process_id._get_universities()
        for role in self.step_ids.role_id:
            wanted = universities
            if role.level == "organization":
                wanted = self.env["sajad.university"].search(
                    [("is_organization", "=", True)]
                )
            present = Cartable.search(
                [("role_id", "=", role.id), ("process_id", "=", self.process_id.id)]
            ).university_id
            missing = wanted - present
            if missing:
                lines.append(
                    self.env._(
                        "%(role)s has no cartable at: %(universities)s",
                        role=role.name,
                        universities=format_list(self.env, missing.mapped("name")),
                    )
                )
        return lines

    @api.model
    @tools.ormcache("flow_id", cache="stable")
    def _get_structure(self, flow_id):
        """Return the steps of a flow as plain values: {step id: Step}."""
        # The structure of a published flow is no secret of one user.
        steps = self.sudo().browse(flow_id).step_ids
        return {
            step.id: Step(
                id=step.id,
                stage_id=step.stage_id.id,
                role_id=step.role_id.id,
                role_level=step.role_id.level,
                predecessors=tuple(step.predecessor_ids.ids),
                successors=tuple(step.successor_ids.ids),
                join=step.join,
                information=step.mode == states.INFORMATION,
                assigns=step.mode == states.ASSIGN,
                # who picks the expert of this step
                assigned_by=step.predecessor_ids.filtered(
                    lambda before: before.mode == states.ASSIGN
                )[:1].id,
                numbering=step.numbering,
                condition=step.condition or "",
                time_limit=step.time_limit,
                recheck_of=step.recheck_of_id.id,
                permissions=frozenset(name for name in PERMISSIONS if step[name]),
                has_checks=bool(step.check_ids),
            )
            for step in steps
        }

    @api.model
    def _describe_students(self, condition):
        """Hook: a condition on students in words, or nothing."""
        return ""
