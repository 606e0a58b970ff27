"""History folded to states: what the events of a request say of its work.

Work and history are written by the same transition, but apart. Folding one and
comparing it with the other finds a transition that forgets one of the two.
"""

from ..engine.states import FINAL_WORK

# how an event leaves its work; all other kinds leave it as it was
LEAVES = {
    "ready": "ready",
    "resumed": "ready",
    "undone": "ready",
    "suspended": "suspended",
    "skipped": "skipped",
    "visit": "student",
    "returned": "student",
    **dict.fromkeys(("passed", "approved", "seen", "assigned", "refused"), "done"),
    **dict.fromkeys(("sent_back", "given_back", "referred"), "done"),
}


class Replay:
    """The states of the work of one request, {task: state}, and its own."""

    def __init__(self, request):
        self.tasks = request.task_ids
        self.states = dict.fromkeys(self.tasks, "waiting")
        self.last = {}
        self.ended = ""
        for event in request.event_ids.sorted("id"):
            self.happen(event)

    def happen(self, event):
        """Let one event happen."""
        task, kind = event.task_id, event.kind
        if kind == "undone":
            self.undo(task)
        if kind in ("refused", "cancelled"):
            self.ended = kind
            for other in set(self.tasks) - set(task):
                if self.states[other] not in FINAL_WORK:
                    self.states[other] = "cancelled"
        if kind in LEAVES:
            self.states[task] = LEAVES[kind]
            self.last[task] = kind

    def undo(self, task):
        """Bring back what a refusal cancelled, or close what a decision opened."""
        if self.last[task] == "refused":
            self.ended = ""
            for other, state in self.states.items():
                if state == "cancelled" and other.current:
                    self.states[other] = "waiting"
        elif task.step_id.mode != "information":
            self.close(task)

    def close(self, task):
        """Close what follows `task`, unless another step lets it go on."""
        following = self.tasks.filtered(
            lambda other: (
                other.current and task.step_id in other.step_id.predecessor_ids
            )
        )
        for other in following:
            before = self.tasks.filtered(
                lambda t, o=other: (
                    t.current and t != task and t.step_id in o.step_id.predecessor_ids
                )
            )
            if other.step_id.join == "any" and any(self.is_over(t) for t in before):
                continue
            if self.is_over(other):
                self.states[other] = "waiting"
                self.close(other)
            self.states[other] = "waiting"

    def is_over(self, task):
        state = self.states[task]
        information = task.step_id.mode == "information"
        return state in FINAL_WORK or (information and state != "waiting")

    @property
    def state(self):
        """The state that history gives to the request."""
        if self.ended or not self.tasks:
            return self.ended or "draft"
        blocking = self.tasks.filtered(
            lambda t: t.current and t.step_id.mode != "information"
        )
        found = [self.states[task] for task in blocking]
        if "suspended" in found:
            return "suspended"
        if any(
            self.states[t] == "student" and self.last[t] == "returned" for t in blocking
        ):
            return "returned"
        return "done" if all(state in FINAL_WORK for state in found) else "running"
