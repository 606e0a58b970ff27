"""Where the boxes and arrows of a flow are drawn: layers, order and lanes.

Plain Python without a database. A box gets a layer (how many steps come before it)
and a lane (its place across); an arrow that passes by other boxes gets a point in
each layer between. Which layer lies right or left of which, and how wide a layer is,
is the business of whoever draws.
"""

from collections import defaultdict
from itertools import pairwise
from statistics import fmean

SWEEPS = 6
# how far apart boxes lie, and an arrow that passes by a box
BOX_GAP, ARROW_GAP = 1.0, 0.6


def lay_out(predecessors):
    """Return the place of each step and the way of each arrow.

    :param dict predecessors: {step: steps before it}, in the order of the process;
        steps that are no keys are left out, steps that wait for each other are drawn
    :return: {"boxes": {step: (layer, lane)}, "arrows": [(step, step, points)],
        "layers": count, "lanes": count}; `points` are (layer, lane) between the boxes
    :rtype: dict
    """
    before = {
        step: [p for p in dict.fromkeys(steps) if p in predecessors and p != step]
        for step, steps in predecessors.items()
    }
    forward = _break_cycles(before)
    layer_of = _get_layers(forward)
    layers, chains = _build_layers(forward, layer_of)
    _order_layers(layers, chains)
    lanes = _get_lanes(layers, chains)
    arrows = []
    for step, steps in before.items():
        for previous in steps:
            chain = chains.get((previous, step), ())
            points = [
                (layer_of[previous] + 1 + i, lanes[p])
                for i, p in enumerate(chain[1:-1])
            ]
            arrows.append((previous, step, points))
    return {
        "boxes": {step: (layer_of[step], lanes[step]) for step in before},
        "arrows": arrows,
        "layers": len(layers),
        "lanes": max(lanes.values(), default=-1) + 1,
    }


def _break_cycles(before):
    """Return the arrows without those that close a circle."""
    forward, state = {}, {}

    def visit(step):
        state[step] = "open"
        forward[step] = []
        for previous in before[step]:
            if previous not in state:
                visit(previous)
            if state[previous] == "done":
                forward[step].append(previous)
        state[step] = "done"

    for step in before:
        if step not in state:
            visit(step)
    return {step: forward[step] for step in before}


def _get_layers(forward):
    """Return {step: length of the longest way to it}."""
    layer_of = {}

    def get(step):
        if step not in layer_of:
            layer_of[step] = max((get(p) + 1 for p in forward[step]), default=0)
        return layer_of[step]

    for step in forward:
        get(step)
    return layer_of


def _build_layers(forward, layer_of):
    """Return the steps per layer, and the chain of places of each arrow."""
    layers = [[] for _layer in range(max(layer_of.values(), default=-1) + 1)]
    chains = {}
    for step in forward:
        layers[layer_of[step]].append(step)
    for step, steps in forward.items():
        for previous in steps:
            passing = [
                ("arrow", previous, step, layer)
                for layer in range(layer_of[previous] + 1, layer_of[step])
            ]
            for place in passing:
                layers[place[-1]].append(place)
            chains[previous, step] = [previous, *passing, step]
    return layers, chains


def _get_neighbours(chains):
    ahead, behind = defaultdict(list), defaultdict(list)
    for chain in chains.values():
        for one, other in pairwise(chain):
            ahead[one].append(other)
            behind[other].append(one)
    return ahead, behind


def _order_layers(layers, chains):
    """Sort each layer, in place, so that few arrows cross."""
    ahead, behind = _get_neighbours(chains)
    best, fewest = [list(layer) for layer in layers], _count_crossings(layers, ahead)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        neighbours = ahead if sweep % 2 else behind
        for layer in reversed(layers) if sweep % 2 else layers:
            rank = {p: i for other in layers for i, p in enumerate(other)}
            layer.sort(
                key=lambda p, n=neighbours, r=rank: (
                    fmean(r[q] for q in n[p]) if n[p] else r[p]
                )
            )
        crossings = _count_crossings(layers, ahead)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in layers], crossings
    for layer, order in zip(layers, best, strict=True):
        layer[:] = order


def _count_crossings(layers, ahead):
    crossings = 0
    for layer, following in pairwise(layers):
        rank = {place: i for i, place in enumerate(following)}
        ends = [rank[q] for p in layer for q in sorted(ahead[p], key=rank.__getitem__)]
        crossings += sum(
            one > other for i, one in enumerate(ends) for other in ends[i + 1 :]
        )
    return crossings


def _get_lanes(layers, chains):
    """Return {place: lane}: near the neighbours, never on top of each other."""
    ahead, behind = _get_neighbours(chains)
    lanes = {}
    for layer in layers:
        _spread(layer, [0.0] * len(layer), lanes)
    for sweep in range(SWEEPS):
        neighbours = ahead if sweep % 2 else behind
        for layer in reversed(layers) if sweep % 2 else layers:
            wanted = [
                fmean(lanes[q] for q in neighbours[p]) if neighbours[p] else lanes[p]
                for p in layer
            ]
            _spread(layer, wanted, lanes)
    first = min(lanes.values(), default=0)
    return {place: round(lane - first, 2) for place, lane in lanes.items()}


def _spread(layer, wanted, lanes):
    """Put places as near as can be to where they want, in order and apart.

    The method of least squares under an order: neighbours that want the same place
    form a block, which takes the mean.
    """
    offsets, offset = [], 0.0
    for i, place in enumerate(layer):
        if i:
            offset += _get_gap(layer[i - 1], place)
        offsets.append(offset)
    blocks = []
    for lane, shift in zip(wanted, offsets, strict=True):
        blocks.append([lane - shift, 1])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            mean, count = blocks.pop()
            last = blocks[-1]
            last[0] = (last[0] * last[1] + mean * count) / (last[1] + count)
            last[1] += count
    starts = [mean for mean, count in blocks for _place in range(count)]
    for place, start, shift in zip(layer, starts, offsets, strict=True):
        lanes[place] = start + shift


def _get_gap(one, other):
    passing = isinstance(one, tuple) or isinstance(other, tuple)
    return ARROW_GAP if passing else BOX_GAP
