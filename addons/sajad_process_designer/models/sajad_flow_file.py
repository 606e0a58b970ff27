from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.process_file import FORM_KEYS, FORM_KINDS, FORMAT, VERSION, dump_file

# of a step: what has a place of its own in the file, or none in it
PLACED = {"id", "sequence", "condition", "guide"}
SCALARS = ("boolean", "integer", "float", "char", "selection")


class SajadFlow(models.Model):
    """A process as a file, for another university (row A5)."""

    _inherit = "sajad.flow"

    def action_export(self):
        """Download the version, with its process, stages and roles (row A5).

        :raise UserError: a rule names records of this database
        """
        self.ensure_one()
        self.check_access("write")
        self._export_file()
        return {
            "type": "ir.actions.act_url",
            "url": f"/sajad/process-file/{self.id}",
            "target": "download",
        }

    def _export_file(self):
        """Return the bytes of the file.

        :raise UserError: a rule names records of this database
        """
        return dump_file(self._export_data())

    def _export_data(self):
        """Return the process with this version as plain values, without ids."""
        self.ensure_one()
        process = self.process_id
        stages = self.step_ids.stage_id.sorted("sequence")
        self._check_portable()
        return {
            "format": FORMAT,
            "version": VERSION,
            "process": {
                "code": process.code,
                "name": self._export_texts(process, "name"),
                "description": self._export_texts(process, "description"),
                "matter": process.matter,
                "audiences": process._get_audiences(),
                "exclusive_group": process.exclusive_group or "",
                "form": self._export_form(
                    self.request_properties_definition, self.required_properties
                ),
                "settings": process._export_settings(),
                "texts": {
                    name: texts
                    for name in process._get_setting_names(translated=True)
                    if (texts := self._export_texts(process, name))
                },
                "documents": process._export_documents(self._export_texts),
                "guides": process._export_guides(self._export_texts),
            },
            "note": self._export_texts(self, "note"),
            "roles": [
                {
                    "code": role.code,
                    "name": self._export_texts(role, "name"),
                    "level": role.level,
                }
                for role in stages.role_id.sorted("code")
            ],
            "stages": [
                {
                    "code": stage.code,
                    "name": self._export_texts(stage, "name"),
                    "role": stage.role_id.code,
                    "sequence": stage.sequence,
                }
                for stage in stages
            ],
            "steps": [self._export_step(step) for step in self.step_ids],
        }

    def _export_step(self, step):
        data = {
            "stage": step.stage_id.code,
            "sequence": step.sequence,
            "follows": step.predecessor_ids.stage_id.sorted("sequence").mapped("code"),
            "condition": step.condition or "",
            "options": {name: step[name] for name in step._get_option_names()},
            "guide": self._export_texts(step, "guide"),
            "form": self._export_form(step.task_properties_definition),
            "checks": [
                {"name": self._export_texts(check, "name"), "domain": check.domain}
                for check in step.check_ids
            ],
        }
        if step.recheck_of_id:
            data["second_round_of"] = step.recheck_of_id.stage_id.code
        return data

    def _export_form(self, definitions, required=()):
        return [
            {
                key: value
                for key, value in definition.items()
                if key in FORM_KEYS and value not in (None, False)
            }
            | ({"required": True} if definition["name"] in (required or ()) else {})
            for definition in definitions or []
            if definition["type"] in FORM_KINDS
        ]

    def _export_texts(self, record, name):
        """Return {language: text} of a translated field, in installed languages."""
        stored = record._fields[name]._get_stored_translations(record) or {}
        installed = {code for code, _label in self.env["res.lang"].get_installed()}
        return {
            lang: text
            for lang, text in stored.items()
            if text and lang in installed | {"en_US"}
        }

    def _check_portable(self):
        """Refuse rules that name records: elsewhere the ids mean something else."""
        condition = self.process_id.student_condition
        if condition and self._has_record_ids(condition, "sajad.student"):
            raise UserError(
                self.env._(
                    "Who may apply is said with records of this database, such as a "
                    "faculty; elsewhere they do not exist. Take a rule on what they "
                    "are called."
                )
            )
        for step in self.step_ids:
            rules = [(step.condition, "sajad.request")]
            rules += [(check.domain, "sajad.task") for check in step.check_ids]
            for text, model in rules:
                if self._has_record_ids(text, model):
                    raise UserError(
                        self.env._(
                            "%(step)s: a rule names records of this university, such "
                            "as a faculty; elsewhere they do not exist. Take a rule on "
                            "what they are called.",
                            step=step.name,
                        )
                    )

    def _has_record_ids(self, text, model):
        domain = Domain(self._get_condition_list(text))
        for condition in domain.iter_conditions():
            _label, field = self._describe_path(
                condition.field_expr, self.env[model], {}
            )
            value = condition.value
            values = value if isinstance(value, (list, tuple, set)) else [value]
            relational = getattr(field, "relational", False)
            if (relational or condition.field_expr == "id") and any(
                isinstance(v, int) and not isinstance(v, bool) for v in values
            ):
                return True
        return False


class SajadFlowStep(models.Model):
    _inherit = "sajad.flow.step"

    def _get_option_names(self):
        """Return the plain settings of a step, those of other addons among them."""
        return sorted(
            name
            for name, field in self._fields.items()
            if field.store
            and field.type in SCALARS
            and not (field.related or name in PLACED)
            and not (field.compute and field.readonly)
        )
