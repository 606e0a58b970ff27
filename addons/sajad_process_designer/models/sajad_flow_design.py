from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class SajadProcess(models.Model):
    """The way from a name to a running process, without code (row A5)."""

    _inherit = "sajad.process"

    def action_design(self):
        """Open the draft of the next version; make it first if there is none.

        The first version takes the stages one after the other, in their order; a
        later one begins as a copy of the published version.

        :raise UserError: there is no stage yet
        """
        self.ensure_one()
        self.check_access("write")
        draft = self._get_draft()
        if not draft:
            if not self.stage_ids:
                raise UserError(
                    self.env._(
                        "Add the stages first: a name and the role that decides."
                    )
                )
            draft = self.env["sajad.flow"].create({"process_id": self.id})
            draft._add_stages(self.stage_ids)
        return draft.action_open_steps()

    def _get_draft(self):
        """Return the draft of the next version, none before the first version."""
        drafts = self.flow_ids.filtered(lambda flow: flow.state == "draft")
        draft = drafts.sorted("version", reverse=True)[:1]
        return draft or (self.published_flow_id and self.published_flow_id.copy())

    def action_design_form(self):
        """Lay out what the next version asks the applicant (row A5).

        The version that is published keeps its form: requests are on their way with it.
        """
        self.ensure_one()
        self.check_access("write")
        draft = self._get_draft()
        if not draft:
            draft = self.env["sajad.flow"].create({"process_id": self.id})
        return draft.action_design_form()


class SajadFlow(models.Model):
    _inherit = "sajad.flow"

    def _add_stages(self, stages):
        """Append a step per stage, each after the one before."""
        self.ensure_one()
        for stage in stages:
            self.env["sajad.flow.step"].create(
                {"stage_id": stage.id, **self._get_next_step_values()}
            )

    def _get_last_steps(self):
        """Return the steps that nothing follows: where the flow ends so far."""
        last = self.step_ids.filtered(lambda s: not s.successor_ids)
        return (last or self.step_ids).sorted("sequence")[-1:]

    def _get_next_step_values(self):
        """Return what is proposed for a further step."""
        self.ensure_one()
        return {
            "flow_id": self.id,
            "sequence": max(self.step_ids.mapped("sequence"), default=0) + 10,
            "predecessor_ids": [Command.set(self._get_last_steps().ids)],
        }

    def action_design_form(self):
        """Open the dialog of the request form of the draft (row A5).

        :raise UserError: the version is frozen
        """
        self.ensure_one()
        self.check_access("write")
        self._check_draft()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_process_designer.sajad_form_design_action"
        )
        context = {"default_flow_id": self.id, "dialog_size": "extra-large"}
        return {**action, "context": context}

    def action_add_step(self):
        """Open the dialog of a further step, after the last one (row A5)."""
        self.ensure_one()
        self.check_access("write")
        self._check_draft()
        free = self.process_id.stage_ids - self.step_ids.stage_id
        values = self._get_next_step_values()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Step"),
            "res_model": "sajad.flow.step",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "dialog_size": "extra-large",
                "default_stage_id": free[:1].id,
                "default_process_id": self.process_id.id,
                **{f"default_{name}": value for name, value in values.items()},
            },
        }

    def action_add_stages(self):
        """Append the stages that are in no step yet, one after the other (row A5)."""
        self.ensure_one()
        self.check_access("write")
        self._check_draft()
        self._add_stages(self.process_id.stage_ids - self.step_ids.stage_id)


class SajadFlowStep(models.Model):
    _inherit = "sajad.flow.step"

    # what each permission means for an administrator who has not seen the inbox
    allow_return = fields.Boolean(
        help="The office may send the request back, to the student to complete it or "
        "to an earlier office. Only what follows begins again."
    )
    allow_refuse = fields.Boolean(
        help="The office may end the whole request. Nobody after it decides any more."
    )
    join = fields.Selection(
        help="All of them: the step begins when the last one before it is finished. "
        "Any of them: it begins with the first one."
    )

    def _get_problems(self):
        """Also tell what a person cannot see: a rule about a field that is gone."""
        problems = super()._get_problems()
        forms = [
            (self.condition, self.flow_id.request_properties_definition),
            *(
                (check.domain, self.task_properties_definition)
                for check in self.check_ids
            ),
        ]
        for text, definitions in forms:
            names = {definition["name"] for definition in definitions or []}
            problems += [
                self.env._(
                    "%(step)s: a rule asks for a field that the form no longer has.",
                    step=self.name,
                )
                for name in self._get_property_names(text)
                if name not in names
            ]
        return list(dict.fromkeys(problems))

    def _get_property_names(self, text):
        """Return the fields of the form that a domain asks for."""
        try:
            domain = fields.Domain(self.flow_id._get_condition_list(text))
        except (UserError, ValueError):
            return []  # told already
        paths = [
            condition.field_expr.split(".") for condition in domain.iter_conditions()
        ]
        return [path[1] for path in paths if path[0] == "properties" and len(path) > 1]
