from odoo import SUPERUSER_ID, fields, models
from odoo.tools import SQL

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
NOTICE_COLUMNS = (
    "request_id",
    "task_id",
    "partner_id",
    "kind",
    "state",
    "create_date",
)


class Log:
    """Events and notices of one transition, written together at its end."""

    def __init__(self, uid, memberships=None):
        self.uid = uid
        self.now = fields.Datetime.now()
        self.memberships = memberships or {}
        self.entries = []
        self.notices = []
        # work whose office has no cartable, although nothing is suspended yet
        self.gaps = []

    def add(self, kind, request, node=None, reason="", cartable_id=False):
        """Remember that something happened to a request, at a node or as a whole."""
        self.entries.append((kind, request, node, reason, cartable_id))

    def notify(self, kind, request, node=None, partner=None):
        """Remember to tell the student, or another person."""
        self.notices.append((kind, request, node, partner or request.partner_id))


class SajadEngine(models.AbstractModel):
    _inherit = "sajad.engine"

    def _new_log(self, memberships=None):
        return Log(self.env.uid, memberships)

    def _write_log(self, log):
        """Append the events and queue the notices, one statement each.

        Plain SQL: rows of history have nothing to compute, and five hundred
        decisions write a thousand of them.
        """
        if log.entries:
            rows = [self._prepare_event(log, *entry) for entry in log.entries]
            self._insert("sajad_event", EVENT_COLUMNS, rows)
            log.entries.clear()
        if log.notices:
            rows = [
                (
                    request.id,
                    node.task_id if node else None,
                    partner.id,
                    kind,
                    "queued",
                    log.now,
                )
                for kind, request, node, partner in log.notices
            ]
            self._insert("sajad_notice", NOTICE_COLUMNS, rows)
            log.notices.clear()

    def _prepare_event(self, log, kind, request, node, reason, cartable_id):
        member = log.memberships.get(cartable_id)
        ready = node and node.original.get("date_ready")
        return (
            request.id,
            node.task_id if node else None,
            node.step.stage_id if node else None,
            node.step.role_id if node else None,
            kind,
            # jobs and data of addons are nobody, and so is who opened what passed
            None if log.uid == SUPERUSER_ID or kind == "passed" else log.uid,
            (member and member.on_behalf_of_id.id) or None,
            reason or None,
            log.now,
            int((log.now - ready).total_seconds()) if ready else None,
            kind not in INTERNAL,
        )

    def _insert(self, table, columns, rows):
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "INSERT INTO %s (%s) VALUES %s RETURNING id",
                SQL.identifier(table),
                SQL(", ").join(SQL.identifier(name) for name in columns),
                SQL(", ").join(SQL("%s", row) for row in rows),
            )
        )
        self.env["sajad.request"].invalidate_model(
            ["event_ids", "notice_ids"], flush=False
        )
