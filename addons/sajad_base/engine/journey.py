"""The flow of one request as plain Python: no database, no ORM.

A `Journey` holds the current work items of a request as `Node`s and knows the arrows
between them. The engine loads journeys, changes nodes and writes back what changed;
so a transition of five hundred requests costs as many queries as one.
"""

from . import states


class Node:
    """One work item of a journey, existing (`task_id`) or still to be created."""

    __slots__ = ("journey", "original", "step", "task_id", "values")

    def __init__(self, journey, step, task_id=False, **values):
        self.journey = journey
        self.step = step
        self.task_id = task_id
        self.original = dict(values) if task_id else {}
        self.values = values

    @property
    def request(self):
        """The `sajad.request` record of the node."""
        return self.journey.request

    @property
    def state(self):
        return self.values["state"]

    @property
    def is_finished(self):
        """Whether successors need not wait: done, not needed, or only to be read."""
        if self.state in states.FINAL_WORK:
            return True
        return self.step.information and self.state != "waiting"

    @property
    def is_released(self):
        """Whether a student who had to act for this work need not any more."""
        wait = self.original.get("student_wait")
        return bool(wait) and self.values["student_wait"] != wait

    def set(self, **values):
        """Change values in memory.

        :raise ValueError: the state may not follow the present one, see `states.py`
        """
        if "state" in values:
            states.check_work(self.state, values["state"])
        self.values.update(values)

    def changes(self):
        """Return what differs from the database."""
        return {
            name: value
            for name, value in self.values.items()
            if name not in self.original or self.original[name] != value
        }


class Journey:
    """The current nodes of a request by step, and the arrows between them."""

    __slots__ = ("ended", "nodes", "removed", "request", "steps")

    def __init__(self, request, steps):
        self.request = request
        self.steps = steps
        self.nodes = {}
        self.removed = []
        # refused or cancelled: the work no longer says how the request stands
        self.ended = False

    def add(self, node):
        """Make `node` the current one of its step."""
        self.nodes[node.step.id] = node
        return node

    def successors(self, node):
        return [self.nodes[step_id] for step_id in node.step.successors]

    def count_down(self, node):
        """Tell the successors that `node` is finished; return those to open."""
        opening = []
        for successor in self.successors(node):
            pending = successor.values["pending_count"] - 1
            successor.set(pending_count=pending)
            if successor.state == "waiting" and pending <= 0:
                opening.append(successor)
        return opening

    def count_up(self, node):
        """Take back `count_down`: close successors again, and what they passed on."""
        for successor in self.successors(node):
            pending = successor.values["pending_count"] + 1
            successor.set(pending_count=pending)
            if pending > 0 and successor.state != "waiting":
                passed_on = successor.is_finished
                successor.set(
                    state="waiting",
                    cartable_id=False,
                    user_id=False,
                    date_ready=False,
                    date_due=False,
                    outcome=False,
                    date_done=False,
                )
                if passed_on:
                    self.count_up(successor)

    def walk(self, step_id, arrows):
        """Return the ids of the steps reached from a step along `arrows`.

        :param str arrows: "successors" or "predecessors"
        """
        reached, frontier = set(), [step_id]
        while frontier:
            for following in getattr(self.steps[frontier.pop()], arrows):
                if following not in reached:
                    reached.add(following)
                    frontier.append(following)
        return reached

    def initial_pending(self, step, reopened=None):
        """Return how many predecessors a step has to wait for.

        :param set reopened: ids of steps that begin again; None: all of them do
        """
        unfinished = [
            step_id
            for step_id in step.predecessors
            if reopened is None
            or step_id in reopened
            or not self.nodes[step_id].is_finished
        ]
        if step.join == "any":
            return min(len(unfinished), 1)
        return len(unfinished)

    def request_state(self):
        """Return the state that the work gives to an open request.

        Steps for information never hold a request up.
        """
        blocking = [n for n in self.nodes.values() if not n.step.information]
        if any(n.state == "suspended" for n in blocking):
            return "suspended"
        if any(n.values.get("student_wait") == "answer" for n in blocking):
            return "returned"
        if any(n.state not in states.FINAL_WORK for n in blocking):
            return "running"
        return "done"
