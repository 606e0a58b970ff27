from odoo import models
from odoo.tools import SQL
from odoo.tools.misc import formatLang


class SajadEngine(models.AbstractModel):
    """How an addon adds a rule of its own to the engine: one hook, super() first."""

    _inherit = "sajad.engine"

    def _get_blockers(self, tasks):
        """Hold offices back that have an open hold against the student (row B7)."""
        blockers = super()._get_blockers(tasks)
        holds = tasks._get_office_holds(open_only=True)
        late = self._get_late_offices(tasks)
        for task in tasks:
            problems = [self._get_hold_problem(hold) for hold in holds.get(task, ())]
            problems += [self._get_late_problem(name) for name in late.get(task, ())]
            if problems:
                blockers[task] = blockers.get(task, []) + problems
        return blockers

    def _get_hold_problem(self, hold):
        if hold.kind == "debt":
            return self.env._(
                "%(hold)s: %(amount)s rials are not settled.",
                hold=hold.description,
                amount=formatLang(self.env, hold.residual, digits=0),
            )
        return self.env._("%(hold)s is not settled.", hold=hold.description)

    def _get_late_problem(self, name):
        return self.env._(
            "%(office)s has recorded a hold since it passed. Send the request back to "
            "it, or wait until it is settled.",
            office=name,
        )

    def _get_late_offices(self, tasks):
        """Return {task: names of offices} that passed before and hold something now.

        Only for the last step of a request: nothing ends over an open hold.
        """
        last = tasks.filtered(lambda task: self._is_last(self._get_step(task)))
        pairs = self._find_late_offices(last.request_id) if last else {}
        return {
            task: [
                office.role_id.name
                for office in pairs.get(task.request_id.id, ())
                # an own hold is told with its amount
                if office != task.cartable_id.office_id
            ]
            for task in last
        }

    def _is_last(self, step):
        return not step.successors and not step.information

    def _find_late_offices(self, requests):
        """Return {request id: offices} with an open hold at an office that passed."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT task.request_id, hold.office_id
                  FROM sajad_task task
                  JOIN sajad_request request ON request.id = task.request_id
                  JOIN sajad_cartable cartable ON cartable.id = task.cartable_id
                  JOIN sajad_hold hold ON hold.student_id = request.student_id
                   AND hold.office_id = cartable.office_id
                   AND hold.state = 'open'
                 WHERE task.request_id IN %s
                   AND task.current IS TRUE AND task.state = 'done'
                """,
                tuple(requests.ids) or (0,),
            )
        )
        # names of other offices of the university, for a sentence
        Office = self.env["sajad.office"].sudo()
        result = {}
        for request_id, office_id in sorted(rows):
            result.setdefault(request_id, []).append(office_id)
        return {key: Office.browse(ids) for key, ids in result.items()}
