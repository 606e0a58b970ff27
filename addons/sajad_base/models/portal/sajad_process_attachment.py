from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.file_check import PAPERS

INPUT = "attachment_"


class SajadProcessAttachment(models.Model):
    """A paper that a service asks for, with its own place in the form (row A8)."""

    _name = "sajad.process.attachment"
    _description = "Attachment of a Service"
    _inherit = ["sajad.spelling"]
    _order = "process_id, sequence, id"
    _spelling = {"name": "text"}

    process_id = fields.Many2one(
        "sajad.process", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    required = fields.Boolean(default=True, help="No request is sent without it.")
    help_text = fields.Char(
        string="Help",
        translate=True,
        help="What it has to show, from whom one gets it.",
    )
    max_files = fields.Integer(
        string="Files", default=1, help="How many files the applicant may send."
    )

    @api.constrains("max_files")
    def _check_max_files(self):
        if self.filtered(lambda slot: not 1 <= slot.max_files <= 10):
            raise ValidationError(self.env._("One to ten files per document."))

    def _get_input(self):
        """Return the name of the input of the form."""
        self.ensure_one()
        return f"{INPUT}{self.id}"

    def _get_accepted(self):
        """Return what the place of the document in the form takes."""
        self.ensure_one()
        return PAPERS._replace(max_count=self.max_files)

    def _name_files(self, files_sudo):
        """Name files after the document that they are, so that offices see it."""
        self.ensure_one()
        self.env["sajad.upload"]._name_after(files_sudo, self.name)
