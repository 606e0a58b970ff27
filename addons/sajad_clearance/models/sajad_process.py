from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SajadProcess(models.Model):
    """Every way of clearing a student, whatever its offices, is a clearance."""

    _inherit = "sajad.process"

    matter = fields.Selection(
        selection_add=[("clearance", "Clearance")],
        ondelete={"clearance": "set default"},
    )

    @api.constrains("matter", "for_institution", "for_staff")
    def _check_cleared(self):
        """Only studies end: nobody else has holds, a form and a certificate."""
        for process in self:
            others = process.for_institution or process.for_staff
            if process.matter == "clearance" and others:
                raise ValidationError(
                    self.env._("Only students and graduates are cleared.")
                )

    def _asks_card(self):
        """Whether an office passes only those whose student card it has received."""
        self.ensure_one()
        checks = self.published_flow_id.step_ids.check_ids
        return any("card_received" in check.domain for check in checks)
