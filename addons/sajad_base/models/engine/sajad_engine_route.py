from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from ...tools.conditions import filter_condition


class SajadEngineRoute(models.AbstractModel):
    """Part of the engine: work is opened and finds its cartable.

    In memory and with elevated rights: called inside a transition.
    """

    _name = "sajad.engine.route"
    _description = "Engine of Requests"

    def _open(self, nodes, log):
        """Open nodes whose predecessors are finished.

        Those whose condition does not hold are skipped, those that clear
        themselves are done, and what follows them is opened in turn. The rest is
        routed to cartables.
        """
        to_route = []
        while nodes:
            skipped = self._get_skipped(nodes)
            applicable = [node for node in nodes if node not in skipped]
            cleared = self._get_auto_cleared(applicable)
            for node in skipped:
                node.set(state="skipped")
                log.add("skipped", node.request, node)
            for node, reason in cleared.items():
                node.set(state="done", outcome="approved", date_done=log.now)
                log.add("passed", node.request, node, reason)
            routed = [node for node in applicable if node not in cleared]
            to_route += routed
            finished = [*skipped, *cleared, *(n for n in routed if n.step.information)]
            nodes = []
            for node in finished:
                nodes += node.journey.count_down(node)
        self._route(to_route, log)

    def _get_skipped(self, nodes):
        """Return the nodes whose condition does not hold (row A5: branches)."""
        by_condition = defaultdict(list)
        for node in nodes:
            if node.step.condition:
                by_condition[node.step.condition].append(node)
        skipped = set()
        for condition, conditional in by_condition.items():
            requests = self.env["sajad.request"].union(
                *(n.request for n in conditional)
            )
            matching = filter_condition(requests, condition)
            # an office is never skipped for a condition that cannot be evaluated
            if matching is not None:
                skipped |= {n for n in conditional if n.request not in matching}
        return skipped

    def _route(self, nodes, log):
        """Put nodes into the cartables of their roles, or suspend them (row A6)."""
        if not nodes:
            return
        # who assigns needs somebody to assign to
        following = {n: n.following for n in nodes if n.step.assigns}
        routes = self._get_routes([*nodes, *following.values()])
        kept = self._get_kept_experts(nodes, routes)
        # a rule picked somebody who did not have it
        given = {n for n, user in kept.items() if user != n.values.get("user_id")}
        due_dates = {}
        for node in nodes:
            was_suspended = node.state == "suspended"
            cartable_id = routes.get(node.route)
            if not cartable_id:
                if not was_suspended:
                    self._suspend(node, log)
                continue
            node.set(
                state="ready",
                cartable_id=cartable_id,
                student_wait=False,
                user_id=kept.get(node, False),
                date_ready=log.now,
                date_due=self._get_due(node, log.now, due_dates),
            )
            if node in following and following[node].route not in routes:
                log.gaps.append(following[node])
            log.add("resumed" if was_suspended else "ready", node.request, node)
            if node in given:
                log.add("allotted", node.request, node, self._name_user(kept[node]))
            if was_suspended and not node.step.information:
                log.notify("resumed", node.request, node)

    def _name_user(self, user_id):
        return self.env["res.users"].browse(user_id).name

    def _suspend(self, node, log):
        node.set(
            state="suspended",
            cartable_id=False,
            # it waits since it came, although nobody is there
            date_ready=node.values.get("date_ready") or log.now,
            date_due=False,
            student_wait=False,
            user_id=False,
        )
        log.add("suspended", node.request, node)
        # what is only for information does not hold the student up
        if not node.step.information:
            log.notify("suspended", node.request, node)

    def _get_routes(self, nodes):
        """Return {`node.route`: cartable id}, only of manned cartables."""
        self.env["sajad.cartable"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT scope.id, cartable.role_id, cartable.id
                  FROM sajad_scope scope
                  JOIN sajad_cartable_sajad_scope_rel rel
                    ON rel.sajad_scope_id = COALESCE(scope.whole_id, scope.id)
                  JOIN sajad_cartable cartable ON cartable.id = rel.sajad_cartable_id
                 WHERE scope.id IN %(scopes)s
                   AND cartable.role_id IN %(roles)s
                   AND cartable.active IS TRUE
                   AND EXISTS (
                       SELECT FROM (%(deciders)s) decider
                        WHERE decider.cartable_id = cartable.id)
                """,
                scopes=tuple({node.request.scope_id.id for node in nodes}),
                roles=tuple({node.step.role_id for node in nodes}),
                deciders=self.env["sajad.cartable.member"]._get_decider_sql(),
            )
        )
        return {
            (scope_id, role_id): cartable_id for scope_id, role_id, cartable_id in rows
        }

    def _get_due(self, node, now, cache):
        """Return when the node is late, in the working hours of the university."""
        hours = node.step.time_limit
        calendar = node.request.university_id.calendar_id
        if not hours or not calendar:
            return False
        key = (calendar.id, hours)
        if key not in cache:
            cache[key] = calendar._sajad_plan_hours(calendar.id, hours, now)
        return cache[key]
