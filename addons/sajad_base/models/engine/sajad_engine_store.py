from collections import defaultdict
from contextlib import contextmanager

from odoo import fields, models
from odoo.tools import SQL

from ...engine import states
from ...engine.journey import Journey, Node
from ...engine.log import Log
from ...engine.transition import Transition

# what the engine reads of work
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


class SajadEngineStore(models.AbstractModel):
    """Part of the engine: the door of every transition, from the lock to the writing.

    Between the two, journeys are in memory.
    """

    _name = "sajad.engine.store"
    _description = "Engine of Requests"

    # ------------------------------------------------------------
    # THE DOOR
    # ------------------------------------------------------------

    @contextmanager
    def _transition(self, requests, tasks=None, memberships=None, problems=()):
        """Lock requests, let the caller change their journeys, write what changed.

        The one door of the engine. The caller has checked who may do this: inside,
        rights are elevated. An exception leaves everything as it was.

        :param tasks: the work that it is about, none where requests move as a whole;
            work of requests in use joins the problems
        :param dict memberships: {cartable id: membership} in which the user decides
        :param dict problems: {task: sentence} of work that stays already
        :return: a `Transition`
        """
        transition = self._new_transition(requests, tasks, memberships, problems)
        transition.engine._lock(transition)
        yield transition
        transition.engine._settle(transition)

    def _new_transition(self, requests, tasks=None, memberships=None, problems=()):
        # states are the engine's own; who may change them was checked before
        engine_sudo, requests_sudo = self.sudo(), requests.sudo()
        if tasks is None:
            tasks = self.env["sajad.task"]
        tasks_sudo = tasks.with_env(requests_sudo.env)
        log = Log(self.env.uid, fields.Datetime.now(), memberships)
        return Transition(engine_sudo, log, requests_sudo, tasks_sudo, problems)

    def _lock(self, transition):
        """Lock the requests of a transition and count it.

        Writing the row is what keeps two offices that finish the last two parallel
        steps at one moment from both missing the join: the second fails to
        serialize and is tried again by Odoo. A single request waits for the other
        transition; of many, those in use are left out and reported.
        """
        requests = transition.requests
        if len(requests) > 1:
            requests = requests.try_lock_for_update(allow_referencing=True)
        if requests:
            # what an addon has written in the same transaction is not lost
            requests.flush_recordset(["revision", "write_date"])
            self.env.execute_query(
                SQL(
                    "UPDATE sajad_request SET revision = COALESCE(revision, 0) + 1, "
                    "write_date = %s WHERE id IN %s RETURNING id",
                    fields.Datetime.now(),
                    tuple(requests.ids),
                )
            )
            requests.invalidate_recordset(["revision", "write_date"], flush=False)
        in_use = transition.tasks.filtered(lambda t: t.request_id not in requests)
        transition.leave_out({task: self._get_in_use_problem() for task in in_use})
        transition.requests = requests

    def _get_in_use_problem(self):
        return self.env._("Somebody is working on this request; try again.")

    def _settle(self, transition):
        """Write back journeys, the states of their requests, and the history."""
        journeys, log = transition.loaded, transition.log
        self._save(journeys)
        finished = self._write_request_states(journeys, log)
        self._apply_moved(journeys)
        self._tell_liaisons(log)
        self._write_log(log)
        if finished:
            self._apply_done(finished)

    # ------------------------------------------------------------
    # LOAD AND SAVE
    # ------------------------------------------------------------

    def _load(self, requests):
        """Return {request: Journey} of the current work, in one query."""
        if not requests:
            return {}
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
                tuple(requests.ids),
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
        nodes = [n for j in journeys for n in (*j.removed, *j.nodes.values())]
        updates = defaultdict(list)
        for node in nodes:
            changes = node.changes()
            if node.task_id and changes:
                updates[tuple(sorted(changes.items()))].append(node.task_id)
        for changes, ids in updates.items():
            self.env["sajad.task"].browse(ids).write(dict(changes))
        self._create_tasks([node for node in nodes if not node.task_id])
        released = [node for node in nodes if node.is_released]
        if released:
            self._apply_student_released(released)
        for node in nodes:
            node.original = dict(node.values)

    # ------------------------------------------------------------
    # STATES OF REQUESTS
    # ------------------------------------------------------------

    def _write_request_states(self, journeys, log):
        """Let requests follow their work; return those that are done now."""
        by_state = defaultdict(list)
        for journey in journeys:
            state = journey.request_state()
            if journey.request.state != state:
                by_state[state].append(journey.request)
        Request = self.env["sajad.request"]
        for state, requests in by_state.items():
            self._set_state(Request.union(*requests), state, log)
        finished = Request.union(*by_state["done"])
        for request in finished:
            log.add("done", request)
            log.notify("done", request)
        return finished

    def _set_state(self, requests, state, log, **values):
        """Write the state of requests, and what goes with it.

        :raise ValueError: the state may not follow the present one, see `states.py`
        """
        for before in set(requests.mapped("state")):
            states.check_request(before, state)
        if state in states.ENDED_REQUESTS:
            values.update(date_done=log.now, open_key=False)
        reopened = requests.filtered(lambda r: r.state in states.DECIDED_REQUESTS)
        requests.write({"state": state, **values})
        for request in reopened:
            requester = request._get_requester()
            key = request._get_open_key(request.process_id, requester)
            request.write({"date_done": False, "open_key": key})
