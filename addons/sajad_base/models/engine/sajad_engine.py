from odoo import models


class SajadEngine(models.AbstractModel):
    """The flow of requests through stages, written once for every process.

    All entry points are private: buttons, wizards and controllers call them. Each
    checks access and state itself, locks the requests, changes journeys in memory
    and writes back sets of rows. This file holds the hooks that other addons
    extend; `nodes` are those of `journey.py`.
    """

    _name = "sajad.engine"
    _description = "Engine of Requests"

    def _check_submit(self, requests):
        """Hook: refuse requests that must not be submitted.

        :raise UserError: with a sentence for the student
        """

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

        Called once per decision with all tasks, with elevated rights, after the
        tasks are done and before the requests move.
        """

    def _apply_done(self, requests):
        """Hook: what the end of requests brings about. With elevated rights.

        Called last, when the history of the end is written too.
        """

    def _get_card_values(self, requests):
        """Hook: values that the cards of new work show.

        :return: {request: values of `sajad.task`}
        :rtype: dict
        """
        return {
            request: {
                "student_name": request.student_id.name,
                "student_number": request.student_id.student_number,
            }
            for request in requests
        }
