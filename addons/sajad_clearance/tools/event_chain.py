"""Fingerprints of the history of requests."""

import hashlib
import json

from odoo.tools import SQL


def get_fingerprints(env, request_ids, last_event_id=None):
    """Return {request id: [(event id, hash of the history up to it)]}.

    Each hash covers the one before, so that no event of the past can be changed,
    removed or put between two others unseen.
    """
    if not request_ids:
        return {}
    rows = env.execute_query(
        SQL(
            "SELECT request_id, id, task_id, stage_id, role_id, kind, user_id, "
            "on_behalf_of_id, reason, date, waited FROM sajad_event "
            "WHERE request_id IN %s %s ORDER BY request_id, id",
            tuple(request_ids),
            SQL("AND id <= %s", last_event_id) if last_event_id else SQL(),
        )
    )
    chains = {}
    for request_id, *values in rows:
        chain = chains.setdefault(request_id, [])
        before = chain[-1][1] if chain else str(request_id)
        line = json.dumps(values, default=str, ensure_ascii=False)
        digest = hashlib.sha256(f"{before}\n{line}".encode()).hexdigest()
        chain.append((values[0], digest))
    return chains
