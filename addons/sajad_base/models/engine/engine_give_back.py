from odoo import models


class SajadEngine(models.AbstractModel):
    _inherit = "sajad.engine"

    def _give_back(self, tasks, reason):
        """Give assigned work back to the head, who assigns again (row B3).

        :return: {task: sentence} of those that were not given back
        :raise AccessError: a task is not visible to the user
        """
        allowed, memberships, problems = self._split_decidable(tasks)
        allowed = self._lock_tasks(allowed, problems)
        for task in allowed:
            if not self._get_step(task).assigned_by:
                problems[task] = self.env._("Nobody has assigned this work.")
        allowed = allowed.filtered(lambda task: task not in problems)
        log = self._new_log(memberships)
        journeys = self._load(allowed.request_id)
        self._return_to_heads(self._get_nodes(allowed, journeys), reason, log)
        self._settle(list(journeys.values()), log)
        return problems

    def _return_to_heads(self, nodes, reason, log):
        """Close assigned work and open that of the heads, who assign again."""
        targets = []
        for node in nodes:
            journey, cartable_id = node.journey, node.values["cartable_id"]
            log.add("given_back", node.request, node, reason, cartable_id)
            self._close_returned(node, reason, log)
            targets.append(self._reopen(journey, journey.nodes[node.step.assigned_by]))
        self._save(dict.fromkeys(node.journey for node in nodes))
        self._open(targets, log)
