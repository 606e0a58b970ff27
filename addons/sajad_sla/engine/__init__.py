"""Clocks of requests as plain Python: no database, no ORM.

`spans.py` reads of the history of a request when which clock ran and when it stood,
`hours.py` counts working time, `clocks.py` measures one by the other, `risk.py` says
from past times which clock is likely to be late.

Moments are whole seconds, intervals are half-open: the end is not in them.
"""
