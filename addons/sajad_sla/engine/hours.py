"""Working time in whole seconds, over half-open intervals.

Work and pauses are measured by the same two questions: how much was worked between
two moments, and when will so much have been worked.
"""

from bisect import bisect_left, bisect_right

# working hours are read for so many seconds at a time
BLOCK = 64 * 86400
# so many blocks without an hour of work: two years
EMPTY_BLOCKS = 12


class Block:
    """The working intervals of one stretch of time, and how much they sum up to."""

    __slots__ = ("begins", "ends", "sums", "total")

    def __init__(self, intervals):
        self.begins = [begin for begin, _end in intervals]
        self.ends = [end for _begin, end in intervals]
        # what was worked by the end of each interval
        self.sums = []
        self.total = 0
        for begin, end in intervals:
            self.total += end - begin
            self.sums.append(self.total)

    def until(self, moment):
        """Return the seconds worked from the begin of the block to a moment."""
        index = bisect_right(self.begins, moment) - 1
        if index < 0:
            return 0
        return self.sums[index] - max(self.ends[index] - moment, 0)

    def at(self, worked):
        """Return when so many seconds, at least one, were worked in the block."""
        index = bisect_left(self.sums, worked)
        return self.ends[index] - (self.sums[index] - worked)


class Hours:
    """The working time of one calendar."""

    def __init__(self, read):
        """Count the working time that a function knows.

        :param read: (begin, end) in seconds -> sorted, disjoint intervals in between
        """
        self._read = read
        self._blocks = {}

    def _block(self, number):
        if number not in self._blocks:
            begin = number * BLOCK
            self._blocks[number] = Block(self._read(begin, begin + BLOCK))
        return self._blocks[number]

    def between(self, begin, end):
        """Return the seconds worked from `begin` up to `end`, without it."""
        if end <= begin:
            return 0
        first, last = begin // BLOCK, end // BLOCK
        worked = self._block(last).until(end) - self._block(first).until(begin)
        return worked + sum(self._block(n).total for n in range(first, last))

    def after(self, begin, seconds):
        """Return when so many seconds have been worked since `begin`.

        What ends exactly at closing time ends then, not the next morning.

        :return: None of a calendar that has no such hours
        """
        if seconds <= 0:
            return begin
        number, empty = begin // BLOCK, 0
        block = self._block(number)
        left = block.until(begin) + seconds
        while left > block.total:
            left -= block.total
            empty = 0 if block.total else empty + 1
            if empty > EMPTY_BLOCKS:
                return None
            number += 1
            block = self._block(number)
        return block.at(left)
