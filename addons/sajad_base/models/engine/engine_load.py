from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from ...engine import states
from ...engine.journey import Journey, Node

COLUMNS = (
    "state",
    "pending_count",
    "round",
    "outcome",
    "student_wait",
    "cartable_id",
    "user_id",
    "done_by_id",
    "date_ready",
    "date_due",
)


class SajadEngine(models.AbstractModel):
    _inherit = "sajad.engine"

    def _load(self, requests):
        """Return {request: Journey} of the current work, in one query."""
        Flow = self.env["sajad.flow"]
        journeys = {
            request.id: Journey(request, Flow._get_structure(request.flow_id.id))
            for request in requests
        }
        self.env["sajad.task"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT id, request_id, step_id, %s FROM sajad_task "
                "WHERE request_id IN %s AND current IS TRUE",
                SQL(", ").join(SQL.identifier(name) for name in COLUMNS),
                tuple(requests.ids) or (0,),
            )
        )
        for task_id, request_id, step_id, *values in rows:
            journey = journeys[request_id]
            columns = {
                name: False if value is None else value
                for name, value in zip(COLUMNS, values, strict=True)
            }
            journey.add(Node(journey, journey.steps[step_id], task_id, **columns))
        return {journey.request: journey for journey in journeys.values()}

    def _save(self, journeys):
        """Create and update the work items of journeys, set by set."""
        # the engine alone writes work, after its checks
        Task = self.env["sajad.task"].sudo()
        nodes = [n for j in journeys for n in (*j.removed, *j.nodes.values())]
        updates = defaultdict(list)
        for node in nodes:
            changes = node.changes()
            if node.task_id and changes:
                updates[tuple(sorted(changes.items()))].append(node.task_id)
        for changes, ids in updates.items():
            Task.browse(ids).write(dict(changes))
        self._create_tasks([node for node in nodes if not node.task_id])
        released = [node for node in nodes if node.is_released]
        if released:
            self._apply_student_released(released)

    def _create_tasks(self, nodes):
        if not nodes:
            return
        requests = self.env["sajad.request"].union(*{n.request for n in nodes})
        # all definitions of step forms at once, instead of one by one in create
        steps = self.env["sajad.flow.step"].sudo().browse({n.step.id for n in nodes})
        steps.fetch(["task_properties_definition"])
        cards = self._get_card_values(requests)
        common = {
            request: {
                "request_id": request.id,
                "process_id": request.process_id.id,
                "university_id": request.university_id.id,
                "faculty_id": request.faculty_id.id,
                **cards[request],
            }
            for request in requests
        }
        tasks = (
            self.env["sajad.task"]
            .sudo()
            .create(
                [
                    {
                        **common[node.request],
                        "step_id": node.step.id,
                        "stage_id": node.step.stage_id,
                        **node.values,
                    }
                    for node in nodes
                ]
            )
        )
        for node, task in zip(nodes, tasks, strict=True):
            node.task_id = task.id

    def _settle(self, journeys, log):
        """Write back journeys, the states of their requests, and the history."""
        self._save(journeys)
        # states are the engine's: the requests come with elevated rights or get them
        by_state = defaultdict(self.env["sajad.request"].sudo().browse)
        for journey in journeys:
            if journey.ended:
                continue
            by_state[journey.request_state()] |= journey.request
        finished = self.env["sajad.request"]
        for state, requests in by_state.items():
            moved = requests.filtered(lambda r, state=state: r.state != state)
            if state == "done":
                finished = moved
                self._finish(moved, log)
            elif moved:
                self._set_state(moved, state)
        self._tell_liaisons(log)
        self._write_log(log)
        if finished:
            self._apply_done(finished)

    def _end(self, journey, state, log):
        """End a request before its work is done; what is left is cancelled."""
        journey.ended = True
        for node in journey.nodes.values():
            if node.state not in states.FINAL_WORK:
                node.set(state="cancelled", student_wait=False)
        self._set_state(journey.request, state, date_done=log.now, open_key=False)

    def _set_state(self, requests, state, **values):
        """Write the state of requests, with elevated rights, and what goes with it.

        :raise ValueError: the state may not follow the present one, see `states.py`
        """
        for before in set(requests.mapped("state")):
            states.check_request(before, state)
        requests.write({"state": state, **values})

    def _finish(self, requests, log):
        """Close requests whose work is done."""
        if not requests:
            return
        self._set_state(requests, "done", date_done=log.now, open_key=False)
        for request in requests:
            log.add("done", request)
            log.notify("done", request)
