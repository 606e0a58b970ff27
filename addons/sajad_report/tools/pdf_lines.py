"""Lines from right to left are laid out once, as those from left to right are.

WeasyPrint lays a line out until it stays in its place. From right to left it compares
where the line ends with where nothing had ended, so that each line was laid out twice
(70.0): a fifth of a Persian paper. What is no float's neighbour stays where it is, and
is told so by a height that it does not exceed. Styles of `::first-line` alone would
come with the second time; papers that are read from right to left have none.
"""

from math import inf

from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.layout import inline

_avoid_collisions = inline.avoid_collisions


def avoid_collisions(context, box, containing_block, outer=True):
    """Find the place of a box, and say of an empty line that nothing is in its way."""
    place = _avoid_collisions(context, box, containing_block, outer)
    if (
        isinstance(box, LineBox)
        and not box.height
        and not context.excluded_shapes
        and containing_block.style["direction"] == "rtl"
    ):
        box.height = inf
    return place


def install():
    """Let WeasyPrint lay out lines so, in this process."""
    inline.avoid_collisions = avoid_collisions
