"""Waiting times as the database counts them, for tests."""

from ..tools.percentiles import EDGES


def get_counts(hours):
    """Return how many of the waiting times fall into each class."""
    counts = [0] * len(EDGES)
    for value in hours:
        counts[sum(edge <= value for edge in EDGES) - 1] += 1
    return counts
