from odoo import api, models
from odoo.fields import Command
from odoo.tools import html_sanitize

from odoo.addons.sajad_base.models.process.sajad_process_audience import AUDIENCES

from ..tools.process_file import split_form


class SajadFlow(models.Model):
    """A process out of a file: always a draft, never over what is published."""

    _inherit = "sajad.flow"

    @api.model
    def _import_data(self, data, code=None):
        """Make a draft out of the checked data of a file; return it.

        Everything is created as the user, whose rights say who may.
        """
        code = code or data["process"]["code"]
        process = self._find_process(code) or self._import_process(data, code)
        roles = {r["code"]: self._import_role(r) for r in data["roles"]}
        stages = {
            s["code"]: self._import_stage(s, process, roles) for s in data["stages"]
        }
        definitions, required = split_form(data["process"].get("form"))
        flow = self.create(
            {
                "process_id": process.id,
                "request_properties_definition": definitions,
                "required_properties": required,
            }
        )
        self._import_texts(flow, "note", data.get("note"))
        steps = {
            step["stage"]: self._import_step(step, flow, stages)
            for step in data["steps"]
        }
        for step in data["steps"]:
            values = {
                "predecessor_ids": [
                    Command.set([steps[name].id for name in step["follows"]])
                ]
            }
            if other := step.get("second_round_of"):
                values["recheck_of_id"] = steps[other].id
            steps[step["stage"]].write(values)
        return flow

    def _import_process(self, data, code):
        values = data["process"]
        process = self.env["sajad.process"].create(
            {
                "name": self._choose_source(values["name"]),
                "code": code,
                "matter": values.get("matter") or "general",
                **{
                    name: kind in values["audiences"]
                    for kind, name in AUDIENCES.items()
                },
                "exclusive_group": values.get("exclusive_group") or False,
            }
        )
        self._import_texts(process, "name", values["name"])
        self._import_texts(process, "description", values.get("description"))
        self._import_catalogue(process, values)
        return process

    def _import_role(self, values):
        role = self._find_role(values["code"])
        if not role:
            role = self.env["sajad.role"].create(
                {
                    "name": self._choose_source(values["name"]),
                    "code": values["code"],
                    "level": values["level"],
                }
            )
            self._import_texts(role, "name", values["name"])
        return role

    def _import_stage(self, values, process, roles):
        stage = self._find_stage(process, values["code"])
        if not stage:
            stage = self.env["sajad.stage"].create(
                {
                    "name": self._choose_source(values["name"]),
                    "code": values["code"],
                    "sequence": values["sequence"],
                    "process_id": process.id,
                    "role_id": roles[values["role"]].id,
                }
            )
            self._import_texts(stage, "name", values["name"])
        return stage

    def _import_step(self, values, flow, stages):
        step = self.env["sajad.flow.step"].create(
            {
                "flow_id": flow.id,
                "stage_id": stages[values["stage"]].id,
                "sequence": values["sequence"],
                "condition": values.get("condition") or False,
                "task_properties_definition": split_form(values.get("form"))[0],
                **values["options"],
            }
        )
        self._import_texts(step, "guide", values.get("guide"))
        for number, check in enumerate(values.get("checks") or []):
            record = self.env["sajad.flow.step.check"].create(
                {
                    "step_id": step.id,
                    "sequence": number,
                    "name": self._choose_source(check["name"]),
                    "domain": check["domain"] or "[]",
                }
            )
            self._import_texts(record, "name", check["name"])
        return step

    def _import_texts(self, record, name, texts):
        """Write a text in each language that is installed here."""
        if not texts:
            return
        field = record._fields[name]
        if field.type == "html":
            # terms are translated one by one, and each passes by no field
            texts = {lang: html_sanitize(text) for lang, text in texts.items()}
        source = self._choose_source(texts)
        record.with_context(lang="en_US")[name] = source
        installed = {code for code, _label in self.env["res.lang"].get_installed()}
        others = {k: v for k, v in texts.items() if k in installed and k != "en_US"}
        if callable(field.translate):
            others = {
                lang: self._match_terms(field, source, text)
                for lang, text in others.items()
            }
        if others:
            record.update_field_translations(name, others)

    def _match_terms(self, field, source, text):
        """Return {term: translated term} of two texts of the same build."""
        terms = field.get_trans_terms(source)
        translated = field.get_trans_terms(text)
        if len(terms) != len(translated):
            return {}
        return dict(zip(terms, translated, strict=True))

    # ------------------------------------------------------------
    # WHAT IS THERE
    # ------------------------------------------------------------

    def _choose_source(self, texts):
        return texts.get("en_US") or next(iter(texts.values()))

    def _choose_text(self, texts):
        return texts.get(self.env.lang) or self._choose_source(texts)

    def _find_process(self, code):
        Process = self.env["sajad.process"].with_context(active_test=False)
        return Process.search([("code", "=", code)])

    def _find_role(self, code):
        Role = self.env["sajad.role"].with_context(active_test=False)
        return Role.search([("code", "=", code)])

    def _find_stage(self, process, code):
        Stage = self.env["sajad.stage"].with_context(active_test=False)
        return Stage.search([("process_id", "=", process.id), ("code", "=", code)])
