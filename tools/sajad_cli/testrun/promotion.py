"""The primary is lost for good, and the replica takes over."""

import time

from ..ui import Problem
from .approvals import Approvals
from .fault_table import Row

PATIENCE = 60


def check(faults, name, count):
    """People approve meanwhile; of what the replica had received nothing is lost.

    What was acknowledged after that is lost by the rule of the guide, and done again.
    """
    cluster = faults.cluster
    ids = [faults.tasks.pop() for _number in range(count)]
    approvals = Approvals(faults.person, ids)
    with approvals:
        approvals.wait_for(count // 4)
        received = _received(cluster, approvals)
        cluster.primary.kill()
        before = len(approvals.acknowledged)
        start = time.monotonic()
        cluster.promote()
        approvals.wait_for(before + 1)
        seconds = time.monotonic() - start
    if not received or len(approvals.acknowledged) == before:
        raise Problem("nobody approved before it, or nobody after it")
    kept = [*received, *approvals.acknowledged[before:]]
    faults.again(set(ids) - set(kept))
    lost, twice = faults.judge(ids, kept)
    cluster.programs["work"].wait()
    return Row(name, len(kept), approvals.refused, lost, twice, seconds)


def _received(cluster, approvals):
    """Return what was acknowledged, once the replica has received all of it."""
    acknowledged = list(approvals.acknowledged)
    place = cluster.primary.query("SELECT pg_current_wal_lsn()")
    sql = f"SELECT pg_last_wal_receive_lsn() >= '{place}'"
    limit = time.monotonic() + PATIENCE
    while cluster.replica.query(sql) != "t":
        if time.monotonic() > limit:
            raise Problem("the replica does not follow")
        time.sleep(0.05)
    return acknowledged
