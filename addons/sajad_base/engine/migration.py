"""How a request changes to another version of its process, in memory.

Stages tie versions together: what is finished stays finished, open work stays in its
cartable with its dates and its claim, what waits is counted anew, and steps that only
the new version has are opened if their turn has come.
"""

from . import states
from .journey import Journey, Node


class Move:
    """What becomes of one request that changes to another version."""

    __slots__ = (
        "finishes",
        "journey",
        "kept",
        "lost_stage",
        "new",
        "problem",
        "targets",
        "told",
    )

    def __init__(self, journey=None, problem=""):
        self.journey = journey  # on the new version
        self.problem = problem  # why the request stays where it is
        self.lost_stage = False  # that holds it there: the new version lacks it
        self.targets = {}  # {work item: its step in the new version}
        self.kept = []  # stages whose open work stays
        self.new = []  # stages that get work
        self.finishes = False
        self.told = False

    @classmethod
    def plan(cls, old, structure, stages):
        """Return the move of a journey to the steps of another version.

        :param dict stages: {id of a stage: id of the stage that takes its work over}
        """
        move = cls(Journey(old.request, structure))
        by_stage = {step.stage_id: step for step in structure.values()}
        taken = {}
        for node in old.nodes.values():
            if node.step.stage_id in by_stage:
                taken[by_stage[node.step.stage_id].id] = node
        orphans = [
            node for node in old.nodes.values() if node.step.stage_id not in by_stage
        ]
        begin = move._place_orphans(orphans, by_stage, taken, stages)
        for step in structure.values():
            move._place(step, taken.get(step.id))
        move._recount(begin)
        return move

    def _place_orphans(self, orphans, by_stage, taken, stages):
        """Give open work of stages that are gone to those that take it over.

        :return: the steps that take work over and have to begin anew
        """
        begin = set()
        for node in orphans:
            if node.state not in states.OPEN_WORK:
                self._retire(node)
                continue
            target = by_stage.get(stages.get(node.step.stage_id))
            if not target:
                self.lost_stage = node.step.stage_id
                return begin
            there = taken.get(target.id)
            free = there is None or there.state == "waiting"
            if free and target.role_id == node.step.role_id:
                if there is not None:
                    self._retire(there)
                taken[target.id] = node
            else:
                self._retire(node)
                if free:
                    begin.add(target.id)
        return begin

    def _retire(self, node):
        """Take a work item out of the journey; what was decided stays readable."""
        if node.state not in states.FINAL_WORK:
            node.set(state="cancelled", student_wait=False)
        node.set(current=False)
        self.journey.removed.append(node)

    def _place(self, step, node):
        """Put the work of the old version, or new work, at a step."""
        journey = self.journey
        if node is None:
            journey.add(Node(journey, step, state="waiting", pending_count=0, round=1))
            return
        twin = Node(journey, step, node.task_id, **node.original)
        # what nobody decided because of a condition is asked again if that changed
        if node.state == "skipped" and node.step.condition != step.condition:
            twin.set(state="waiting")
        journey.add(twin)
        self.targets[node.task_id] = step
        if twin.state in states.OPEN_WORK:
            self.kept.append(step.stage_id)

    def _recount(self, begin):
        """Count how many predecessors each step has still to wait for.

        :param set begin: the steps that take over work and wait for nobody
        """
        nodes = self.journey.nodes
        for node in nodes.values():
            finished = sum(nodes[i].is_finished for i in node.step.predecessors)
            count = len(node.step.predecessors)
            if node.step.join == "any":
                count = min(count, 1)
            count = 0 if node.step.id in begin else count - finished
            node.set(pending_count=count)

    def get_opening(self):
        """Return the nodes whose turn has come."""
        return [
            node
            for node in self.journey.nodes.values()
            if node.state == "waiting" and node.values["pending_count"] <= 0
        ]

    def compare(self, old):
        """Note what the move means for the office and for the student."""
        nodes = self.journey.nodes.values()
        kept = set(self.kept)
        opened = [n for n in nodes if n.state in states.OPEN_WORK]
        self.new = [n.step.stage_id for n in opened if n.step.stage_id not in kept]
        self.finishes = self.journey.request_state() == "done"
        # a role that is met before and after is the same office to the student
        before = {
            n.step.role_id
            for n in old.nodes.values()
            if n.original["state"] in states.OPEN_WORK
        }
        after = {n.step.role_id for n in opened}
        self.told = not self.finishes and before != after
