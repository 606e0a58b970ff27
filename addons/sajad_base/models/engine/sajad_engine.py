from odoo import models

from .sajad_engine_log import INTERNAL


class SajadEngine(models.AbstractModel):
    """The flow of requests through stages, written once for every process.

    All entry points are private: buttons, wizards and controllers call them. Each
    passes one door (`_decision` for people, `_transition` for the rest): requests are
    locked, journeys change in memory, and sets of rows are written at the end.

    The engine is one model in parts, a file each: who decides (access), the door and
    the database (store), history (log), how work finds its cartable (route, reroute),
    how its due date follows the calendar (due), and what can happen to it (decide,
    back, again, claim, assign, student, migrate). What needs no database is plain
    Python in `engine/` of this addon.

    This file holds the hooks that other addons extend. They are called with elevated
    rights; `nodes` are those of `engine/journey.py`.
    """

    _name = "sajad.engine"
    _description = "Engine of Requests"
    _inherit = (
        "sajad.engine.access",
        "sajad.engine.store",
        "sajad.engine.make",
        "sajad.engine.log",
        "sajad.engine.route",
        "sajad.engine.reroute",
        "sajad.engine.due",
        "sajad.engine.decide",
        "sajad.engine.back",
        "sajad.engine.again",
        "sajad.engine.claim",
        "sajad.engine.assign",
        "sajad.engine.student",
        "sajad.engine.migrate",
    )

    def _check_submit(self, requests):
        """Hook: refuse requests that must not be submitted.

        :raise UserError: with a sentence for the student
        """

    def _check_in_time(self, requests):
        """Hook: refuse requests of processes that take none now.

        :raise UserError: with a sentence for the student
        """
        requests.process_id._check_takes_requests()

    def _hold_back(self, requests):
        """Hook: return the requests that stay drafts for now (row D5 uses it).

        Asked last, of requests that could be submitted; who holds a request back
        submits it later.
        """
        return requests.browse()

    def _get_decision_problems(self, tasks):
        """Hook: what keeps work from being approved or refused at all.

        Asked after the user was found to be in charge and the requests were locked
        (row A7 uses it).

        :return: {task: sentence for the expert}, only for work that stays
        :rtype: dict
        """
        return {}

    def _get_blockers(self, tasks):
        """Hook: what else prevents the approval of work (row B7 uses it).

        :return: {task: [sentences for the expert]}, only for blocked tasks
        :rtype: dict
        """
        return {}

    def _get_auto_cleared(self, nodes):
        """Hook: the nodes that need nobody, although their step applies.

        A second round where nothing changed since the first is an example.

        :return: {node: reason}
        :rtype: dict
        """
        return {}

    def _apply_effects(self, tasks, outcome):
        """Hook: what a decision brings about besides moving on.

        Called once per decision with all tasks, after the tasks are done and before
        the requests move.
        """

    def _apply_visit_required(self, tasks):
        """Hook: what it brings about that students have to come in person.

        Called once with all tasks, when they are written (row B2 uses it).
        """

    def _apply_student_released(self, nodes):
        """Hook: what it brings about that students need not act any more.

        They have come or answered, or the work was taken back, decided or dropped.
        Called when that is written, in the same transition;
        `node.original["student_wait"]` is what the work had waited for: "visit" or
        "answer".
        """

    def _apply_done(self, requests):
        """Hook: what the end of requests brings about.

        Called last, when the history of the end is written too.
        """

    def _apply_moved(self, journeys):
        """Hook: what follows from how requests and their work stand now.

        Called at the end of each transition with what it changed, in memory as it was
        written, before history is and before the end of requests has its effects.
        """

    def _apply_history(self, entries, moment):
        """Hook: what it brings about that history was written (row D4 uses it).

        Called once per transition, after its events are in the database.

        :param entries: `Entry` rows of `engine/log.py`, in their order
        :param moment: when they happened, naive UTC
        """

    def _get_internal_kinds(self):
        """Hook: the kinds of events that requesters do not read."""
        return INTERNAL

    def _get_card_values(self, requests):
        """Hook: values that the cards of new work show.

        :return: {request: values of `sajad.task`}
        :rtype: dict
        """
        values = {}
        for request in requests:
            name, number = request._get_requester()._get_requester_texts()
            values[request] = {"student_name": name, "student_number": number}
        return values
