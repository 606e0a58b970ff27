import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sajad_base.tools.binary import read_binary


class SajadDossierAdd(models.TransientModel):
    """Staff add a document: a file, or where another system keeps it (row C7)."""

    _name = "sajad.dossier.add"
    _description = "Add a Document"

    dossier_id = fields.Many2one("sajad.dossier", required=True, ondelete="cascade")
    document_id = fields.Many2one(
        "sajad.dossier.document",
        string="Newer File of",
        ondelete="cascade",
        domain="[('dossier_id', '=', dossier_id)]",
    )
    type_id = fields.Many2one(
        "sajad.document.type",
        required=True,
        compute="_compute_type_id",
        precompute=True,
        readonly=False,
        store=True,
        ondelete="cascade",
    )
    is_reference = fields.Boolean(string="Another System Keeps It")
    name = fields.Char(
        string="Description",
        required=True,
        compute="_compute_name",
        precompute=True,
        readonly=False,
        store=True,
    )
    number = fields.Char(help="Of the letter or certificate.")
    date = fields.Date(help="Of the letter or certificate.")
    system = fields.Char(string="Kept in")
    file = fields.Binary(attachment=False)
    file_name = fields.Char()
    help_text = fields.Char(compute="_compute_help_text")

    @api.depends("document_id")
    def _compute_type_id(self):
        for wizard in self:
            wizard.type_id = wizard.document_id.type_id or wizard.type_id

    @api.depends("document_id", "type_id")
    def _compute_name(self):
        for wizard in self:
            wizard.name = wizard.document_id.name or wizard.type_id.name

    @api.depends("type_id")
    def _compute_help_text(self):
        Upload = self.env["sajad.upload"]
        for wizard in self:
            wizard.help_text = wizard.type_id and Upload._get_help_text(
                wizard.type_id._get_accepted()
            )

    def action_add(self):
        """Add the document, or a newer file of one that is there.

        :raise AccessError: the user is not in charge of the dossier
        :raise UserError: the file is not acceptable, or there is none
        """
        self.ensure_one()
        self.dossier_id._check_keeper()
        if self.document_id:
            self._add_version()
        else:
            self._add_document()
        if self.type_id.tiers != "0":
            # who may was asked; the engine makes requests
            self.dossier_id.sudo()._send_for_check(self.type_id.phase)
        return {"type": "ir.actions.act_window_close"}

    def _add_version(self):
        document = self.document_id
        document.check_access("read")
        is_gone = document.date_deleted or document.date_destroyed
        if document.dossier_id != self.dossier_id or is_gone:
            raise UserError(self.env._("This document is not in the dossier."))
        # who may was checked; versions are the system's own
        document_sudo = document.sudo()
        document_sudo._add_version(*self._get_content())
        document_sudo.dossier_id._count_up()

    def _add_document(self):
        vals = {name: self[name] for name in ("name", "number", "date")}
        content = None
        if self.is_reference:
            if not self.system:
                raise UserError(self.env._("Say which system keeps the document."))
            vals["system"] = self.system
        else:
            content = self._get_content()
        self._check_new(content)
        self.env["sajad.dossier.document"]._add(
            self.dossier_id, self.type_id, vals, content
        )

    def _check_new(self, content):
        """Refuse what is in the dossier already: a second click, or another window.

        :raise UserError: the same file, or the same reference, is there
        """
        there = self.dossier_id.document_ids.filtered(
            lambda d: d.type_id == self.type_id and not d.date_deleted
        )
        if content:
            sha256 = hashlib.sha256(content[1]).hexdigest()
            there = there.filtered(lambda d: sha256 in d.page_ids.mapped("sha256"))
        else:
            names = ("name", "number", "date", "system")
            there = there.filtered(lambda d: all(d[n] == self[n] for n in names))
        if there:
            name = content[0] if content else self.name
            raise UserError(
                self.env._("%(name)s is in the dossier already.", name=name)
            )

    def _get_content(self):
        if not self.file:
            raise UserError(self.env._("Choose the file."))
        return self.file_name or self.type_id.name, read_binary(self, "file")
