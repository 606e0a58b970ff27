from odoo import models
from odoo.fields import Domain

from ...engine import states


class SajadEngineAssign(models.AbstractModel):
    """Part of the engine: steps at which a head picks the expert (row B3)."""

    _name = "sajad.engine.assign"
    _description = "Engine of Requests"

    def _assign_experts(self, experts, reason=""):
        """Finish the heads' work by putting the next step's into an expert's hands.

        :param dict experts: {task of the head: user who decides in the cartable of
            the step after it}
        :return: {task: sentence} of those that were not assigned
        :rtype: dict
        :raise AccessError: a task is not visible to the user
        """
        tasks = self.env["sajad.task"].union(*experts)
        with self._decision(tasks) as transition:
            engine = transition.engine
            transition.leave_out(engine._get_assigning_problems(transition.tasks))
            transition.leave_out(engine._get_term_problems(transition.tasks))
            transition.leave_out(engine._get_expert_problems(transition, experts))
            nodes = transition.nodes
            users = [experts[task] for task in transition.tasks]
            for node, user in zip(nodes, users, strict=True):
                transition.close(node, "assigned", self._tell_expert(user, reason))
            engine._carry_out(transition, "approved")
            transition.pass_on(nodes)
            for node, user in zip(nodes, users, strict=True):
                if node.following.state == "ready":
                    node.following.set(user_id=user.id)
        return transition.problems

    def _reassign(self, experts, reason=""):
        """Give work that a head has assigned to somebody else, while it is open.

        :param dict experts: {task of the head: user}
        :return: {task: sentence} of those that were not changed
        :raise AccessError: a task is not visible to the user
        """
        tasks = self.env["sajad.task"].union(*experts)
        with self._decision(tasks, self._get_reassign_problem) as transition:
            problems = transition.engine._get_expert_problems(transition, experts)
            transition.leave_out(problems)
            for node, task in zip(transition.nodes, transition.tasks, strict=True):
                user = experts[task]
                text = self._tell_expert(user, reason)
                transition.add_event(node, "reassigned", text)
                node.following.set(user_id=user.id)
        return transition.problems

    def _tell_expert(self, user, reason):
        """Return what history says of an assignment."""
        return f"{user.name}: {reason}" if reason else user.name

    # ------------------------------------------------------------
    # CHECKS
    # ------------------------------------------------------------

    def _get_assigning_problems(self, tasks):
        return {
            task: self.env._("%(step)s assigns nobody.", step=task.stage_id.name)
            for task in tasks
            if not self._get_step(task).assigns
        }

    def _get_expert_problems(self, transition, experts):
        """Return {task: sentence} where the expert does not decide on the next step."""
        nodes = [node.following for node in transition.nodes]
        routes = self._get_routes(nodes) if nodes else {}
        deciders = self._get_deciders(set(routes.values()))
        problems = {}
        for task, node in zip(transition.tasks, nodes, strict=True):
            problem = self._get_expert_problem(
                experts[task], node, deciders.get(routes.get(node.route))
            )
            if problem:
                problems[task] = problem
        return problems

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
        if node.request._is_own(user.with_env(node.request.env)):
            return self.env._("Nobody decides on an own request.")
        return ""

    def _get_reassign_problem(self, task, memberships):
        """Return why the user cannot assign the work anew, or an empty text.

        :param task: with elevated rights
        """
        if not task.current or task.outcome != "assigned":
            return self.env._("This work was not assigned.")
        if task.cartable_id.id not in memberships:
            return self.env._("You are not in charge of this cartable.")
        following = self._get_following_task(task)
        if following.state not in states.IN_CARTABLE:
            return self.env._("The expert has decided already.")
        if task.request_id._is_own():
            return self.env._("Nobody decides on an own request.")
        return ""

    # ------------------------------------------------------------
    # WHO CAN BE PICKED
    # ------------------------------------------------------------

    def _filter_reassignable(self, tasks):
        """Return the tasks for which the user may pick another expert now."""
        assigned = tasks.filtered(lambda t: t.current and t.outcome == "assigned")
        memberships = self._get_memberships(assigned) if assigned else {}
        problems = self._get_problems(assigned, memberships, self._get_reassign_problem)
        return assigned.filtered(lambda task: task not in problems)

    def _get_following_task(self, task):
        """Return the current work, with elevated rights, that `task` assigns."""
        # the expert's work lies in a cartable that the head does not see
        task_sudo = task.sudo()
        step = self._get_step(task_sudo)
        return task_sudo.request_id.task_ids.filtered(
            lambda other: other.current and other.step_id.id in step.successors
        )

    def _get_next_cartables(self, tasks):
        """Return {task: id of the cartable that the step after it reaches}.

        The caller has checked that the user decides on the tasks, which assign.
        """
        transition = self._new_transition(tasks.request_id, tasks)
        nodes = [node.following for node in transition.nodes]
        routes = self._get_routes(nodes) if nodes else {}
        return {
            task: routes.get(node.route, False)
            for task, node in zip(tasks, nodes, strict=True)
        }

    def _get_deciders(self, cartable_ids):
        """Return {cartable id: users who decide there today}, substitutes too."""
        # who works in an office is no secret of its members
        Member_sudo = self.env["sajad.cartable.member"].sudo()
        members = Member_sudo.search(
            Domain("cartable_id", "in", list(cartable_ids))
            & Member_sudo._get_decider_domain()
        )
        return {
            cartable.id: rows.user_id
            for cartable, rows in members.grouped("cartable_id").items()
        }

    def _get_kept_experts(self, nodes, routes):
        """Hook: {node: user id} of work that comes to a person, not to a queue.

        What a head has assigned goes on with its expert.

        :param dict routes: {`node.route`: cartable id}
        """
        wanted = {
            node: routes.get(node.route)
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
