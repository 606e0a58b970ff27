from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SajadProcess(models.Model):
    """A service against whose decision a student may appeal (row A7)."""

    _inherit = "sajad.process"

    appeal_process_id = fields.Many2one(
        "sajad.process",
        string="Appeal",
        index="btree_not_null",
        ondelete="restrict",
        help="The process in which a student objects to the decision (row A7).",
    )
    appeal_days = fields.Integer(
        default=20, help="How many days after the decision an appeal is taken."
    )
    appealed_process_ids = fields.One2many(
        "sajad.process", "appeal_process_id", string="Appeal Against"
    )

    @api.constrains("appeal_process_id")
    def _check_appeal(self):
        for process in self:
            if process.appeal_process_id and process.appealed_process_ids:
                raise ValidationError(
                    self.env._("There is no appeal against the decision of an appeal.")
                )

    @api.model
    def _get_catalogue_domain(self):
        # appeals begin at the request that they object to
        return [("appealed_process_ids", "=", False), *super()._get_catalogue_domain()]
