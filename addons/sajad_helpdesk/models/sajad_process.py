from odoo import fields, models


class SajadProcess(models.Model):
    """The process of support requests (row D1)."""

    _inherit = "sajad.process"

    matter = fields.Selection(
        selection_add=[("support", "Support")],
        ondelete={"support": "set default"},
    )
    support_window = fields.Integer(
        string="Opened Again within (Days)",
        default=5,
        help="Working days after the answer in which the requester can open the "
        "request again. Then it is closed, and a new one follows it.",
    )

    def _has_priorities(self):
        is_support = any(process.matter == "support" for process in self)
        return not self or is_support or super()._has_priorities()
