from collections import defaultdict
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.clock import COUNTRY_TZ

# the hour of the day at which the daily mail is due, where the person is
HOUR = 7


class SajadNotice(models.Model):
    """What lies in a person's cartables: told once a day, or soon, or never.

    Nothing is queued per piece of work: five hundred requests that arrive at once are
    one mail.
    """

    _inherit = "sajad.notice"

    new_count = fields.Integer(string="New Work")
    late_count = fields.Integer(string="Late Work")

    @api.model
    def _queue_work(self):
        """Queue a notice for everybody whose cartables have new or newly late work."""
        now = fields.Datetime.now()
        due = self._get_users_due(now)
        if not due:
            return self.browse()
        counts = self._count_news(due, now)
        users = due.browse(counts)
        universities = users._get_mail_universities()
        notices = self._queue_many(
            [
                {
                    "kind": "work",
                    "partner_id": user.partner_id.id,
                    "university_id": universities[user].id,
                    "new_count": counts[user.id][0],
                    "late_count": counts[user.id][1],
                }
                for user in users
            ]
        )
        due.sajad_notice_date = now
        return notices

    @api.model
    def _get_users_due(self, now):
        """Return the members of cartables who may be told of work now."""
        Users = self.env["res.users"]
        Member = self.env["sajad.cartable.member"]
        deciders = Member._search(Member._get_decider_domain())
        users = Users.search_fetch(
            Domain("sajad_notice_mode", "!=", "none")
            & Domain("id", "in", deciders.subselect("user_id")),
            ["sajad_notice_mode", "sajad_notice_date", "partner_id"],
        )
        mornings = {
            tz: self._get_last_morning(now, tz) for tz in set(users.mapped("tz"))
        }
        return users.filtered(
            lambda user: (
                user.sajad_notice_mode == "now"
                or not user.sajad_notice_date
                or user.sajad_notice_date < mornings[user.tz]
            )
        )

    @api.model
    def _get_last_morning(self, now, tz):
        """Return when the last daily mail was due, naive UTC."""
        local = now.replace(tzinfo=UTC).astimezone(ZoneInfo(tz or COUNTRY_TZ))
        morning = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
        if morning > local:
            morning -= timedelta(days=1)
        return morning.astimezone(UTC).replace(tzinfo=None)

    @api.model
    def _count_news(self, users, now):
        """Return {user id: (new, newly late)} of what they were not told of yet.

        What somebody brought into the cartable by an own decision is no news.
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH told AS (
                    SELECT id, COALESCE(sajad_notice_date, %(begin)s) AS since
                      FROM res_users WHERE id IN %(users)s),
                news AS (
                    SELECT id, request_id, cartable_id, user_id, date_ready, date_due
                      FROM sajad_task
                     WHERE state = 'ready'
                       AND (date_ready > (SELECT MIN(since) FROM told)
                            OR date_due BETWEEN (SELECT MIN(since) FROM told)
                                            AND %(now)s))
                SELECT told.id,
                       COUNT(DISTINCT news.id) FILTER (
                           WHERE news.date_ready > told.since),
                       COUNT(DISTINCT news.id) FILTER (
                           WHERE news.date_due BETWEEN told.since AND %(now)s)
                  FROM news
                  JOIN (%(deciders)s) decider
                    ON decider.cartable_id = news.cartable_id
                  JOIN told ON told.id = decider.user_id
                 WHERE (news.user_id IS NULL OR news.user_id = told.id)
                   AND (news.date_ready > told.since
                        OR news.date_due BETWEEN told.since AND %(now)s)
                   AND NOT EXISTS (
                       SELECT FROM sajad_task before
                        WHERE before.request_id = news.request_id
                          AND before.done_by_id = told.id
                          AND before.date_done = news.date_ready)
                 GROUP BY told.id
                """,
                now=now,
                begin=now - timedelta(days=1),
                users=tuple(users.ids),
                deciders=self.env["sajad.cartable.member"]._get_decider_sql(),
            )
        )
        return {user_id: (new, late) for user_id, new, late in rows}

    def _get_work_subject(self):
        """Return the subject of a letter about work."""
        self.ensure_one()
        if not self.new_count:
            return self.env._("Late work: %(count)s", count=self.late_count)
        if not self.late_count:
            return self.env._("New work: %(count)s", count=self.new_count)
        return self.env._(
            "New work: %(new)s, late: %(late)s",
            new=self.new_count,
            late=self.late_count,
        )

    def _get_work(self):
        """Return [(stage, waiting, late)] of the person's cartables.

        Counted once for all notices that are sent together.
        """
        cache = self.env.cr.cache.setdefault("sajad_notice_work", {})
        if self.id not in cache:
            cache.update(self._count_work())
        stages = self.env["sajad.stage"].browse(
            {row[0] for rows in cache.values() for row in rows}
        )
        return [
            (stages.browse(stage_id).with_prefetch(stages.ids), count, late)
            for stage_id, count, late in cache[self.id]
        ]

    def _count_work(self):
        """Return {notice id: rows} for all work notices of the batch."""
        batch = self.browse(self._prefetch_ids).exists()
        notices = self | batch.filtered(lambda notice: notice.kind == "work")
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT users.partner_id, task.stage_id, COUNT(DISTINCT task.id),
                       COUNT(DISTINCT task.id) FILTER (WHERE task.date_due < %(now)s)
                  FROM res_users users
                  JOIN (%(deciders)s) decider ON decider.user_id = users.id
                  JOIN sajad_task task ON task.cartable_id = decider.cartable_id
                       AND task.state = 'ready'
                 WHERE users.partner_id IN %(partners)s
                   AND (task.user_id IS NULL OR task.user_id = users.id)
                 GROUP BY users.partner_id, task.stage_id
                 ORDER BY 4 DESC, 3 DESC, 2
                """,
                now=fields.Datetime.now(),
                deciders=self.env["sajad.cartable.member"]._get_decider_sql(),
                partners=tuple(notices.partner_id.ids),
            )
        )
        found = defaultdict(list)
        for partner_id, stage_id, count, late in rows:
            found[partner_id].append((stage_id, count, late))
        return {notice.id: found[notice.partner_id.id] for notice in notices}
