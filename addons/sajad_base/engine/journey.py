"""The flow of one request as plain Python: no database, no ORM.

A `Journey` holds the current work items of a request as `Node`s and knows the arrows
between them. The engine loads journeys, changes nodes and writes back what changed;
so a transition of five hundred requests costs as many queries as one.
"""

from . import states


class Node:
    """One work item of a journey, existing (`task_id`) or still to be created.

    `values` are those of `sajad.task` as they are to be, `original` those that the
    database has.
    """

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
    def route(self):
        """Under what the cartable of the node is found: (scope id, role id)."""
        return self.journey.request.scope_id.id, self.step.role_id

    @property
    def following(self):
        """The node that an assigning one gives to an expert."""
        return self.journey.nodes[self.step.successors[0]]

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
        # former rounds, and work that a new version has no place for
        self.removed = []
        # "refused" or "cancelled": the work no longer says how the request stands
        self.ended = ""

    # ------------------------------------------------------------
    # BUILD
    # ------------------------------------------------------------

    def add(self, node):
        """Make `node` the current one of its step."""
        self.nodes[node.step.id] = node
        return node

    def begin(self):
        """Put a waiting node at every step; return those that wait for nobody."""
        for step in self.steps.values():
            pending = self.initial_pending(step)
            node = Node(self, step, state="waiting", pending_count=pending, round=1)
            self.add(node)
        return [node for node in self.nodes.values() if not node.step.predecessors]

    # ------------------------------------------------------------
    # READ
    # ------------------------------------------------------------

    def successors(self, node):
        return [self.nodes[step_id] for step_id in node.step.successors]

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
        """Return the state that the journey gives to the request.

        Steps for information never hold a request up.
        """
        if self.ended:
            return self.ended
        blocking = [n for n in self.nodes.values() if not n.step.information]
        if any(n.state == "suspended" for n in blocking):
            return "suspended"
        if any(n.values.get("student_wait") == "answer" for n in blocking):
            return "returned"
        if any(n.state not in states.FINAL_WORK for n in blocking):
            return "running"
        return "done"

    # ------------------------------------------------------------
    # MOVE
    # ------------------------------------------------------------

    def count_down(self, node):
        """Tell the successors that `node` is finished; return those to open."""
        opening = []
        for successor in self.successors(node):
            pending = successor.values["pending_count"] - 1
            successor.set(pending_count=pending)
            # at the moment when nothing is left: a second arrow opens nothing again
            if successor.state == "waiting" and pending == 0:
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

    def begin_again(self, target):
        """Begin a new round of `target` and of all that follows it.

        :return: the new node of the target, to be opened
        """
        reopened = self.walk(target.step.id, "successors") | {target.step.id}
        # the former round gives way first: pending counts look at what is current
        for step_id in reopened:
            old = self.nodes[step_id]
            if old.state == "waiting":
                continue
            if old.state in states.OPEN_WORK:
                old.set(state="cancelled", student_wait=False)
            old.set(current=False)
            self.removed.append(old)
            # what an expert was assigned comes back to that expert
            again = old.step.assigned_by and old is target
            self.add(
                Node(
                    self,
                    old.step,
                    state="waiting",
                    round=old.values["round"] + 1,
                    user_id=again and old.values["done_by_id"],
                )
            )
        for step_id in reopened:
            node = self.nodes[step_id]
            node.set(pending_count=self.initial_pending(node.step, reopened))
        first = self.nodes[target.step.id]
        first.set(pending_count=0)
        return first

    def get_beside(self, node):
        """Return the nodes that can take over the work of `node`.

        They come neither before nor after it and have nothing to do now; whatever
        waits for it waits for them as well, so that nothing is left out or stuck.
        """
        after = self.walk(node.step.id, "successors")
        apart = after | self.walk(node.step.id, "predecessors") | {node.step.id}
        return [
            other
            for other in self.nodes.values()
            if other.step.id not in apart
            and not other.step.information
            and not other.step.assigned_by
            and other.state in states.FINAL_WORK
            and after <= self.walk(other.step.id, "successors")
        ]

    def end(self, state):
        """End the request before its work is done; what is left is cancelled.

        :param str state: of the request, "refused" or "cancelled"
        """
        self.ended = state
        for node in self.nodes.values():
            if node.state not in states.FINAL_WORK:
                node.set(state="cancelled", student_wait=False)

    def restore(self):
        """Take back `end`; return the nodes to open."""
        cancelled = [n for n in self.nodes.values() if n.state == "cancelled"]
        opened = [node for node in cancelled if node.values["pending_count"] <= 0]
        for node in cancelled:
            node.set(state="waiting")
        # what is only to be read lets its successors go when it opens, now again
        for node in opened:
            if node.step.information:
                for successor in self.successors(node):
                    pending = successor.values["pending_count"] + 1
                    successor.set(pending_count=pending)
        return [node for node in opened if node.values["pending_count"] <= 0]
