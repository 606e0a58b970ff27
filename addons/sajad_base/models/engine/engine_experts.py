from odoo import models
from odoo.fields import Domain


class SajadEngine(models.AbstractModel):
    """Who can be picked at a step that assigns, and who keeps the work."""

    _inherit = "sajad.engine"

    def _check_experts(self, users, journeys, problems):
        """Leave out the tasks whose expert does not decide in the next cartable."""
        nodes = {
            task: self._get_following(journeys[task.request_id].nodes[task.step_id.id])
            for task in users
        }
        routes = self._get_routes(list(nodes.values())) if nodes else {}
        deciders = self._get_deciders(set(routes.values()))
        for task, node in nodes.items():
            cartable_id = routes.get((node.request.scope_id.id, node.step.role_id))
            problem = self._get_expert_problem(
                users[task], node, deciders.get(cartable_id)
            )
            if problem:
                problems[task] = problem
        # the engine's own sets, checked before
        tasks = self.env["sajad.task"].sudo().union(*users)
        return tasks.filtered(lambda task: task not in problems)

    def _get_expert_problem(self, user, node, deciders):
        if deciders is None:
            stage = self.env["sajad.stage"].browse(node.step.stage_id)
            return self.env._(
                "Nobody is in charge of %(step)s yet, so there is nobody to assign "
                "to. Ask the liaison of the university for a cartable; the work "
                "waits here until then.",
                step=stage.name,
            )
        if not user:
            return self.env._("Choose the expert.")
        if user not in deciders:
            return self.env._(
                "%(name)s does not decide in the cartable of the next step.",
                name=user.name,
            )
        if node.request._is_own(user.sudo()):
            return self.env._("Nobody decides on an own request.")
        return ""

    def _get_deciders(self, cartable_ids):
        """Return {cartable id: users who decide there today}, substitutes too."""
        Member = self.env["sajad.cartable.member"]
        # who works in an office is no secret of its members
        members = Member.sudo().search(
            Domain("cartable_id", "in", list(cartable_ids))
            & Member._get_decider_domain()
        )
        return {
            cartable.id: rows.user_id
            for cartable, rows in members.grouped("cartable_id").items()
        }

    def _get_next_cartables(self, tasks):
        """Return {task: id of the cartable that the step after it reaches}.

        The caller has checked that the user decides on the tasks, which assign.
        """
        # routes are the engine's own
        tasks = tasks.sudo()
        journeys = self._load(tasks.request_id)
        nodes = {
            task: self._get_following(journeys[task.request_id].nodes[task.step_id.id])
            for task in tasks
        }
        routes = self._get_routes(list(nodes.values())) if nodes else {}
        return {
            task: routes.get((node.request.scope_id.id, node.step.role_id), False)
            for task, node in nodes.items()
        }

    def _get_kept_experts(self, nodes, routes):
        """Return {node: user id} where the assigned expert goes on with the work."""
        wanted = {
            node: routes.get((node.request.scope_id.id, node.step.role_id))
            for node in nodes
            if node.step.assigned_by and node.values.get("user_id")
        }
        if not wanted:
            return {}
        deciders = self._get_deciders(set(wanted.values()) - {None})
        return {
            node: node.values["user_id"]
            for node, cartable_id in wanted.items()
            if cartable_id and node.values["user_id"] in deciders[cartable_id].ids
        }
