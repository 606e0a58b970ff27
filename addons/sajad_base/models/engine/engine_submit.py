from odoo import models
from odoo.exceptions import UserError

from ...engine.journey import Journey, Node


class SajadEngine(models.AbstractModel):
    _inherit = "sajad.engine"

    def _submit(self, requests):
        """Start drafts on the published versions of their processes (row A6).

        All steps of the version become work items at once, so that the timeline and
        the boards read the same rows. The caller has checked who may submit.

        :raise UserError: a process takes no request now, or a request is no draft
        """
        # requests are written by the engine alone
        requests = requests.sudo()
        if any(request.state != "draft" for request in requests):
            raise UserError(self.env._("The request was submitted already."))
        requests.process_id._check_takes_requests()
        requests._check_reachable()
        self._check_submit(requests)
        log = self._new_log()
        self._start(requests, log)
        journeys = [self._new_journey(request) for request in requests]
        for request in requests:
            log.add("submitted", request)
            log.notify("submitted", request)
        roots = [
            node
            for journey in journeys
            for node in journey.nodes.values()
            if not node.step.predecessors
        ]
        self._open(roots, log)
        self._settle(journeys, log)

    def _start(self, requests, log):
        """Pin versions and routes on drafts."""
        places = [(r.process_id, r.university_id, r.faculty_id) for r in requests]
        # routes are the engine's; nobody else may make them
        scopes = self.env["sajad.scope"].sudo()._get_or_create(places)
        by_request = dict(zip(requests, places, strict=True))
        grouped = requests.grouped(lambda r: scopes[by_request[r]])
        for scope, members in grouped.items():
            self._set_state(
                members,
                "running",
                flow_id=scope.process_id.published_flow_id.id,
                scope_id=scope.id,
                date_submit=log.now,
            )

    def _new_journey(self, request):
        steps = self.env["sajad.flow"]._get_structure(request.flow_id.id)
        journey = Journey(request, steps)
        for step in steps.values():
            journey.add(
                Node(
                    journey,
                    step,
                    state="waiting",
                    pending_count=journey.initial_pending(step),
                    round=1,
                )
            )
        return journey
