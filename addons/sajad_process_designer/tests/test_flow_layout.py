from odoo.tests import BaseCase, tagged

from odoo.addons.sajad_process_designer.tools.flow_layout import lay_out


@tagged("post_install", "-at_install")
class TestFlowLayout(BaseCase):
    """Boxes and arrows of a flow find their places (row A5)."""

    def layers(self, drawing):
        return {step: layer for step, (layer, _lane) in drawing["boxes"].items()}

    def lanes(self, drawing):
        return {step: lane for step, (_layer, lane) in drawing["boxes"].items()}

    def test_one_after_the_other(self):
        drawing = lay_out({"a": [], "b": ["a"], "c": ["b"]})
        self.assertEqual(self.layers(drawing), {"a": 0, "b": 1, "c": 2})
        self.assertEqual(set(self.lanes(drawing).values()), {0})
        self.assertEqual(
            [arrow[:2] for arrow in drawing["arrows"]], [("a", "b"), ("b", "c")]
        )

    def test_fork_and_join(self):
        drawing = lay_out({"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"]})
        lanes = self.lanes(drawing)
        self.assertEqual(self.layers(drawing), {"a": 0, "b": 1, "c": 1, "d": 2})
        self.assertEqual(abs(lanes["b"] - lanes["c"]), 1)
        self.assertEqual(lanes["a"], lanes["d"])
        self.assertEqual(lanes["a"], (lanes["b"] + lanes["c"]) / 2)

    def test_long_arrow_passes_by_the_boxes(self):
        """An arrow over a step never runs through its box."""
        drawing = lay_out({"a": [], "b": ["a"], "c": ["b"], "d": ["c", "a"]})
        ((_from, _to, points),) = [a for a in drawing["arrows"] if a[:2] == ("a", "d")]
        self.assertEqual([layer for layer, _lane in points], [1, 2])
        lanes = self.lanes(drawing)
        for (layer, lane), step in zip(points, "bc", strict=True):
            self.assertEqual(self.layers(drawing)[step], layer)
            self.assertGreaterEqual(abs(lane - lanes[step]), 0.6)

    def test_crossings_are_undone(self):
        """Two parallel branches that are listed crosswise are drawn side by side."""
        drawing = lay_out(
            {"a": [], "b": ["a"], "c": ["a"], "d": ["c"], "e": ["b"], "f": ["d", "e"]}
        )
        lanes = self.lanes(drawing)
        self.assertEqual(lanes["b"] < lanes["c"], lanes["e"] < lanes["d"])

    def test_no_two_boxes_in_one_place(self):
        wide = {f"s{n}": ["a"] for n in range(9)}
        drawing = lay_out({"a": [], **wide, "z": [*wide]})
        self.assertEqual(len(set(drawing["boxes"].values())), 11)
        self.assertEqual(drawing["lanes"], 9)

    def test_steps_that_wait_for_each_other_are_drawn(self):
        drawing = lay_out({"a": ["c"], "b": ["a"], "c": ["b"], "d": ["d"]})
        self.assertEqual(len(drawing["boxes"]), 4)
        self.assertEqual(len(drawing["arrows"]), 3)

    def test_nothing_and_strangers(self):
        self.assertEqual(lay_out({})["layers"], 0)
        drawing = lay_out({"a": ["elsewhere"]})
        self.assertEqual(drawing["arrows"], [])
        self.assertEqual(self.layers(drawing), {"a": 0})
