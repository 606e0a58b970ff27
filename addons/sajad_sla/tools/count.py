"""Counting the clocks of many requests, by their histories and promises."""

from odoo.addons.sajad_base.tools.conditions import filter_condition

from ..engine import clocks
from .moments import to_moment, to_seconds

# before the first step of every ladder
NOTHING_TOLD = -(2**31)


class Count:
    """One counting of the clocks of many requests, without a query of its own."""

    def __init__(self, env, requests, moment, moved, anew):
        self.env = env
        self.requests = requests
        self.now = to_seconds(moment)
        self.moved = moved or {}
        self.anew = anew
        self.promises = env["sajad.sla.policy"]._get_promises()
        self.versions = {
            terms.version_id: terms for p in self.promises for terms in p.versions
        }
        self.hours = {}
        self.fitting = {}

    def get_rows(self, request, events, known):
        """Return {(metric, cycle): row} of the clocks of a request."""
        return {
            clock[:2]: self.get_row(request, clock, *kept, known)
            for clock, kept in self.get_clocks(request, events, known)
        }

    def get_clocks(self, request, events, known):
        """Return [(Clock, (terms, target, calendar))] of the clocks of a request.

        :param known: {(metric, cycle): row}, of which is read by what a clock is kept
        """
        kept = []

        def get_goal(metric, cycle, start):
            row = known.get((metric, cycle))
            terms = self.get_terms(request, metric, cycle, start, row)
            if not terms:
                return None
            target, calendar_id = self.get_measure(request, terms, row)
            kept.append((terms, target, calendar_id))
            return clocks.Goal(target, self.get_hours(calendar_id) if target else None)

        found = clocks.get_clocks(events, get_goal, self.now)
        # each goal gave one clock, in their order
        return list(zip(found, kept, strict=True))

    # ------------------------------------------------------------
    # BY WHAT A CLOCK IS KEPT
    # ------------------------------------------------------------

    def get_terms(self, request, metric, cycle, start, row):
        """Return the version that a clock is kept by, None where none promises."""
        moved = self.moved.get((request.id, metric, cycle))
        if moved:
            return moved
        if not row:
            return self.pick(request, metric, start)
        kept = self.versions[row["version_id"]]
        if self.anew and row["date_stop"] is None:
            picked = self.pick(request, metric, start)
            # another edition of the same promise is for new clocks only
            if picked and picked.policy_id != kept.policy_id:
                return picked
        return kept

    def pick(self, request, metric, start):
        """Return the first version in order that promises something, or None."""
        for promise in self.promises:
            if (
                promise.active
                and promise.metric == metric
                and promise.process_id in (False, request.process_id.id)
                and self.fits(promise, request)
            ):
                since = to_moment(start)
                for terms in promise.versions:
                    if terms.since <= since:
                        return terms
        return None

    def fits(self, promise, request):
        if not promise.condition:
            return True
        if promise.policy_id not in self.fitting:
            found = filter_condition(self.requests, promise.condition)
            # what cannot be evaluated promises nothing
            self.fitting[promise.policy_id] = set(found.ids if found else ())
        return request.id in self.fitting[promise.policy_id]

    def get_measure(self, request, terms, row):
        """Return the promised seconds and the calendar, frozen once they are known."""
        is_known = (
            row
            and row["version_id"] == terms.version_id
            and row["state"] != clocks.UNMEASURED
        )
        # of a version that knows priorities, the request may have got another one
        another = self.anew and terms.lines and row and row["date_stop"] is None
        if is_known and not another:
            return row["target"], row["calendar_id"]
        own = request.university_id.calendar_id.id
        calendar_id = row["calendar_id"] if is_known else terms.calendar_id or own
        day = calendar_id and self.env["resource.calendar"]._sajad_get_day(calendar_id)
        if not day:
            return 0, calendar_id or None
        target, unit = terms.get_target(request._get_promise_priority())
        return max(round(target * (day if unit == "days" else 3600)), 1), calendar_id

    def get_hours(self, calendar_id):
        if calendar_id not in self.hours:
            Calendar = self.env["resource.calendar"]
            self.hours[calendar_id] = Calendar._sajad_get_hours(calendar_id)
        return self.hours[calendar_id]

    # ------------------------------------------------------------
    # THE ROW
    # ------------------------------------------------------------

    def get_row(self, request, clock, terms, target, calendar_id, known):
        before = known.get(clock[:2]) or {}
        told = before.get("told")
        running = clock.state == clocks.RUNNING
        return {
            "request_id": request.id,
            "metric": clock.metric,
            "cycle": clock.cycle,
            "process_id": request.process_id.id,
            "university_id": request.university_id.id,
            "policy_id": terms.policy_id,
            "version_id": terms.version_id,
            "calendar_id": calendar_id,
            "target": target,
            "used": clock.used,
            "date_start": to_moment(clock.start),
            "date_stop": to_moment(clock.stop),
            "date_paused": to_moment(clock.paused),
            "date_deadline": to_moment(clock.deadline),
            "state": clock.state,
            "is_late": clock.late,
            "is_at_risk": bool(before.get("is_at_risk") and running and not clock.late),
            "date_alarm": to_moment(
                self.get_step_time(
                    terms.version_id, target, calendar_id, clock.used, told
                )
                if running
                else None
            ),
            "told": told,
        }

    def get_due_steps(self, row):
        """Return the steps of the ladder that have come and were not told yet.

        The moment of being late is one of them, of which nobody need be told.
        """
        told = NOTHING_TOLD if row["told"] is None else row["told"]
        steps = [*self.versions[row["version_id"]].steps, (0, "", False)]
        return [
            step
            for step in steps
            if step[0] > told
            and row["target"] + step[0] > 0
            and self.get_threshold(row["target"], step[0]) <= row["used"]
        ]

    def get_told_row(self, row, steps):
        """Return the row of a clock after steps of the ladder were told."""
        told = max(offset for offset, *_who in steps)
        names = ("version_id", "target", "calendar_id", "used")
        alarm = self.get_step_time(*(row[name] for name in names), told)
        return {**row, "told": told, "date_alarm": to_moment(alarm)}

    def get_step_time(self, version_id, target, calendar_id, used, told):
        """Return when somebody is to be told next, None where nobody is."""
        offset = self.get_next_offset(version_id, target, told)
        if offset is None:
            return None
        left = self.get_threshold(target, offset) - used
        return self.get_hours(calendar_id).after(self.now, left)

    def get_next_offset(self, version_id, target, told):
        told = NOTHING_TOLD if told is None else told
        offsets = {0} | {offset for offset, *_who in self.versions[version_id].steps}
        # what would be told before anything began is not told
        later = [o for o in offsets if o > told and target + o > 0]
        return min(later, default=None)

    @staticmethod
    def get_threshold(target, offset):
        """Return the seconds used at which a step of the ladder has come.

        What has used exactly its time is not late yet.
        """
        return target + offset + (1 if offset >= 0 else 0)
