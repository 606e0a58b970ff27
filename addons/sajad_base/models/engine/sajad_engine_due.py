from odoo import models
from odoo.tools import SQL

from ...engine.states import IN_CARTABLE

BATCH = 10000
JOB = "sajad_base.ir_cron_due"


class SajadEngineDue(models.AbstractModel):
    """Part of the engine: due dates of open work follow their calendars (row D4)."""

    _name = "sajad.engine.due"
    _description = "Engine of Requests"

    def _cron_plan_due(self):
        """Plan the due dates of open work anew, after a calendar changed.

        A set of rows at a time. Work that moves meanwhile is left alone: it gets its
        date from the calendar as it is by then.
        """
        self.env.flush_all()
        Place = self.env["sajad.job.place"]
        last = Place._get(JOB)
        while rows := self._get_planned(last):
            self._write_due(rows)
            last = rows[-1][0]
            if not Place._keep(JOB, last, len(rows)):
                break
        else:
            Place._finish(JOB)
        self.env["sajad.task"].invalidate_model(["date_due"])

    def _get_planned(self, last):
        """Return [(id, calendar, hours, since, due)] of open work, after an id."""
        return self.env.execute_query(
            SQL(
                """
                SELECT task.id, university.calendar_id, step.time_limit,
                       task.date_ready, task.date_due
                  FROM sajad_task task
                  JOIN sajad_flow_step step ON step.id = task.step_id
                  JOIN sajad_request request ON request.id = task.request_id
             LEFT JOIN sajad_university university
                    ON university.id = request.university_id
                 WHERE task.state IN %(states)s
                   AND task.date_ready IS NOT NULL
                   AND task.id > %(last)s
              ORDER BY task.id
                 LIMIT %(limit)s
                """,
                states=IN_CARTABLE,
                last=last,
                limit=BATCH,
            )
        )

    def _write_due(self, rows):
        """Write the dates that are another by now."""
        Calendar = self.env["resource.calendar"]
        cache, changed = {}, []
        for task_id, calendar_id, hours, since, due in rows:
            key = (calendar_id, hours, since)
            if key not in cache:
                planned = calendar_id and hours
                cache[key] = planned and Calendar._sajad_plan_hours(*key)
            if (cache[key] or None) != due:
                changed.append((task_id, since, cache[key] or None))
        if not changed:
            return
        ids, starts, dues = (list(column) for column in zip(*changed, strict=True))
        self.env.execute_query(
            SQL(
                """
                UPDATE sajad_task task SET date_due = planned.due
                  FROM unnest(%(ids)s::int[], %(starts)s::timestamp[],
                              %(dues)s::timestamp[]) AS planned(id, since, due)
                 WHERE task.id = planned.id AND task.date_ready = planned.since
                   AND task.state IN %(states)s
             RETURNING task.id
                """,
                ids=ids,
                starts=starts,
                dues=dues,
                states=IN_CARTABLE,
            )
        )
