from odoo import fields, models


class SajadDocumentFault(models.Model):
    """Why a document is rejected, in the words that the student reads (row C5)."""

    _name = "sajad.document.fault"
    _description = "Reason for Rejection"
    _inherit = ["sajad.spelling", "sajad.code"]
    _code_prefix = "fault"
    _order = "sequence, id"
    _spelling = {"name": "text", "code": "number"}

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    days = fields.Integer(
        string="Days to Correct",
        default=10,
        required=True,
        aggregator=None,
        help="How long the student has to bring a better one.",
    )

    _code_uniq = models.Constraint("unique(code)", "This code is in use.")
    _days_check = models.Constraint(
        "CHECK (days BETWEEN 1 AND 365)", "The student has 1 to 365 days."
    )
