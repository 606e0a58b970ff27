import re

from odoo import api, fields, models


class SajadCode(models.AbstractModel):
    """Proposes codes, so that nobody has to invent them (row A5).

    A code ties a role or a stage to files that one university gives to another; it
    is proposed from the name, or numbered where the name has no Latin letters.
    """

    _name = "sajad.code"
    _description = "Proposed Code"

    # how a code begins whose name has no Latin letters, and where it is unique
    _code_prefix = "code"
    _code_scope = None

    code = fields.Char(
        compute="_compute_code", store=True, readonly=False, precompute=True
    )

    @api.depends("name")
    def _compute_code(self):
        used = {}
        for record in self:
            if record.code:
                continue
            key = self._code_scope and record[self._code_scope]
            if key not in used:
                used[key] = record._get_used_codes()
            record.code = record.name and self._suggest_code(record.name, used[key])
            used[key].add(record.code)

    def _get_used_codes(self):
        """Return the codes beside which a new one has to be unique."""
        self.ensure_one()
        domain, siblings = [], self.browse()
        if self._code_scope:
            scope = self[self._code_scope]
            domain = [(self._code_scope, "=", scope._origin.id)]
            name = self._fields[self._code_scope].comodel_name
            for field in self.env[name]._fields.values():
                if (field.type, field.comodel_name) == ("one2many", self._name):
                    siblings |= scope[field.name]
        found = self.with_context(active_test=False).search_fetch(domain, ["code"])
        return {*found.mapped("code"), *siblings.mapped("code")}

    @api.model
    def _suggest_code(self, name, used):
        code = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:40]
        if len(code) > 1 and code not in used:
            return code
        base = code if len(code) > 1 else self._code_prefix
        number = 2 if len(code) > 1 else 1
        while f"{base}_{number}" in used:
            number += 1
        return f"{base}_{number}"
