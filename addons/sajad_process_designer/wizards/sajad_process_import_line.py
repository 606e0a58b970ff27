from odoo import fields, models


class SajadProcessImportLine(models.TransientModel):
    """What an import would do, or what is wrong with the file."""

    _name = "sajad.process.import.line"
    _description = "Line of an Import"
    _order = "id"

    wizard_id = fields.Many2one(
        "sajad.process.import", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("problem", "Prevents the Import"),
            ("warning", "To Think of"),
            ("create", "Is Created"),
            ("match", "Is There"),
        ],
        required=True,
    )
    sentence = fields.Text(string="Description", required=True)
