import random
from collections import defaultdict
from datetime import timedelta

from odoo import fields, models

from odoo.addons.sajad_base.engine import states
from odoo.addons.sajad_base.tools.conditions import filter_condition
from odoo.addons.sajad_base.tools.durations import format_hours

RUNS = 100
LOW, MIDDLE, HIGH = 10, 50, 90
HOUR = 3600


class SajadRequest(models.Model):
    """When a running request will probably be done.

    The method. Every night the waiting times of the last 90 days are counted for each
    office (`sajad.stat.pace`). A forecast plays what is left of the request a hundred
    times through the flow: a step begins when the steps before it are finished (all of
    them, or the first where the flow says so), steps whose condition does not hold
    take no time, and steps for information hold nobody up. Each office takes in each
    of the hundred plays another hundredth of its own waiting times, so that slow and
    fast days occur as often as they did; what has waited already is taken into
    account. The 10th, 50th and 90th of the hundred ends are the beginning, the middle
    and the end of the range, moved to the next working hour of the university.

    Where an office has decided fewer than five times, the same office at all
    universities stands in for it, then its time limit. Without either there is no
    forecast, and the page says so. Offices are taken as independent of each other.

    The ranges are tested against what really came (`sajad.forecast`), and made wider
    where too few requests end inside of theirs.
    """

    _inherit = "sajad.request"

    def _get_forecast(self, fresh=False):
        """Return when requests will probably be done, and who has them until then.

        Three queries, however many requests there are.

        :param bool fresh: as if the requests were submitted now
        :return: {request: {"kind": "range", "unknown", "student", "suspended" or
            "closed", "low", "middle", "high": datetimes or False, "steps": [{"stage",
            "state", "hours", "slow_hours", "source"}]}}
        :rtype: dict
        """
        # Students have no access to work items; that to the requests was checked.
        requests = self.sudo()
        opened = requests.filtered(lambda r: fresh or r.state in states.OPEN_REQUESTS)
        result = {r: {"kind": "closed", "steps": []} for r in self}
        if not opened:
            return result
        flows = {r: self.env["sajad.flow"]._get_structure(r.flow_id.id) for r in opened}
        skipped = opened._get_skipped_steps(flows)
        stages = {step.stage_id for steps in flows.values() for step in steps.values()}
        # how fast offices are may be known to whoever has a request there
        paces = self.env["sajad.stat.pace"].sudo()._get_paces(opened.scope_id, stages)
        widenings = self.env["sajad.forecast"]._get_widenings(opened.process_id)
        tables = {}
        for request in opened:
            play = _Play(
                request, flows[request], skipped[request], paces, tables, fresh
            )
            result[request.with_env(self.env)] = play.get_forecast(
                widenings.get(request.process_id.id, 1)
            )
        return result

    def _get_skipped_steps(self, flows):
        """Return {request: ids of the steps whose condition does not hold}."""
        by_condition = defaultdict(list)
        for request, steps in flows.items():
            for step in steps.values():
                if step.condition:
                    by_condition[step.condition].append((request, step.id))
        skipped = {request: set() for request in flows}
        for condition, pairs in by_condition.items():
            requests = self.browse().union(*(request for request, _step in pairs))
            matching = filter_condition(requests, condition)
            if matching is None:
                continue  # as the engine takes it: nothing is skipped
            for request, step_id in pairs:
                if request not in matching:
                    skipped[request].add(step_id)
        return skipped

    def _get_portal_forecast(self):
        """Return the forecast of one request for its page, False when it is closed."""
        self.ensure_one()
        forecast = self._get_forecast()[self]
        return forecast if forecast["kind"] != "closed" else False


class _Play:
    """One request, played a hundred times through what is left of its flow."""

    def __init__(self, request, steps, skipped, paces, tables, fresh):
        self.request = request
        self.steps = steps
        self.skipped = skipped
        self.paces = paces
        self.tables = tables
        self.now = fields.Datetime.now()
        self.tasks = (
            {} if fresh else {t.step_id.id: t for t in request.current_task_ids}
        )
        # the same request gets the same forecast
        self.random = random.Random(request.id)  # noqa: S311

    def get_forecast(self, widening):
        """Return the forecast, its range wider by a factor."""
        steps, ends = self._play()
        forecast = {
            "kind": self._get_kind(ends),
            "low": False,
            "middle": False,
            "high": False,
            "steps": steps,
        }
        if ends and forecast["kind"] != "suspended":
            ends.sort()
            low, middle, high = (ends[i * RUNS // 100] for i in (LOW, MIDDLE, HIGH))
            forecast["low"] = self._get_moment(middle - (middle - low) * widening)
            forecast["middle"] = self._get_moment(middle)
            forecast["high"] = self._get_moment(middle + (high - middle) * widening)
        return forecast

    def _get_kind(self, ends):
        states = {
            task.state
            for task in self.tasks.values()
            if not self.steps[task.step_id.id].information
        }
        if "suspended" in states:
            return "suspended"
        if not ends:
            return "unknown"
        return "student" if "student" in states else "range"

    def _play(self):
        """Return the steps that are left, and the ends in hours from now or None."""
        levels = self.request._get_step_levels()
        finished, left, known = {}, [], True
        ends = [0.0] * RUNS
        for step_id in sorted(levels, key=lambda i: (levels[i], i)):
            step = self.steps[step_id]
            task = self.tasks.get(step_id)
            if (task and task.state in states.FINAL_WORK) or step_id in self.skipped:
                start = self._get_start(step, finished)
                finished[step_id] = (
                    [0.0] * RUNS if task and task.state in states.FINAL_WORK else start
                )
                continue
            table, source = self._get_table(step, task)
            left.append(self._prepare_step(step, task, table, source))
            start = self._get_start(step, finished)
            if step.information:
                finished[step_id] = start
                continue
            known = known and table is not None
            hours = list(table or [0.0] * RUNS)
            self.random.shuffle(hours)
            finished[step_id] = [a + b for a, b in zip(start, hours, strict=True)]
            ends = [max(a, b) for a, b in zip(ends, finished[step_id], strict=True)]
        return left, ends if known else None

    def _get_start(self, step, finished):
        before = [finished[i] for i in step.predecessors]
        if not before:
            return [0.0] * RUNS
        choose = min if step.join == "any" else max
        return [choose(values) for values in zip(*before, strict=True)]

    def _prepare_step(self, step, task, table, source):
        stage = self.request.env["sajad.stage"].browse(step.stage_id)
        ordered = sorted(table) if table else []
        middle = ordered[MIDDLE * RUNS // 100] if ordered else False
        return {
            "stage": stage.name,
            "state": task.state if task else "waiting",
            "since": task.date_ready if task and task.state != "waiting" else False,
            "hours": middle,
            "text": format_hours(self.request.env, middle) if ordered else "",
            "slow_hours": ordered[HIGH * RUNS // 100] if ordered else False,
            "source": source,
        }

    def _get_table(self, step, task):
        """Return a hundred waiting times in hours, or None, and where from."""
        for scope, source in ((self.request.scope_id.id, "office"), (False, "all")):
            if (scope, step.stage_id) in self.paces:
                return self._get_quantiles((scope, step.stage_id), task), source
        limit = self._get_limit(step)
        if limit:
            return [limit * (i + 0.5) / RUNS for i in range(RUNS)], "limit"
        return None, "none"

    def _get_quantiles(self, key, task):
        waited = self._get_waited(task)
        if (key, waited) not in self.tables:
            left = [hours - waited for hours in self.paces[key] if hours > waited]
            # where it has waited longer than ever: no better guess than a usual wait
            left = left or self.paces[key]
            self.tables[key, waited] = [
                left[int((i + 0.5) * len(left) / RUNS)] for i in range(RUNS)
            ]
        return self.tables[key, waited]

    def _get_waited(self, task):
        if not task or task.state != "ready" or not task.date_ready:
            return 0
        return max((self.now - task.date_ready).total_seconds() / HOUR, 0)

    def _get_limit(self, step):
        """Return the time limit of a step in calendar hours from now, or 0."""
        calendar = self.request.university_id.calendar_id
        if not step.time_limit or not calendar:
            return 0
        due = calendar._sajad_plan_hours(calendar.id, step.time_limit, self.now)
        return (due - self.now).total_seconds() / HOUR if due else 0

    def _get_moment(self, hours):
        """Return the first working moment after so many hours from now."""
        moment = self.now + timedelta(hours=max(hours, 0))
        calendar = self.request.university_id.calendar_id
        if not calendar:
            return moment
        for begin, end in calendar._sajad_get_intervals(calendar.id, moment.date()):
            if end > moment:
                return max(begin, moment)
        return moment
