from odoo import fields, models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    # Of the system: nobody can make a file of his own pass for a printed document.
    pdf_report_id = fields.Many2one(
        "ir.actions.report",
        string="Printed by Report",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
    )
