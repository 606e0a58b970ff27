from odoo import models
from odoo.tools.misc import formatLang

from odoo.addons.sajad_base.tools.sentences import within_quotes

from ..tools import office_form
from ..tools.auto_clear import AutoClear, is_last
from ..tools.hold_queries import find_late


class SajadEngine(models.AbstractModel):
    """How an addon adds its rules to the engine: one hook each, super() first."""

    _inherit = "sajad.engine"

    def _get_blockers(self, tasks):
        """Hold offices back that have an open hold against the student (row B7)."""
        blockers = super()._get_blockers(tasks)
        holds = tasks._get_office_holds(open_only=True)
        late = self._get_late_offices(tasks)
        forms = self._get_form_problems(tasks)
        for task in tasks:
            problems = [self._get_hold_problem(hold) for hold in holds.get(task, ())]
            problems += forms.get(task, [])
            problems += [self._get_late_problem(name) for name in late.get(task, ())]
            if problems:
                blockers[task] = blockers.get(task, []) + problems
        return blockers

    def _get_form_problems(self, tasks):
        """Return {task: [sentence]} where the form of an office and its holds do not
        say the same (row B1, steps 9 and 10)."""
        # most forms ask no such thing: to read an answer, its step has to be read
        stating = tasks.filtered(
            lambda task: office_form.DEBT in (task.properties._values or {})
        )
        # the value of a selection, not its label
        asking = stating.with_context(property_selection_get_key=True).filtered(
            lambda task: office_form.states_debt(task.properties) is not None
        )
        if not asking:
            return {}
        holds = asking._get_office_holds()
        # the office alone sees them; the engine asks for the office
        none_sudo = self.env["sajad.hold"].sudo()
        problems = {
            task: office_form.get_problem(
                self.env, task.properties, holds.get(task, none_sudo)
            )
            for task in asking
        }
        return {task: [problem] for task, problem in problems.items() if problem}

    def _get_hold_problem(self, hold):
        if hold.kind == "debt":
            return self.env._(
                "%(hold)s: %(amount)s rials are not settled. Settle or waive it first.",
                hold=within_quotes(hold.description),
                amount=formatLang(self.env, hold.residual, digits=0),
            )
        return self.env._(
            "%(hold)s is not settled. Settle or waive it first.",
            hold=within_quotes(hold.description),
        )

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
        last = tasks.filtered(lambda task: is_last(self._get_step(task)))
        late = find_late(self.env, last.request_id)
        # names of other offices of the university, for a sentence
        Office_sudo = self.env["sajad.office"].sudo()
        return {
            task: [
                office.role_id.name
                for office in Office_sudo.browse(late.get(task.request_id.id, ()))
                # an own hold is told with its amount
                if office != task.cartable_id.office_id
            ]
            for task in last
        }

    def _get_auto_cleared(self, nodes):
        """Pass students without holds, where their office wants it (row B7)."""
        cleared = super()._get_auto_cleared(nodes)
        left = [node for node in nodes if node not in cleared]
        return {**cleared, **AutoClear(self, left).judge()}

    def _apply_done(self, requests):
        """Certify clearances that every office has finished (row B8)."""
        result = super()._apply_done(requests)
        cleared = requests.filtered(
            lambda request: request.process_id.matter == "clearance"
        )
        if cleared:
            # certificates are issued by the engine alone
            self.env["sajad.clearance.certificate"].sudo()._issue(cleared)
        return result
