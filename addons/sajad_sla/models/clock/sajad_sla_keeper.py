from odoo import fields, models
from odoo.tools import SQL

from ...engine import clocks
from ...engine.spans import HEARD, Event
from ...tools.count import Count
from ...tools.moments import to_seconds

# what is kept of a clock, and of which kind it is for PostgreSQL
COLUMNS = {
    "request_id": "int4",
    "metric": "varchar",
    "cycle": "int4",
    "process_id": "int4",
    "university_id": "int4",
    "policy_id": "int4",
    "version_id": "int4",
    "calendar_id": "int4",
    "target": "int4",
    "used": "int4",
    "date_start": "timestamp",
    "date_stop": "timestamp",
    "date_paused": "timestamp",
    "date_deadline": "timestamp",
    "state": "varchar",
    "is_late": "bool",
    "is_at_risk": "bool",
    "date_alarm": "timestamp",
    "told": "int4",
}
KEY = ("request_id", "metric", "cycle")
OPEN = (*clocks.OPEN, clocks.UNMEASURED)
# by what a clock goes on
PROMISED = ("version_id", "target")
# requests whose clocks are counted at a time
BATCH = 500
JOB = "sajad_sla.ir_cron_sla_plan"


class SajadSlaKeeper(models.AbstractModel):
    """Keeps the rows of clocks: history in, rows out, set by set (row D4).

    Whatever happens, clocks are counted anew from history by `engine/clocks.py`; a row
    adds what history does not know, by which version it is kept.
    """

    _name = "sajad.sla.keeper"
    _description = "Keeper of Clocks"

    def _follow(self, entries, moment):
        """Let clocks follow what was just written into history.

        :param entries: those that clocks hear of, of `engine/log.py` of the base
        """
        requests = self.env["sajad.request"].union(*{e.request for e in entries})
        requests = self._filter_promised(requests)
        if not requests:
            return
        # of what is submitted this is all that happened
        new = {e.request.id for e in entries if e.kind == "submitted"}
        events = {request_id: [] for request_id in new}
        at = to_seconds(moment)
        for entry in entries:
            if entry.request.id in new:
                task_id = entry.node.task_id if entry.node else None
                events[entry.request.id].append(Event(entry.kind, at, task_id))
        self._refresh(requests, moment, events)

    def _filter_promised(self, requests):
        """Return the requests of services that promise something, or did."""
        promises = self.env["sajad.sla.policy"]._get_promises()
        processes = {promise.process_id for promise in promises}
        if not processes or False in processes:
            return requests if processes else requests.browse()
        return requests.filtered(lambda r: r.process_id.id in processes)

    def _refresh(self, requests, moment, events=None, moved=None, anew=False):
        """Count the clocks of requests and write those that are another now.

        :param dict events: {request id: [Event]} of those whose history is known
        :param dict moved: {key of a clock: Terms} by which it goes on
        :param bool anew: open clocks go on by what fits them now
        :return: the requests of which a clock goes on by another promise
        """
        events = events or {}
        old = [r for r in requests.ids if r not in events]
        known = self._read_clocks(old)
        events = {**events, **self._read_events(old)}
        count = Count(self.env, requests, moment, moved, anew)
        rows, states, other = [], [], set()
        for request in requests:
            before = known.get(request.id, {})
            found = count.get_rows(request, events.get(request.id, []), before)
            for key, row in found.items():
                kept = before.get(key)
                if kept and any(kept[name] != row[name] for name in PROMISED):
                    other.add(request.id)
                if kept != row:
                    rows.append(row)
            states.append((request.id, *self._get_urgent(found.values())))
        self._store(rows)
        self._mark(requests, states)
        return requests.browse(other)

    # ------------------------------------------------------------
    # READ
    # ------------------------------------------------------------

    def _read_clocks(self, request_ids):
        """Return {request id: {(metric, cycle): row}}."""
        if not request_ids:
            return {}
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT %s FROM sajad_sla_clock WHERE request_id IN %s",
                SQL(", ").join(map(SQL.identifier, COLUMNS)),
                tuple(request_ids),
            )
        )
        known = {}
        for row in rows:
            key = (row["metric"], row["cycle"])
            known.setdefault(row["request_id"], {})[key] = row
        return known

    def _read_events(self, request_ids):
        """Return {request id: [Event]} of what clocks hear of."""
        if not request_ids:
            return {}
        rows = self.env.execute_query(
            SQL(
                "SELECT request_id, kind, extract(epoch FROM date)::bigint, task_id "
                "FROM sajad_event WHERE request_id IN %s AND kind IN %s ORDER BY id",
                tuple(request_ids),
                tuple(HEARD),
            )
        )
        events = {}
        for request_id, kind, at, task_id in rows:
            events.setdefault(request_id, []).append(Event(kind, at, task_id))
        return events

    # ------------------------------------------------------------
    # WRITE
    # ------------------------------------------------------------

    def _store(self, rows):
        """Create and update clocks, in one statement."""
        if not rows:
            return
        self.env.execute_query(
            SQL(
                "INSERT INTO sajad_sla_clock (%(names)s) "
                "SELECT * FROM unnest(%(values)s) "
                "ON CONFLICT (request_id, metric, cycle) DO UPDATE SET %(changes)s "
                "RETURNING id",
                names=SQL(", ").join(map(SQL.identifier, COLUMNS)),
                values=SQL(", ").join(
                    SQL("%s::%s[]", [row[name] for row in rows], SQL.identifier(kind))
                    for name, kind in COLUMNS.items()
                ),
                changes=SQL(", ").join(
                    SQL("%s = EXCLUDED.%s", SQL.identifier(n), SQL.identifier(n))
                    for n in COLUMNS
                    if n not in KEY
                ),
            )
        )
        self.env["sajad.sla.clock"].invalidate_model(flush=False)

    def _get_urgent(self, rows):
        """Return (state, deadline) of the most urgent of the clocks of a request."""
        running = [row for row in rows if row["state"] == clocks.RUNNING]
        late = [row for row in rows if row["is_late"] and row["state"] in clocks.OPEN]
        urgent = late or running
        if urgent:
            deadlines = [r["date_deadline"] for r in urgent if r["date_deadline"]]
            risk = any(row["is_at_risk"] for row in urgent)
            state = "late" if late else "risk" if risk else "running"
            return state, min(deadlines, default=None)
        states = {row["state"] for row in rows}
        for state in (clocks.PAUSED, clocks.MISSED, clocks.MET):
            if state in states:
                return state, None
        return None, None

    def _mark(self, requests, states):
        """Write on requests how their most urgent clocks stand, in one statement."""
        self.env.execute_query(
            SQL(
                "UPDATE sajad_request request SET sla_state = found.state, "
                "sla_deadline = found.deadline "
                "FROM unnest(%s::int[], %s::varchar[], %s::timestamp[]) "
                "AS found(id, state, deadline) WHERE request.id = found.id "
                "AND (request.sla_state IS DISTINCT FROM found.state "
                "OR request.sla_deadline IS DISTINCT FROM found.deadline) "
                "RETURNING request.id",
                *(list(column) for column in zip(*states, strict=True)),
            )
        )
        names = ["sla_state", "sla_deadline", "sla_clock_ids"]
        requests.invalidate_recordset(names, flush=False)

    # ------------------------------------------------------------
    # OTHER PROMISES
    # ------------------------------------------------------------

    def _move(self, clocks):
        """Let open clocks go on by the present versions of their policies."""
        versions = {
            policy.id: policy.version_id._get_terms() for policy in clocks.policy_id
        }
        moved = {
            (clock.request_id.id, clock.metric, clock.cycle): versions[
                clock.policy_id.id
            ]
            for clock in clocks
        }
        self._change(clocks.request_id, moved=moved)

    def _reconsider(self, requests):
        """Let open clocks go on by what fits their requests now."""
        requests = requests.filtered(lambda r: r.state != "draft")
        self._change(self._filter_promised(requests), anew=True)

    def _change(self, requests, **how):
        """Count clocks by other promises; history says of whom, and who did it."""
        if not requests:
            return
        self.env.flush_all()
        changed = self._refresh(requests, fields.Datetime.now(), **how)
        with self.env["sajad.engine"]._transition(changed) as transition:
            for request in transition.requests:
                transition.log.add("sla_moved", request)

    def _cron_plan(self):
        """Count open clocks anew, after a calendar changed; a batch at a time."""
        Place = self.env["sajad.job.place"]
        last = Place._get(JOB)
        while requests := self._get_open_requests(last):
            self._refresh(requests, fields.Datetime.now())
            last = requests[-1].id
            if not Place._keep(JOB, last, len(requests)):
                return
        Place._finish(JOB)

    def _get_open_requests(self, last):
        """Return the next requests with an open clock, after an id."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT request_id FROM sajad_sla_clock "
                "WHERE state IN %s AND date_stop IS NULL AND request_id > %s "
                "ORDER BY request_id LIMIT %s",
                OPEN,
                last,
                BATCH,
            )
        )
        # every one of them, whoever asks: the keeper writes what history says
        return self.env["sajad.request"].sudo().browse(row[0] for row in rows)
