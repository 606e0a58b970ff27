from odoo import SUPERUSER_ID, models
from odoo.tools import SQL

# kept from the student: how an office shares its work
INTERNAL = {
    "claimed",
    "released",
    "handed_over",
    "assigned",
    "allotted",
    "reassigned",
    "given_back",
    "referred",
    "moved",
    "skipped",
}

# what nobody did, although somebody's act led to it
BY_ITSELF = ("passed", "allotted")

EVENT_COLUMNS = (
    "request_id",
    "task_id",
    "stage_id",
    "role_id",
    "kind",
    "user_id",
    "on_behalf_of_id",
    "reason",
    "date",
    "waited",
    "visible_to_student",
)


class SajadEngineLog(models.AbstractModel):
    """Part of the engine: history is written, and people are told."""

    _name = "sajad.engine.log"
    _description = "Engine of Requests"

    def _record(self, kind, tasks, reason="", memberships=None):
        """Append an event of work that moves nothing. The caller has checked.

        :param dict memberships: of the user by cartable id, for the history
        """
        transition = self._new_transition(tasks.request_id, tasks, memberships)
        for node in transition.nodes:
            transition.add_event(node, kind, reason)
        transition.engine._write_log(transition.log)

    def _write_log(self, log):
        """Append the events and queue the notices, one statement each.

        Plain SQL: rows of history have nothing to compute.
        """
        if log.entries:
            entries = list(log.entries)
            log.entries.clear()
            self._insert_events([self._prepare_event(log, entry) for entry in entries])
            self._apply_history(entries, log.now)
        if log.notices:
            self.env["sajad.notice"]._queue_many(
                [
                    {
                        "kind": kind,
                        "partner_id": partner.id,
                        "request_id": request.id,
                        "task_id": node.task_id if node else None,
                    }
                    for kind, request, node, partner in log.notices
                ]
            )
            log.notices.clear()

    def _prepare_event(self, log, entry):
        node = entry.node
        member = log.memberships.get(entry.cartable_id)
        since = entry.since
        return (
            entry.request.id,
            node.task_id if node else None,
            node.step.stage_id if node else None,
            node.step.role_id if node else None,
            entry.kind,
            # jobs and data of addons are nobody, and so is who opened what passed
            None if log.uid == SUPERUSER_ID or entry.kind in BY_ITSELF else log.uid,
            (member and member.on_behalf_of_id.id) or None,
            entry.reason or None,
            log.now,
            int((log.now - since).total_seconds()) if since else None,
            entry.kind not in self._get_internal_kinds(),
        )

    def _insert_events(self, rows):
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "INSERT INTO sajad_event (%s) VALUES %s RETURNING id",
                SQL(", ").join(SQL.identifier(name) for name in EVENT_COLUMNS),
                SQL(", ").join(SQL("%s", row) for row in rows),
            )
        )
        self.env["sajad.request"].invalidate_model(["event_ids"], flush=False)
