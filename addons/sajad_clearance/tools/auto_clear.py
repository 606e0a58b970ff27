"""Steps that pass by themselves: the office holds nothing (row B7)."""

from .hold_queries import find_blocked, find_last_changes, find_late


def is_last(step):
    """Whether a request ends with this step: nothing ends over an open hold."""
    return not step.successors and not step.information


class AutoClear:
    """Which nodes need nobody; the number of queries does not depend on how many."""

    def __init__(self, engine, nodes):
        self.engine = engine
        self.env = engine.env
        # {node: the cartable that it would come to}
        self.cartables = self._get_candidates(nodes)
        # {node: (student id, office id)}
        self.pairs = {
            node: (node.request.student_id.id, cartable.office_id.id)
            for node, cartable in self.cartables.items()
        }

    def judge(self):
        """Return {node: reason} of the nodes that pass, and set their cartables."""
        if not self.cartables:
            return {}
        blocked = find_blocked(self.env, self.pairs.values())
        unchanged = self._get_unchanged()
        late = self._find_late()
        cleared = {}
        for node, cartable in self.cartables.items():
            office = cartable.office_id
            if self.pairs[node] in blocked:
                continue
            if is_last(node.step) and node.request.id in late:
                continue
            if office.auto_clear or node in unchanged:
                cleared[node] = self._get_reason(office)
                # the office finds among its work what passed by itself
                node.set(cartable_id=cartable.id)
        return cleared

    def _get_reason(self, office):
        """Return what the history says; in Persian where a job has no language."""
        lang = self.env.lang
        if not lang and "fa_IR" in self.env["res.lang"]._get_active_by("code"):
            lang = "fa_IR"
        env = self.engine.with_context(lang=lang).env
        if office.auto_clear:
            return env._("The office holds nothing against the student.")
        return env._("Nothing has changed since the first round.")

    def _get_candidates(self, nodes):
        """Return {node: cartable} where nobody is needed, and the office is manned."""
        nodes = [
            node
            for node in nodes
            # a later round was asked for by a person, who wants to be answered
            if node.values.get("round", 1) == 1 and not node.step.needs_person
        ]
        # mostly no office of these roles wants it
        roles = self.env["sajad.office"]._get_auto_role_ids()
        if not any(node.step.role_id in roles for node in nodes):
            return {}
        routes = self.engine._get_routes(nodes)
        # settings of offices, which the engine reads for all
        cartables = self.env["sajad.cartable"].sudo().browse(set(routes.values()))
        cartables.fetch(["office_id"])
        cartables.office_id.fetch(["auto_clear", "auto_recheck"])
        candidates = {}
        for node in nodes:
            cartable_id = routes.get(node.route)
            office = cartables.browse(cartable_id).office_id
            wants = office.auto_clear or (office.auto_recheck and node.step.recheck_of)
            if cartable_id and wants:
                candidates[node] = cartables.browse(cartable_id)
        return candidates

    def _find_late(self):
        last = [node.request for node in self.cartables if is_last(node.step)]
        return find_late(self.env, self.env["sajad.request"].union(*last))

    def _get_unchanged(self):
        """Return the nodes that are a second round of an approval since which no hold
        of the office changed."""
        firsts = {
            node: node.journey.nodes.get(node.step.recheck_of)
            for node in self.cartables
            if node.step.recheck_of
        }
        firsts = {
            node: first
            for node, first in firsts.items()
            if first and first.state == "done" and first.values["outcome"] == "approved"
        }
        changes = find_last_changes(self.env, [self.pairs[node] for node in firsts])
        dates = self._get_dates(firsts.values())
        unchanged = set()
        for node, first in firsts.items():
            changed = changes.get(self.pairs[node])
            # without an identity yet, the first round was done in this transition
            done = dates.get(first.task_id)
            if not changed or (done and changed <= done):
                unchanged.add(node)
        return unchanged

    def _get_dates(self, nodes):
        """Return {task id: when the first round was decided}."""
        ids = [node.task_id for node in nodes if node.task_id]
        # work of the same office, read for a date
        tasks = self.env["sajad.task"].sudo().browse(ids)
        tasks.fetch(["date_done"])
        return {task.id: task.date_done for task in tasks}
