from odoo import models
from odoo.tools import SQL


class SajadEngine(models.AbstractModel):
    """Steps that pass by themselves: the office holds nothing (row B7)."""

    _inherit = "sajad.engine"

    def _get_auto_cleared(self, nodes):
        """Pass the steps of offices that want it, for students without holds.

        A number of queries that does not depend on the nodes.
        """
        cleared = super()._get_auto_cleared(nodes)
        candidates = self._get_auto_candidates(
            [node for node in nodes if node not in cleared]
        )
        if not candidates:
            return cleared
        blocked = self._get_blocked_pairs(candidates)
        changed = self._get_changed_nodes(candidates)
        late = self._find_late_offices(self._get_last_requests(candidates))
        for node, cartable in candidates.items():
            office = cartable.office_id
            if (node.request.student_id.id, office.id) in blocked:
                continue
            if self._is_last(node.step) and node.request.id in late:
                continue
            if office.auto_clear or node not in changed:
                cleared[node] = self._get_auto_reason(office)
                # the office finds among its work what passed by itself
                node.set(cartable_id=cartable.id)
        return cleared

    def _get_auto_reason(self, office):
        """Return what the history says; in Persian where a job has no language."""
        lang = self.env.lang
        if not lang and "fa_IR" in self.env["res.lang"]._get_active_by("code"):
            lang = "fa_IR"
        env = self.with_context(lang=lang).env
        if office.auto_clear:
            return env._("The office holds nothing against the student.")
        return env._("Nothing has changed since the first round.")

    def _get_auto_candidates(self, nodes):
        """Return {node: cartable} where nobody is needed, and the office is manned."""
        nodes = [
            node
            for node in nodes
            # a later round was asked for by a person, who wants to be answered
            if node.values.get("round", 1) == 1 and not node.step.needs_person
        ]
        if not nodes or not self._has_auto_offices(nodes):
            return {}
        routes = self._get_routes(nodes)
        # settings of offices, which the engine reads for all
        cartables = self.env["sajad.cartable"].sudo().browse(set(routes.values()))
        cartables.fetch(["office_id"])
        cartables.office_id.fetch(["auto_clear", "auto_recheck"])
        candidates = {}
        for node in nodes:
            cartable_id = routes.get((node.request.scope_id.id, node.step.role_id))
            office = cartables.browse(cartable_id).office_id
            wants = office.auto_clear or (office.auto_recheck and node.step.recheck_of)
            if cartable_id and wants:
                candidates[node] = cartables.browse(cartable_id)
        return candidates

    def _has_auto_offices(self, nodes):
        """Return whether any office of these roles wants it: mostly none does."""
        roles = self.env["sajad.office"]._get_auto_role_ids()
        return any(node.step.role_id in roles for node in nodes)

    def _get_last_requests(self, candidates):
        last = [node.request for node in candidates if self._is_last(node.step)]
        return self.env["sajad.request"].union(*last)

    def _get_blocked_pairs(self, candidates):
        """Return the (student id, office id) with an open or a disputed hold."""
        self.env["sajad.hold"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT student_id, office_id FROM sajad_hold"
                " WHERE student_id IN %s AND office_id IN %s"
                " AND (state = 'open' OR (dispute_state = 'open'"
                " AND state IN ('planned', 'guaranteed')))",
                tuple({node.request.student_id.id for node in candidates}),
                tuple({c.office_id.id for c in candidates.values()}),
            )
        )
        return set(rows)

    def _get_changed_nodes(self, candidates):
        """Return the nodes that are no second round of an approval since which no hold
        of the office changed."""
        rechecks = {
            node: node.journey.nodes.get(node.step.recheck_of)
            for node in candidates
            if node.step.recheck_of
        }
        unchanged = {
            node
            for node, first in rechecks.items()
            if first and first.state == "done" and first.values["outcome"] == "approved"
        }
        pairs = self._get_last_changes({n: candidates[n] for n in unchanged})
        dates = self._get_first_dates([rechecks[node] for node in unchanged])
        for node in list(unchanged):
            key = (node.request.student_id.id, candidates[node].office_id.id)
            # without an identity yet, the first round was done in this transition
            done = dates.get(rechecks[node].task_id)
            if key in pairs and (not done or pairs[key] > done):
                unchanged.discard(node)
        return set(candidates) - unchanged

    def _get_last_changes(self, candidates):
        """Return {(student id, office id): when a hold last changed}."""
        if not candidates:
            return {}
        self.env["sajad.hold.event"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT hold.student_id, hold.office_id, MAX(event.date)"
                " FROM sajad_hold hold"
                " JOIN sajad_hold_event event ON event.hold_id = hold.id"
                " WHERE hold.student_id IN %s AND hold.office_id IN %s"
                " GROUP BY hold.student_id, hold.office_id",
                tuple({node.request.student_id.id for node in candidates}),
                tuple({c.office_id.id for c in candidates.values()}),
            )
        )
        return {(student, office): date for student, office, date in rows}

    def _get_first_dates(self, nodes):
        """Return {task id: when the first round was decided}."""
        ids = [node.task_id for node in nodes if node.task_id]
        # work of the same office, read for a date
        tasks = self.env["sajad.task"].sudo().browse(ids)
        tasks.fetch(["date_done"])
        return {task.id: task.date_done for task in tasks}
