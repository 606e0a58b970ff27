import re

from odoo import models

NUMBERED = re.compile(r"_\d+$")


class SajadProcess(models.Model):
    """Copies of a process, which a university adapts to its own ways (row A5)."""

    _inherit = "sajad.process"

    def copy(self, default=None):
        """Copy stages, and the version in force as a draft.

        The draft has steps, arrows, conditions, checks and forms of the published
        version, or of the last one if none is published.
        """
        copies = super().copy(default)
        for old, new in zip(self, copies, strict=True):
            old._copy_stages(new)
        return copies

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        taken = set()
        for process, vals in zip(self, vals_list, strict=True):
            if not (default or {}).get("name"):
                vals["name"] = self.env._("%(name)s (copy)", name=process.name)
            if not (default or {}).get("code"):
                vals["code"] = process._propose_copy_code(taken)
                taken.add(vals["code"])
        return vals_list

    def _propose_copy_code(self, taken=()):
        """Return the first free code of the kind `clearance_2`."""
        base = NUMBERED.sub("", self.code)
        pattern = base.replace("_", r"\_").replace("%", r"\%")
        # archived processes keep their codes
        used = self.with_context(active_test=False).search(
            [("code", "=like", f"{pattern}%")]
        )
        used = {*used.mapped("code"), *taken}
        number = 2
        while f"{base}_{number}" in used:
            number += 1
        return f"{base}_{number}"

    def _copy_stages(self, process):
        stages = {
            stage: stage.copy({"process_id": process.id})
            for stage in self.with_context(active_test=False).stage_ids
        }
        flow = self.published_flow_id or self.flow_ids.sorted("version")[-1:]
        if flow:
            draft = self.env["sajad.flow"].create(
                {
                    "process_id": process.id,
                    "note": self.env._(
                        "Copy of %(version)s", version=flow.display_name
                    ),
                    "request_properties_definition": flow.request_properties_definition,
                    "required_properties": flow.required_properties,
                }
            )
            flow._copy_steps(draft, stages)
