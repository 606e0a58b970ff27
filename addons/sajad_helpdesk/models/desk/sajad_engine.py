from collections import defaultdict

from odoo import models
from odoo.fields import Domain


class SajadEngine(models.AbstractModel):
    """New requests come to an expert at once where their category says so (D2)."""

    _inherit = "sajad.engine"

    def _get_kept_experts(self, nodes, routes):
        """Let experts go on with their requests; give new ones to who has the least."""
        kept = super()._get_kept_experts(nodes, routes)
        waiting = defaultdict(list)
        for node in nodes:
            if node.request.support_state and routes.get(node.route):
                waiting[routes[node.route]].append(node)
        if not waiting:
            return kept
        experts = self._get_support_experts(list(waiting))
        counts = self.env["sajad.task.assign"]._count_open(experts)
        for cartable_id, members in waiting.items():
            users = experts.get(cartable_id, self.env["res.users"])
            for node in members:
                if user := self._pick_support_expert(node, users, counts):
                    kept[node] = user.id
        return kept

    def _pick_support_expert(self, node, users, counts):
        """Return the expert who has the request, or gets it by itself, if any.

        :param dict counts: {user: open work}, which is counted on
        """
        user_id = node.values.get("user_id")
        if user_id in users.ids or not node.request.support_category_id.is_assigned:
            return users.filtered(lambda user: user.id == user_id)
        users = users.filtered(lambda user: not node.request._is_own(user))
        user = min(users, key=lambda one: (counts[one], one.id), default=users)
        if user:
            counts[user] += 1
        return user

    def _get_support_experts(self, cartable_ids):
        """Return {cartable id: users to whom work is given today}.

        A substitute gets it instead of who is away.
        """
        Member = self.env["sajad.cartable.member"]
        substitutes = Member.search(
            Domain("cartable_id", "in", cartable_ids)
            & Domain("kind", "=", "substitute")
            & Member._get_decider_domain()
        )
        away = defaultdict(lambda: self.env["res.users"])
        for member in substitutes:
            away[member.cartable_id.id] |= member.on_behalf_of_id
        deciders = self._get_deciders(cartable_ids)
        return {
            cartable_id: (users - away[cartable_id]) or users
            for cartable_id, users in deciders.items()
        }
