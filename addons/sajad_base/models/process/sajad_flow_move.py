from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...engine import states
from ...engine.transition import BATCH


class SajadFlow(models.Model):
    """Running requests leave a version for the published one (row A5)."""

    _inherit = "sajad.flow"

    move_to_id = fields.Many2one(
        "sajad.flow",
        string="Being Moved to",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="Many requests are moved in the background, some hundreds at a time.",
    )
    move_stages = fields.Json(readonly=True, copy=False)
    move_after = fields.Integer(readonly=True, copy=False)
    open_request_count = fields.Integer(
        compute="_compute_open_request_count", string="Requests on Their Way"
    )

    def _compute_open_request_count(self):
        groups = self.env["sajad.request"]._read_group(
            self._get_movable_domain(), ["flow_id"], ["__count"]
        )
        counts = {flow.id: count for flow, count in groups}
        for flow in self:
            flow.open_request_count = counts.get(flow.id, 0)

    def _get_movable_domain(self):
        return Domain("flow_id", "in", self.ids) & Domain(
            "state", "in", states.OPEN_REQUESTS
        )

    def _check_may_move(self):
        if not self.env.user.has_group("sajad_base.group_sajad_admin"):
            raise AccessError(self.env._("Only administrators move running requests."))

    def _move_requests(self, target, stages):
        """Move the requests of this version; of many, the rest in the background.

        :param target: the published version
        :param dict stages: {stage id: stage id that takes its open work over}
        :return: {request: Move} of the first batch
        :rtype: dict
        :raise AccessError: the user is no administrator
        """
        self.ensure_one()
        self._check_may_move()
        # requests of every university, by whoever administers the process
        flow = self.sudo()
        requests = flow.env["sajad.request"].search(
            self._get_movable_domain(), order="id", limit=BATCH + 1
        )
        moves = flow.env["sajad.engine"]._migrate(requests[:BATCH], target, stages)
        if len(requests) > BATCH:
            flow.write(
                {
                    "move_to_id": target.id,
                    "move_stages": {str(key): value for key, value in stages.items()},
                    "move_after": requests[BATCH - 1].id,
                }
            )
            # an administrator of processes need not be one of jobs
            self.env.ref("sajad_base.ir_cron_flow_move").sudo()._trigger()
        return moves

    @api.model
    def _cron_move_requests(self):
        """Go on with moves of many requests, a batch at a time."""
        for flow in self.search([("move_to_id", "!=", False)]):
            while flow.move_to_id:
                count, remaining = flow._move_batch()
                if not self.env["ir.cron"]._commit_progress(count, remaining=remaining):
                    return

    def _move_batch(self):
        """Move the next batch; return how many were looked at and are left."""
        self.ensure_one()
        domain = self._get_movable_domain() & Domain("id", ">", self.move_after)
        requests = self.env["sajad.request"].search(domain, order="id", limit=BATCH)
        target = self.move_to_id
        if requests and target.state == "published":
            stages = {
                int(key): value for key, value in (self.move_stages or {}).items()
            }
            self.env["sajad.engine"]._migrate(requests, target, stages)
            self.move_after = requests[-1].id
        remaining = self.env["sajad.request"].search_count(
            domain & Domain("id", ">", self.move_after)
        )
        if not remaining or target.state != "published":
            self.write({"move_to_id": False, "move_stages": False, "move_after": 0})
        return len(requests), remaining
