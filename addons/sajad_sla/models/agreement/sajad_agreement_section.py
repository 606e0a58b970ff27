from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.placeholders import NAMES, find_unknown

SHOWS = [
    ("service", "The Service"),
    ("fees", "Fee"),
    ("figures", "Measured Performance"),
    ("call", "Call Period"),
]


class SajadAgreementSection(models.Model):
    """A section of service level agreements, with the text that new ones begin with.

    The sections are those of the Organization's document (row D3).
    """

    _name = "sajad.agreement.section"
    _description = "Section of Agreements"
    _order = "sequence, id"
    _inherit = ["sajad.spelling"]
    _spelling = {"name": "text"}

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    body = fields.Text(
        string="Text",
        translate=True,
        help="What stands in new agreements. Facts of the service fill the places in "
        "braces, such as {service}, {audience}, {provider}, {window}, {fee}, {call}.",
    )
    shows = fields.Selection(
        SHOWS, string="Table", help="Facts that stand below the text as a table."
    )

    @api.constrains("body")
    def _check_places(self):
        self._check_body()

    def _check_body(self):
        """Refuse texts with places that no fact fills.

        :raise ValidationError: with the names of the places
        """
        for record in self:
            if unknown := find_unknown(record.body):
                raise ValidationError(
                    self.env._(
                        "%(section)s: nothing fills {%(place)s}. There are: %(known)s.",
                        section=record.name,
                        place=unknown[0],
                        known=[f"{{{name}}}" for name in NAMES],
                    )
                )
