from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.i18n import format_list

from odoo.addons.sajad_persian.tools.order import persian_key

from ..models.request.sajad_task_actions import MANY


class SajadTaskAssign(models.TransientModel):
    """The dialog in which a head gives work to experts (row B3).

    It is made with a proposal: each work goes to the expert who has the least, the
    oldest first. The engine checks again whom the head picked.
    """

    _name = "sajad.task.assign"
    _description = "Assign"

    task_ids = fields.Many2many("sajad.task", string="Work")
    task_count = fields.Integer(compute="_compute_task_count")
    is_reassign = fields.Boolean(string="Assign Anew")
    note = fields.Char(string="Note to the Expert")
    missing = fields.Char(
        string="Offices without a Responsible Person",
        help="The offices of the next step that nobody is in charge of.",
    )
    line_ids = fields.One2many("sajad.task.assign.line", "wizard_id", string="Proposal")
    expert_ids = fields.One2many(
        "sajad.task.assign.expert", "wizard_id", string="Experts"
    )
    candidate_ids = fields.Many2many("res.users", compute="_compute_candidate_ids")

    @api.depends("task_ids")
    def _compute_task_count(self):
        for wizard in self:
            wizard.task_count = len(wizard.task_ids)

    @api.depends("expert_ids.user_id")
    def _compute_candidate_ids(self):
        for wizard in self:
            wizard.candidate_ids = wizard.expert_ids.user_id

    # ------------------------------------------------------------
    # PROPOSAL
    # ------------------------------------------------------------

    @api.model
    def _propose(self, tasks, is_reassign):
        """Return a new dialog with a balanced proposal for the tasks.

        :raise UserError: none of the work can be assigned by the user now
        """
        engine = self.env["sajad.engine"]
        allowed = (
            engine._filter_reassignable(tasks)
            if is_reassign
            else engine._filter_decidable(tasks)
        )
        if not allowed:
            raise UserError(self.env._("None of this work is to be assigned by you."))
        cartables = engine._get_next_cartables(allowed)
        deciders = engine._get_deciders(set(cartables.values()) - {False})
        before = self._count_open(deciders)
        counts = dict(before)
        lines, missing = [], set()
        for task in allowed.sorted("date_ready"):
            # only a key, as the engine found the work
            experts = deciders.get(cartables[task.sudo()])
            if not experts:
                missing |= set(engine._get_following_task(task).stage_id.mapped("name"))
            user = self._pick(task, experts, counts, is_reassign)
            lines.append(Command.create({"task_id": task.id, "user_id": user.id}))
        users = self.env["res.users"].union(*deciders.values())
        current = allowed.expert_id if len(allowed) == 1 and is_reassign else users[:0]
        return self.create(
            {
                "task_ids": allowed.ids,
                "is_reassign": is_reassign,
                "missing": format_list(self.env, sorted(missing, key=persian_key))
                if missing
                else "",
                "line_ids": lines,
                "expert_ids": [
                    Command.create(
                        {
                            "user_id": user.id,
                            "open_count": before[user],
                            "is_current": user in current,
                        }
                    )
                    for user in users.sorted(lambda user: (before[user], user.id))
                ],
            }
        )

    def _pick(self, task, experts, counts, is_reassign):
        """Return the expert who has the least, or who has the work already."""
        if not experts:
            return self.env["res.users"]
        if is_reassign and task.expert_id in experts:
            return task.expert_id
        user = min(experts, key=lambda expert: (counts[expert], expert.id))
        counts[user] += 1
        return user

    def _count_open(self, deciders):
        """Return {user: open work in the cartables of the next step}."""
        users = self.env["res.users"].union(*deciders.values())
        Task = self.env["sajad.task"]
        # the head sees how much, not what, lies in the experts' cartables
        groups = Task.sudo()._read_group(
            [
                ("cartable_id", "in", list(deciders)),
                ("user_id", "in", users.ids),
                *Task._get_open_domain(),
            ],
            ["user_id"],
            ["__count"],
        )
        found = {user.id: count for user, count in groups}
        return {user: found.get(user.id, 0) for user in users}

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_apply(self):
        """Assign each work to the expert of its line.

        :raise UserError: with the reason, when nothing was assigned
        """
        self.ensure_one()
        return self._apply({line.task_id: line.user_id for line in self.line_ids})

    def _apply(self, experts):
        """Give each work to its expert; very many in the background (row A10)."""
        if not experts:
            raise UserError(self.env._("There is nothing to assign."))
        tasks = self.env["sajad.task"].union(*experts)
        given = {
            "experts": {str(task.id): user.id for task, user in experts.items()},
            "is_reassign": self.is_reassign,
            "note": (self.note or "").strip(),
        }
        if len(tasks) > MANY:
            # what nobody may read is not even counted
            tasks.check_access("read")
            name = (
                self.env._("Assign Anew") if self.is_reassign else self.env._("Assign")
            )
            return self.env["sajad.batch"]._start(name, tasks, "_batch_assign", **given)
        result = tasks._report(tasks._batch_assign(**given))
        if result and result["type"] == "ir.actions.client":
            close = {"type": "ir.actions.act_window_close"}
            result["params"]["next"] = close
        return result or {"type": "ir.actions.act_window_close"}
