from odoo import api, models
from odoo.tools import SQL


def since(column):
    """Return the SQL of the seconds since a moment of the database."""
    return f"extract(epoch FROM now() AT TIME ZONE 'UTC' - {column})"


# Each follows an index. Nothing is counted beyond ten thousand: that many are a fault.
FIGURES = f"""
SELECT 'notices_queued', count(*) FROM (
    SELECT FROM sajad_notice WHERE state = 'queued' LIMIT 10000) AS found
UNION ALL SELECT 'notices_oldest_seconds', {since("create_date")} FROM (
    SELECT create_date FROM sajad_notice WHERE state = 'queued' ORDER BY id LIMIT 1)
    AS found
UNION ALL SELECT 'batches_running', count(*) FROM (
    SELECT FROM sajad_batch WHERE state = 'running' LIMIT 10000) AS found
UNION ALL SELECT 'batches_oldest_seconds', {since("create_date")} FROM (
    SELECT create_date FROM sajad_batch WHERE state = 'running' ORDER BY id LIMIT 1)
    AS found
UNION ALL SELECT 'tasks_late', count(*) FROM (
    SELECT FROM sajad_task WHERE state IN ('ready', 'student')
    AND date_due < now() AT TIME ZONE 'UTC' LIMIT 10000) AS found
UNION ALL SELECT 'tasks_most_late_seconds', {since("date_due")} FROM (
    SELECT date_due FROM sajad_task WHERE state IN ('ready', 'student')
    AND date_due IS NOT NULL ORDER BY date_due LIMIT 1) AS found
UNION ALL SELECT 'tasks_suspended', count(*) FROM (
    SELECT FROM sajad_task WHERE state = 'suspended' LIMIT 10000) AS found
UNION ALL SELECT 'mails_failed', count(*) FROM (
    SELECT FROM mail_mail WHERE state = 'exception' LIMIT 10000) AS found
UNION ALL SELECT 'jobs_failing', count(*) FROM ir_cron
    WHERE active AND failure_count > 0
UNION ALL SELECT 'jobs_late_seconds', {since("min(nextcall)")} FROM ir_cron WHERE active
"""
HELP = {
    "notices_queued": "Notices that wait to be mailed.",
    "notices_oldest_seconds": "Age of the oldest notice that waits.",
    "batches_running": "Work in the background that is not finished.",
    "batches_oldest_seconds": "Age of the oldest work in the background.",
    "tasks_late": "Work of offices past its due date.",
    "tasks_most_late_seconds": "By how much the latest of it is late.",
    "tasks_suspended": "Work whose office has nobody today.",
    "mails_failed": "Mails that could not be sent.",
    "jobs_failing": "Scheduled jobs whose last run failed.",
    "jobs_late_seconds": "How long the most overdue job waits.",
}


class SajadMetrics(models.AbstractModel):
    """Figures of whoever runs the machines (row E6), as Prometheus reads them."""

    _name = "sajad.metrics"
    _description = "Figures for Operators"

    @api.model
    def _get_text(self):
        """Return the figures, each with what it means; called with elevated rights."""
        lines = []
        for name, value in self._get_figures().items():
            lines.append(f"# HELP sajad_{name} {HELP[name]}")
            lines.append(f"# TYPE sajad_{name} gauge")
            lines.append(f"sajad_{name} {value}")
        return "\n".join(lines) + "\n"

    @api.model
    def _get_figures(self):
        # a figure that has to wait for the database is none: the next one tells
        self.env.execute_query(
            SQL("SELECT set_config('statement_timeout', '5s', TRUE)")
        )
        rows = dict(self.env.execute_query(SQL(FIGURES)))
        return {name: max(int(rows.get(name) or 0), 0) for name in HELP}
