from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import html_sanitize

from odoo.addons.sajad_base.models.sajad_process_audience import AUDIENCES
from odoo.addons.sajad_base.tools.conditions import parse_condition

from ..tools.process_file import get_problems, split_form

PYTHON_TYPES = {
    "boolean": bool,
    "integer": int,
    "float": (int, float),
    "char": (str, bool),
    "selection": (str, bool),
}


class SajadFlow(models.Model):
    """A process out of a file: always a draft, never over what is published."""

    _inherit = "sajad.flow"

    # ------------------------------------------------------------
    # WHAT WOULD HAPPEN
    # ------------------------------------------------------------

    @api.model
    def _plan_import(self, data, code=None):
        """Return what an import would do, as (kind, sentence).

        :param dict data: the file
        :param str code: of the process; None: that of the file
        :return: kinds are `create`, `match`, `warning` and `problem`; a file with a
            problem is not imported
        :rtype: list
        """
        problems = get_problems(self.env, data)
        if not problems:
            problems = self._get_content_problems(data)
        if problems:
            return [("problem", sentence) for sentence in problems]
        name = self._choose_text(data["process"]["name"])
        process = self._find_process(code or data["process"]["code"])
        lines = []
        if process:
            version = max(process.flow_ids.mapped("version"), default=0) + 1
            sentence = self.env._(
                "Process %(name)s is there: a new draft, version %(version)s, is added "
                "to it. What is published stays as it is.",
                name=process.name,
                version=version,
            )
            lines.append(("match", sentence))
            lines += self._plan_matter(data, process)
            lines += self._plan_form(data, process)
        else:
            sentence = self.env._("Process %(name)s with a draft.", name=name)
            lines.append(("create", sentence))
        lines += self._plan_roles(data) + self._plan_stages(data, process)
        lines += self._plan_languages(data)
        return lines

    def _plan_matter(self, data, process):
        if process.matter == data["process"].get("matter", process.matter):
            return []
        matters = dict(process._fields["matter"]._description_selection(self.env))
        sentence = self.env._(
            "Process %(name)s is about something else here: %(matter)s.",
            name=process.name,
            matter=matters[process.matter],
        )
        return [("problem", sentence)]

    def _plan_form(self, data, process):
        there = {d["name"] for d in process.request_properties_definition or []}
        missing = [
            d.get("string") or d["name"]
            for d in data["process"].get("form") or []
            if d["name"] not in there
        ]
        return [
            (
                "warning",
                self.env._(
                    "The request form of this process stays as it is: it has no "
                    "“%(field)s”.",
                    field=label,
                ),
            )
            for label in missing
        ]

    def _plan_roles(self, data):
        lines = []
        for role in data["roles"]:
            name = self._choose_text(role["name"])
            found = self._find_role(role["code"])
            if not found:
                sentence = self.env._("Role %(name)s", name=name)
                lines.append(("create", sentence))
            elif found.level != role["level"]:
                sentence = self.env._(
                    "Role %(name)s has another level here: who decides would change.",
                    name=found.name,
                )
                lines.append(("problem", sentence))
            else:
                sentence = self.env._("Role %(name)s is there.", name=found.name)
                lines.append(("match", sentence))
        return lines

    def _plan_stages(self, data, process):
        lines = []
        for stage in data["stages"]:
            name = self._choose_text(stage["name"])
            found = self._find_stage(process, stage["code"])
            if not found:
                lines.append(("create", self.env._("Stage %(name)s", name=name)))
            elif found.role_id.code != stage["role"]:
                sentence = self.env._(
                    "Stage %(name)s belongs to another role here.", name=found.name
                )
                lines.append(("problem", sentence))
            else:
                sentence = self.env._("Stage %(name)s is there.", name=found.name)
                lines.append(("match", sentence))
        return lines

    def _plan_languages(self, data):
        installed = {code for code, _label in self.env["res.lang"].get_installed()}
        there = set(data["process"]["name"]) - installed - {"en_US"}
        if not there:
            return []
        sentence = self.env._(
            "Texts in %(languages)s are left out: these languages are not installed.",
            languages=", ".join(sorted(there)),
        )
        return [("warning", sentence)]

    # ------------------------------------------------------------
    # IS IT SOUND
    # ------------------------------------------------------------

    def _get_content_problems(self, data):
        problems = self._get_matter_problems(data)
        Step = self.env["sajad.flow.step"]
        known = set(Step._get_option_names())
        for step in data["steps"]:
            name = step["stage"]
            for key, value in step["options"].items():
                if key not in known or not self._fits(Step._fields[key], value):
                    problems.append(
                        self.env._(
                            "%(step)s: this system has no setting “%(key)s” with such "
                            "a value.",
                            step=name,
                            key=key[:60],
                        )
                    )
            rules = [(step.get("condition"), "sajad.request")]
            rules += [(c["domain"], "sajad.task") for c in step.get("checks") or []]
            for text, model in rules:
                if problem := self._get_rule_problem(text, model):
                    problems.append(
                        self.env._("%(step)s: %(problem)s", step=name, problem=problem)
                    )
        return problems

    def _get_matter_problems(self, data):
        matter = data["process"].get("matter")
        known = self.env["sajad.process"]._fields["matter"].get_values(self.env)
        if not matter or matter in known:
            return []
        return [
            self.env._(
                "The process is about “%(matter)s”, which nothing here deals with. "
                "Install the addon that does first.",
                matter=matter,
            )
        ]

    def _fits(self, field, value):
        if field.type != "boolean" and isinstance(value, bool):
            return value is False and field.type in ("char", "selection")
        if not isinstance(value, PYTHON_TYPES[field.type]):
            return False
        if field.type == "selection":
            return value in field.get_values(self.env)
        return field.type == "char" or 0 <= value < 10**6

    def _get_rule_problem(self, text, model):
        """Return why a domain from outside is refused, or an empty text.

        Plain values only: nothing that comes in a file is ever evaluated.
        """
        try:
            parse_condition(self.env, text, model)
        except ValidationError:
            return self.env._(
                "A rule is no condition on what is known here: %(rule)s",
                rule=text[:100],
            )
        if self._has_record_ids(text, model):
            return self.env._("A rule names records of another database.")
        return ""

    # ------------------------------------------------------------
    # DO IT
    # ------------------------------------------------------------

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
        flow = self.create({"process_id": process.id})
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
        definitions, required = split_form(values.get("form"))
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
                "request_properties_definition": definitions,
                "required_properties": required,
            }
        )
        self._import_texts(process, "name", values["name"])
        self._import_texts(process, "description", values.get("description"))
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
