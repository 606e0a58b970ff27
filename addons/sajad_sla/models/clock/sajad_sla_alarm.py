from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL, format_datetime

from ...engine import clocks
from ...tools.count import Count
from ...tools.people import People

# clocks that one batch of the job tells of
BATCH = 500
# requests that a notice names
NAMED = 10


def is_told(step):
    """Whether somebody is told of a step, or it only marks what is late."""
    return bool(step[1])


class SajadSlaAlarm(models.AbstractModel):
    """Tells people, in time, of promises that are about to be broken (row D4).

    Each clock knows when its next step of the ladder comes and which was told last:
    nothing is told twice, and a job that was cut off goes on where it was.
    """

    _name = "sajad.sla.alarm"
    _description = "Reminders of Promised Times"

    def _cron_tell(self):
        """Tell of the clocks whose next step has come, a batch at a time."""
        while requests := self._take_due():
            self._tell(requests)
            if not self.env["ir.cron"]._commit_progress(len(requests), remaining=1):
                return
        self.env["ir.cron"]._commit_progress(remaining=0)

    def _take_due(self):
        """Return the requests of clocks that are due, locked."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT request_id FROM sajad_sla_clock WHERE date_alarm <= %s "
                "ORDER BY date_alarm, id LIMIT %s FOR UPDATE SKIP LOCKED",
                fields.Datetime.now(),
                BATCH,
            )
        )
        # every one of them, whoever asks: a job
        requests_sudo = self.env["sajad.request"].sudo()
        requests_sudo = requests_sudo.browse({row[0] for row in rows})
        return requests_sudo.try_lock_for_update(allow_referencing=True)

    def _tell(self, requests):
        """Tell of the steps that have come, and remember them."""
        now = fields.Datetime.now()
        keeper = self.env["sajad.sla.keeper"]
        count = Count(self.env, requests, now, None, False)
        # late ones become so by the clock alone, without any history
        keeper._refresh(requests, now)
        told, rows = [], []
        known = keeper._read_clocks(requests.ids)
        for request in requests:
            for row in known.get(request.id, {}).values():
                if row["state"] != clocks.RUNNING:
                    continue
                steps = count.get_due_steps(row)
                if steps:
                    told.append((request, row, steps))
                    rows.append(count.get_told_row(row, steps))
        keeper._store(rows)
        self._log(told)
        self._queue(told)

    def _log(self, told):
        """Tell history; what is only marked as late is no step of the ladder."""
        engine = self.env["sajad.engine"]
        requests = self.env["sajad.request"].union(*(request for request, *_r in told))
        with engine._transition(requests) as transition:
            for request, row, steps in told:
                if request in transition.requests and any(map(is_told, steps)):
                    kind = "sla_late" if row["is_late"] else "sla_warned"
                    transition.log.add(kind, request)

    # ------------------------------------------------------------
    # WHO IS TOLD
    # ------------------------------------------------------------

    def _queue(self, told):
        """Queue one notice for each person and kind, however many clocks are due."""
        people = People(self.env, [request.id for request, *_rest in told])
        found = defaultdict(list)
        for request, row, steps in told:
            kind = "sla_late" if row["is_late"] else "sla_warned"
            for _offset, audience, role_id in filter(is_told, steps):
                for user in people.get_users(request, audience, role_id):
                    found[user.partner_id, kind].append((request, row))
        for (partner, kind), items in found.items():
            items = list({(r.id, row["metric"]): (r, row) for r, row in items}.values())
            self._queue_one(partner, kind, items)

    def _queue_one(self, partner, kind, items):
        Notice = self.env["sajad.notice"]
        requests = self.env["sajad.request"].union(
            *(request for request, _row in items)
        )
        values = {"note": self._get_note(partner, items)}
        if len(requests) > 1:
            values["path"] = "/odoo/sajad-sla-open"
        Notice._queue(
            kind, partner, request=requests if len(requests) == 1 else None, **values
        )

    def _get_note(self, partner, items):
        """Return what a person reads: which requests, and until when."""
        told = self.env["sajad.notice"]._localize(self, partner)
        labels = dict(
            told.env["sajad.sla.clock"]
            ._fields["metric"]
            ._description_selection(told.env)
        )
        lines = [
            told.env._(
                "%(number)s, %(service)s, %(metric)s: %(moment)s",
                number=request.name,
                service=request.with_env(told.env).process_id.name,
                metric=labels[row["metric"]],
                moment=format_datetime(
                    told.env, row["date_deadline"], dt_format="short"
                ),
            )
            for request, row in items[:NAMED]
        ]
        if len(items) > NAMED:
            more = len(items) - NAMED
            lines.append(told.env._("and %(count)s more", count=more))
        return "\n".join(lines)
