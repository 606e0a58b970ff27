import re

from odoo import api, fields, models

from ...tools.placeholders import find_unknown
from .sajad_agreement_section import SHOWS

ADDRESS = re.compile(r"(https?://[\w.:/%?=&#~-]*[\w/])")


class SajadAgreementText(models.Model):
    """A section of one version of an agreement (row D3)."""

    _name = "sajad.agreement.text"
    _description = "Text of an Agreement"
    _inherit = ["sajad.client.guard", "sajad.spelling"]
    _order = "version_id, sequence, id"
    _spelling = {"name": "text"}
    _client_fields = {"name", "sequence", "body", "shows"}
    _client_create_fields = {"version_id", *_client_fields}

    version_id = fields.Many2one(
        "sajad.agreement.version", required=True, index=True, ondelete="cascade"
    )
    section_id = fields.Many2one(
        "sajad.agreement.section",
        readonly=True,
        ondelete="set null",
        help="By which two versions are compared.",
    )
    name = fields.Char(string="Title", required=True, translate=True)
    sequence = fields.Integer(default=100)
    body = fields.Text(string="Text", translate=True)
    shows = fields.Selection(SHOWS, string="Table")
    filled = fields.Text(compute="_compute_filled", string="As It Reads")

    @api.depends_context("lang")
    @api.depends("body", "version_id.facts", "version_id.dispute_days")
    def _compute_filled(self):
        for text in self:
            text.filled = text.version_id._fill(text.body)

    def _get_pieces(self):
        """Return [(text, whether it is an address)]: these are read from the left."""
        self.ensure_one()
        pieces = ADDRESS.split(self.filled or "")
        return [(piece, bool(n % 2)) for n, piece in enumerate(pieces) if piece]

    @api.constrains("body")
    def _check_places(self):
        for text in self:
            text.version_id._check_places(text, find_unknown(text.body))

    @api.model_create_multi
    def create(self, vals_list):
        """Add sections to drafts.

        :raise UserError: the version is published
        """
        texts = super().create(vals_list)
        texts._touch()
        return texts

    def write(self, vals):
        result = super().write(vals)
        if self._client_fields & set(vals):
            self._touch()
        return result

    def _touch(self):
        """Note the edit; published versions have none.

        :raise UserError: the version is published
        """
        self.version_id._check_draft()
        # the date of the last edit is the system's
        self.version_id.sudo().date_edit = fields.Datetime.now()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._touch()
