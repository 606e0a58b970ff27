"""The flow of a request, in any order of moves, over any flow: by Hypothesis.

The engine's own tests play the same on a database; here a flow has any arrows.
"""

import importlib.util
import sys
import unittest
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

# without Odoo, and beside the engine of another addon
NAME = "sajad_flow_engine"
FOLDER = Path(__file__).parents[2] / "addons/sajad_base/engine"
SPEC = importlib.util.spec_from_file_location(
    NAME, FOLDER / "__init__.py", submodule_search_locations=[str(FOLDER)]
)
sys.modules[NAME] = importlib.util.module_from_spec(SPEC)
journey, states, structure = (
    importlib.import_module(f"{NAME}.{name}")
    for name in ("journey", "states", "structure")
)
# the same answer on every machine and in every run
SETTINGS = settings(
    derandomize=True,
    deadline=None,
    max_examples=300,
    suppress_health_check=list(HealthCheck),
)
MOVES = ("approve", "approve", "approve", "all", "undo", "again", "refuse", "suspend")


@st.composite
def flows(draw):
    """Steps with arrows from earlier ones, and those whose condition does not hold."""
    count = draw(st.integers(1, 6))
    before = {0: ()}
    for number in range(1, count):
        earlier = st.sets(st.integers(0, number - 1), max_size=3)
        before[number] = tuple(sorted(draw(earlier)))
    blank = dict.fromkeys(structure.Step._fields, False)
    steps = {}
    for number in range(count):
        steps[number] = structure.Step(
            **blank
            | {
                "id": number,
                "predecessors": before[number],
                "successors": tuple(n for n in before if number in before[n]),
                "join": draw(st.sampled_from(("all", "any"))),
                "information": draw(st.integers(0, 4)) == 0,
            }
        )
    return steps, draw(st.sets(st.sampled_from(sorted(steps))))


class Walk:
    """A journey, moved as the engine moves it."""

    def __init__(self, steps, skipped):
        self.journey, self.skipped = journey.Journey(None, steps), skipped
        self.open(self.journey.begin())

    @property
    def nodes(self):
        return self.journey.nodes.values()

    def open(self, nodes):
        """What is open, and in turn what comes after those that hold nothing up."""
        routed = []
        while nodes:
            skipped = [n for n in nodes if n.step.id in self.skipped]
            for node in skipped:
                node.set(state="skipped")
            needed = [n for n in nodes if n not in skipped]
            routed += needed
            nodes = self.pass_on([*skipped, *(n for n in needed if n.step.information)])
        for node in routed:
            node.set(state="ready")
        # nothing is opened twice
        assert len(routed) == len(set(routed))

    def pass_on(self, nodes):
        return [after for n in nodes for after in self.journey.count_down(n)]

    def look(self):
        return [
            (n.state, n.values["pending_count"], n.values["round"]) for n in self.nodes
        ]

    def approve(self, *nodes):
        for node in nodes:
            node.set(state="done")
        self.open(self.pass_on([n for n in nodes if not n.step.information]))

    def undo(self, node):
        if not node.step.information:
            self.journey.count_up(node)
        node.set(state="ready")

    def refuse(self, node):
        node.set(state="done")
        self.journey.end("refused")

    def undo_refusal(self, node):
        self.journey.ended = ""
        self.open(self.journey.restore())
        node.set(state="ready")


class TestFlow(unittest.TestCase):
    @SETTINGS
    @given(flows(), st.data())
    def test_any_moves(self, flow, data):
        """Only states that may follow do, nothing opens too early, nothing sticks."""
        walk = Walk(*flow)
        self.check(walk)
        for _move in range(data.draw(st.integers(0, 10))):
            ready = [n for n in walk.nodes if n.state == "ready"]
            if not ready:
                break
            node = data.draw(st.sampled_from(ready))
            self.move(walk, node, data.draw(st.sampled_from(MOVES)), data)
            self.check(walk)

    def move(self, walk, node, move, data):
        before = walk.look()
        if move == "approve":
            walk.approve(node)
        elif move == "all":
            walk.approve(*(n for n in walk.nodes if n.state == "ready"))
        elif move == "undo":
            walk.approve(node)
            walk.undo(node)
            self.assertEqual(walk.look(), before)
        elif move == "refuse":
            walk.refuse(node)
            self.assertEqual(walk.journey.request_state(), "refused")
            self.assertFalse([n for n in walk.nodes if n.state in states.OPEN_WORK])
            walk.undo_refusal(node)
            self.assertEqual(walk.look(), before)
        elif move == "suspend":
            node.set(state="suspended")
            node.set(state="ready")
        else:
            reached = [n for n in walk.nodes if n.state != "waiting"]
            target = data.draw(st.sampled_from(reached))
            walk.open([walk.journey.begin_again(target)])

    def check(self, walk):
        """What is not waiting has its predecessors, and something goes on."""
        for node in walk.nodes:
            before = [walk.journey.nodes[n].is_finished for n in node.step.predecessors]
            if node.state != "waiting" and before:
                need = any if node.step.join == "any" else all
                self.assertTrue(need(before), walk.look())
        is_open = any(n.state in states.OPEN_WORK for n in walk.nodes)
        if walk.journey.request_state() == "running":
            self.assertTrue(is_open, walk.look())

    @SETTINGS
    @given(st.sampled_from(sorted(states.WORK)), st.sampled_from(sorted(states.WORK)))
    def test_what_the_table_does_not_allow(self, before, after):
        node = journey.Node(None, None, state=before)
        if after == before or after in states.WORK[before]:
            node.set(state=after)
            self.assertEqual(node.state, after)
        else:
            with self.assertRaises(ValueError):
                node.set(state=after)
            self.assertEqual(node.state, before)
