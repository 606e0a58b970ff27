from odoo import SUPERUSER_ID, fields, models
from odoo.tools import SQL

from ...engine.log import Log

# kept from the student: how an office shares its work
INTERNAL = {
    "claimed",
    "released",
    "handed_over",
    "assigned",
    "reassigned",
    "given_back",
    "moved",
    "skipped",
}

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


class SajadEngine(models.AbstractModel):
    _inherit = "sajad.engine"

    def _new_log(self, memberships=None):
        return Log(self.env.uid, fields.Datetime.now(), memberships)

    def _record(self, kind, tasks, reason="", memberships=None):
        """Append an event of work that moves nothing. With elevated rights.

        The caller has checked access and state.

        :param dict memberships: of the user by cartable id, for the history
        """
        log = self._new_log(memberships)
        journeys = self._load(tasks.request_id)
        for node in self._get_nodes(tasks, journeys):
            log.add(kind, node.request, node, reason, node.values["cartable_id"])
        self._write_log(log)

    def _write_log(self, log):
        """Append the events and queue the notices, one statement each.

        Plain SQL: rows of history have nothing to compute.
        """
        if log.entries:
            self._insert_events(
                [self._prepare_event(log, entry) for entry in log.entries]
            )
            log.entries.clear()
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
        ready = node and node.original.get("date_ready")
        return (
            entry.request.id,
            node.task_id if node else None,
            node.step.stage_id if node else None,
            node.step.role_id if node else None,
            entry.kind,
            # jobs and data of addons are nobody, and so is who opened what passed
            None if log.uid == SUPERUSER_ID or entry.kind == "passed" else log.uid,
            (member and member.on_behalf_of_id.id) or None,
            entry.reason or None,
            log.now,
            int((log.now - ready).total_seconds()) if ready else None,
            entry.kind not in INTERNAL,
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
