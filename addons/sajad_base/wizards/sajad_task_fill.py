from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.i18n import format_list

from ..tools.answers import read_answers
from ..tools.form_properties import get_answer_text

# forms that one request fills in within a few seconds
MANY = 200


class SajadTaskFill(models.TransientModel):
    """The form of an office, filled in for many students at once (row A10).

    What stays empty here is left as it is. What the checks of the step ask of the form
    must hold afterwards; work of which it does not is left out, with a sentence.
    """

    _name = "sajad.task.fill"
    _description = "Fill In the Form"
    _inherit = ["sajad.batch.result"]

    task_ids = fields.Many2many("sajad.task", string="Work")
    task_count = fields.Integer(compute="_compute_task_count")
    step_id = fields.Many2one("sajad.flow.step", readonly=True)
    properties = fields.Properties(definition="step_id.task_properties_definition")
    replace = fields.Boolean(
        string="Also Replace What Is Filled In",
        help="Without it, work where something else is written already is left out.",
    )
    approve = fields.Boolean(string="Approve Afterwards")

    @api.depends("task_ids")
    def _compute_task_count(self):
        for wizard in self:
            wizard.task_count = len(wizard.task_ids)

    @api.model
    def _open(self, tasks):
        """Return the dialog for some work.

        :raise UserError: it has no form, or not one and the same
        """
        tasks.check_access("read")
        # what an office is asked is no secret of those who see its work
        steps_sudo = tasks.step_id.sudo()
        forms = [step.task_properties_definition or [] for step in steps_sudo]
        if not all(forms):
            raise UserError(self.env._("This office has no form to fill in."))
        if any(form != forms[0] for form in forms):
            raise UserError(
                self.env._(
                    "The forms of this work are not the same: choose work of one "
                    "office, and of one version of its process."
                )
            )
        wizard = self.create({"task_ids": tasks.ids, "step_id": steps_sudo[0].id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Fill In the Form"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_apply(self):
        """Fill in the forms; of many show what happened to each. Row A10

        :raise UserError: nothing is filled in, or nothing could be written
        """
        self.ensure_one()
        answers = self._get_answers()
        if not answers:
            raise UserError(self.env._("Fill in at least one box."))
        values = {
            "answers": answers,
            "replace": self.replace,
            "approve": self.approve,
        }
        tasks = self.task_ids
        if len(tasks) > MANY:
            return self.env["sajad.batch"]._start(
                self.env._("Fill In the Form"),
                tasks,
                "_batch_fill",
                owner=self._name,
                values=values,
            )
        problems = self._batch_fill(tasks, values)
        if len(tasks) == 1:
            self.env["sajad.engine"]._raise_problems(problems)
            return {"type": "ir.actions.act_window_close"}
        result = self.env["sajad.task.decide"].create({"task_ids": tasks.ids})
        return result._show_result(tasks, problems)

    def _get_answers(self):
        """Return {box: answer} of what the person filled in.

        An empty box says nothing; the client sends zero for an empty amount.
        """
        field = self._fields["properties"]
        said = read_answers(field, self.read(["properties"])[0]["properties"])
        return {name: answer for name, answer in said.items() if answer}

    @api.model
    def _batch_fill(self, tasks, values):
        """Fill in the forms of some work; return {work: sentence} of what was not."""
        answers = values["answers"]
        allowed = self.env["sajad.engine"]._filter_decidable(tasks)
        problems = {
            task: self.env._("You cannot fill in the form of this work now.")
            for task in tasks - allowed
        }
        if not values["replace"]:
            problems |= self._find_other_answers(allowed, answers)
        problems |= self._find_unmet(tasks - self._union(problems), answers)
        filled = tasks - self._union(problems)
        filled.write({"properties": answers})
        if values["approve"] and filled:
            problems |= self.env["sajad.engine"]._decide(filled, "approved")
        return problems

    def _union(self, problems):
        return self.env["sajad.task"].union(*problems)

    def _find_other_answers(self, tasks, answers):
        """Return {work: sentence} of that where something else is written already."""
        problems = {}
        for task in tasks:
            there = task.properties._values or {}
            other = [n for n, v in answers.items() if there.get(n) and there[n] != v]
            if other:
                asked = {
                    q["name"]: q for q in task.read(["properties"])[0]["properties"]
                }
                said = [
                    f"{asked[n]['string']}: "
                    f"{get_answer_text(self.env, asked[n], there[n])}"
                    for n in other
                ]
                problems[task] = self.env._(
                    "Something else is written already: %(answers)s",
                    answers=format_list(self.env, said),
                )
        return problems

    def _find_unmet(self, tasks, answers):
        """Return {work: sentence} of that whose form would not pass its checks."""
        problems = {}
        savepoint = self.env.cr.savepoint()
        tasks.write({"properties": answers})
        for task in tasks:
            # what is no matter of the form is asked when it is approved
            unmet = [c["sentence"] for c in task.unmet_checks or [] if c["boxes"]]
            if unmet:
                problems[task] = "\n".join(unmet)
        savepoint.close(rollback=True)
        tasks.invalidate_recordset()
        return problems
