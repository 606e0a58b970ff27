from odoo import fields, models


class SajadOverviewStep(models.TransientModel):
    """One thing to set up, and where it is done."""

    _name = "sajad.overview.step"
    _description = "Set-up Step"
    _order = "id"

    overview_id = fields.Many2one(
        "sajad.overview", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True)
    detail = fields.Char(help="What is there, and what is missing.")
    is_done = fields.Boolean()
    action_xmlid = fields.Char(readonly=True)

    def action_open(self):
        """Open the list in which this step is done.

        :raise AccessError: the user may not open it
        """
        self.ensure_one()
        return self.env["ir.actions.actions"]._for_xml_id(self.action_xmlid)
