"""What one transition tells: the history of requests, and whom to notify."""

from datetime import datetime
from typing import Any, NamedTuple


class Entry(NamedTuple):
    """One line of history: of a node, or of a request as a whole."""

    kind: str
    request: Any
    node: Any
    reason: str
    # the cartable of a decision says on whose behalf it was made
    cartable_id: int | bool
    # since when the work had waited for this
    since: datetime | bool


class Notice(NamedTuple):
    """One message to a person about a request."""

    kind: str
    request: Any
    node: Any
    partner: Any


class Log:
    """Events and notices of one transition, written together at its end."""

    def __init__(self, uid, now, memberships=None):
        self.uid = uid
        self.now = now
        # {cartable id: membership in which the user decides}
        self.memberships = memberships or {}
        self.entries = []
        self.notices = []
        # nodes whose office has no cartable, although nothing is suspended yet
        self.gaps = []

    def add(self, kind, request, node=None, reason="", cartable_id=False):
        """Remember that something happened to a request, at a node or as a whole."""
        since = node.original.get("date_ready") if node else False
        self.entries.append(Entry(kind, request, node, reason, cartable_id, since))

    def notify(self, kind, request, node=None, partner=None):
        """Remember to tell the requester, or another person."""
        for person in partner or request._get_contacts():
            self.notices.append(Notice(kind, request, node, person))
