from odoo import fields, models
from odoo.exceptions import UserError

# beyond it visits are recorded in the background
MANY = 100


class SajadVisit(models.Model):
    """What an office records of those whom it expects, one or many (row B2)."""

    _inherit = "sajad.visit"

    def action_came(self):
        """Record that students have come; their work is the office's again (row B2).

        :raise UserError: the only one is not expected, or the user is not in charge
        """
        return self._record_all("came")

    def action_no_show(self):
        """Record that students did not come; they are told and may choose again.

        :raise UserError: the only one has no appointment, it is not its time yet, or
            the user is not in charge (row B2)
        """
        return self._record_all("no_show")

    def _record_all(self, state):
        """Record of one or many; of very many in the background (row A10)."""
        self.check_access("read")
        if len(self) > MANY:
            name = dict(self._fields["state"]._description_selection(self.env))[state]
            return self.env["sajad.batch"]._start(
                name, self, "_batch_record", state=state
            )
        problems = self._batch_record(state)
        return self.task_id._report(
            {visit.task_id: sentence for visit, sentence in problems.items()}
        )

    def _batch_record(self, state):
        """Record of each by itself; return {visit: sentence} of those left out."""
        self.check_access("read")
        engine = self.env["sajad.engine"]
        decidable = engine._filter_decidable(self.task_id)
        record = engine._receive if state == "came" else engine._miss
        problems = {}
        for visit in self:
            try:
                with self.env.cr.savepoint():
                    visit._check_recordable(state, decidable)
                    record(visit)
            except UserError as error:
                self.env.invalidate_all()
                problems[visit] = error.args[0]
        return problems

    def _check_recordable(self, state, decidable):
        if self.state != "planned":
            raise UserError(self.env._("This student is not expected any more."))
        if self.task_id not in decidable:
            raise UserError(self.env._("You are not in charge of this cartable."))
        begun = self.start and self.start <= fields.Datetime.now()
        if state == "no_show" and not begun:
            raise UserError(
                self.env._("The time of this appointment has not come yet.")
            )
