from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...engine.states import ASSIGN


class SajadTask(models.Model):
    """Work that is decided by assigning, and the work that was assigned (row B3)."""

    _inherit = "sajad.task"

    can_give_back = fields.Boolean(compute="_compute_assignment")
    # there are offices before this one
    can_send_back = fields.Boolean(compute="_compute_assignment")
    can_reassign = fields.Boolean(compute="_compute_assignment")
    can_take_back = fields.Boolean(compute="_compute_can_take_back")
    expert_id = fields.Many2one(
        "res.users", string="Assigned to", compute="_compute_assignment"
    )

    @api.depends_context("uid")
    @api.depends("state", "outcome", "user_id", "cartable_id", "current")
    def _compute_assignment(self):
        engine = self.env["sajad.engine"]
        reassignable = engine._filter_reassignable(self)
        for task in self:
            # steps are no secret of one office
            step = task.request_id and engine._get_step(task.sudo())
            task.can_give_back = bool(step and step.assigned_by and task.can_decide)
            task.can_send_back = bool(
                step and step.predecessors and task.allow_return and task.can_decide
            )
            task.can_reassign = task in reassignable
            expert = self.env["res.users"]
            if step and task.current and task.outcome == "assigned":
                following = engine._get_following_task(task)
                expert = following.user_id or following.done_by_id
            task.expert_id = expert.id

    @api.depends_context("uid")
    @api.depends("state", "user_id", "cartable_id")
    def _compute_can_take_back(self):
        mine = self.env["sajad.engine"]._filter_with_student(self)
        for task in self:
            task.can_take_back = task in mine

    def action_assign(self):
        """Open the dialog in which a head picks experts, for one work or many.

        :raise UserError: the work is not decided by assigning, or not now
        """
        self.check_access("read")
        if not self or any(task.mode != ASSIGN for task in self):
            raise UserError(
                self.env._("Choose only work that is decided by assigning.")
            )
        # new work goes first; what was assigned already is left as it is
        new = self.env["sajad.engine"]._filter_decidable(self)
        wizard = self.env["sajad.task.assign"]._propose(new or self, not new)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Assign") if new else self.env._("Assign Anew"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def _batch_assign(self, experts, is_reassign, note):
        """Give some work to experts; return {work: sentence} of what was not given.

        :param dict experts: {id of a work, as text: id of the expert}
        """
        engine = self.env["sajad.engine"]
        assign = engine._reassign if is_reassign else engine._assign_experts
        # names are read of colleagues only; the engine checks who may be picked
        Users = self.env["res.users"]
        return assign({t: Users.browse(experts[str(t.id)]) for t in self}, note)

    # ------------------------------------------------------------
    # VIEWS: ONLY HEADS HAVE THE BUTTON IN LISTS
    # ------------------------------------------------------------

    @api.model
    def _may_assign(self):
        """Whether the user is in charge of a cartable whose step assigns."""
        roles = self._get_assigning_roles()
        if not roles:
            return False
        Member = self.env["sajad.cartable.member"]
        return bool(
            # own rows, whatever the user may read of colleagues
            Member.sudo().search_count(
                Domain("user_id", "=", self.env.uid)
                & Domain("cartable_id.role_id", "in", roles)
                & Member._get_decider_domain(),
                limit=1,
            )
        )

    @api.model
    @tools.ormcache(cache="stable")
    def _get_assigning_roles(self):
        """Return the ids of the roles that assign, read once: publishing is rare."""
        # which office assigns is no secret of one user
        steps = self.env["sajad.flow.step"].sudo()
        domain = [("mode", "=", ASSIGN), ("flow_id.state", "!=", "draft")]
        return tuple(steps.search(domain).role_id.ids)

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self._may_assign())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type in ("list", "kanban") and not self._may_assign():
            for button in arch.xpath("./header/button[@name='action_assign']"):
                button.getparent().remove(button)
        return arch, view
