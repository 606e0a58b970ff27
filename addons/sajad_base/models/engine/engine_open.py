from collections import defaultdict

from odoo import models


class SajadEngine(models.AbstractModel):
    _inherit = "sajad.engine"

    def _pass_on(self, nodes, log):
        """Open what follows finished nodes."""
        opening = []
        for node in nodes:
            opening += node.journey.count_down(node)
        self._open(opening, log)

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
        Flow = self.env["sajad.flow"]
        by_condition = defaultdict(list)
        for node in nodes:
            if node.step.condition:
                by_condition[node.step.condition].append(node)
        skipped = []
        for condition, conditional in by_condition.items():
            requests = self.env["sajad.request"].union(
                *(n.request for n in conditional)
            )
            matching = requests.filtered_domain(Flow._parse_condition(condition))
            skipped += [n for n in conditional if n.request not in matching]
        return skipped
