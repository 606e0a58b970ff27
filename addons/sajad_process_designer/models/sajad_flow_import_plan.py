from datetime import date

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools.i18n import format_list

from odoo.addons.sajad_base.tools.conditions import parse_condition

from ..tools.process_file import get_problems, split_form

# the database has no place for larger ones
MAX_NUMBER = 2**31
PYTHON_TYPES = {
    "boolean": bool,
    "integer": int,
    "float": (int, float),
    "char": (str, bool),
    "text": (str, bool),
    "date": str,
    "selection": (str, bool),
}


class SajadFlow(models.Model):
    """What the import of a process would do, and why it is refused (row A5)."""

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
        else:
            sentence = self.env._("Process %(name)s with a draft.", name=name)
            lines.append(("create", sentence))
        lines += self._plan_roles(data) + self._plan_stages(data, process)
        lines += self._plan_catalogue(data, process)
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
            languages=format_list(self.env, sorted(there)),
        )
        return [("warning", sentence)]

    # ------------------------------------------------------------
    # IS IT SOUND
    # ------------------------------------------------------------

    def _get_content_problems(self, data):
        problems = self._get_matter_problems(data) + self._get_catalogue_problems(data)
        Step = self.env["sajad.flow.step"]
        known = set(Step._get_option_names())
        form = split_form(data["process"].get("form"))[0]
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
            office_form = split_form(step.get("form"))[0]
            rules = [(step.get("condition"), "sajad.request", form)]
            rules += [
                (check["domain"], "sajad.task", office_form)
                for check in step.get("checks") or []
            ]
            for rule in rules:
                if problem := self._get_rule_problem(*rule):
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
        if field.type == "date":
            return self._is_day(value)
        if field.type == "selection":
            return value in field.get_values(self.env)
        return field.type in ("char", "text") or 0 <= value < MAX_NUMBER

    def _is_day(self, value):
        try:
            return bool(date.fromisoformat(value))
        except ValueError:
            return False

    def _get_rule_problem(self, text, model, definitions):
        """Return why a domain from outside is refused, or an empty text.

        Plain values only: nothing that comes in a file is ever evaluated.
        """
        try:
            parse_condition(self.env, text, model, definitions)
        except ValidationError:
            return self.env._(
                "A rule is no condition on what is known here: %(rule)s",
                rule=text[:100],
            )
        if self._has_record_ids(text, model):
            return self.env._("A rule names records of another database.")
        return ""
