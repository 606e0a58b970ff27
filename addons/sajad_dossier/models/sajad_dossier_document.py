from odoo import api, fields, models
from odoo.exceptions import UserError

# what a rejection says, and a better file makes void
REJECTION = ("fault_id", "reject_note", "deadline")


class SajadDossierDocument(models.Model):
    """A document of a dossier: a file in versions, or a reference (rows C2, C7).

    Only methods change it: they ask who may, keep the file as it came, and put the
    checklist into step.
    """

    _name = "sajad.dossier.document"
    _description = "Document of a Dossier"
    _inherit = ["sajad.client.guard", "sajad.search.key.mixin"]
    _client_fields = frozenset(
        {"name", "number", "date", "system", "item_id", "date_until"}
    )
    _order = "dossier_id.id, phase, id"
    _spelling = {"name": "text", "number": "number", "system": "text"}
    _search_key_fields = ("name", "number", "system")

    dossier_id = fields.Many2one(
        "sajad.dossier", required=True, readonly=True, index=True, ondelete="restrict"
    )
    student_id = fields.Many2one(related="dossier_id.student_id")
    faculty_id = fields.Many2one(
        related="dossier_id.faculty_id", store=True, index=True
    )
    type_id = fields.Many2one(
        "sajad.document.type",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    phase = fields.Selection(related="type_id.phase", store=True)
    is_sensitive = fields.Boolean(related="type_id.is_sensitive", store=True)
    item_id = fields.Many2one(
        "sajad.dossier.item",
        string="Satisfies",
        index=True,
        ondelete="restrict",
        domain="[('dossier_id', '=', dossier_id)]",
    )
    name = fields.Char(
        string="Description", required=True, help="What people look for it by."
    )
    number = fields.Char(help="Of the letter or certificate.")
    date = fields.Date(help="Of the letter or certificate.")
    system = fields.Char(
        string="Kept in",
        help="The system that holds a document of which the dossier has no file.",
    )
    state = fields.Selection(
        [
            ("draft", "Not Submitted"),
            ("submitted", "Submitted"),
            ("checked", "Checked by the Faculty"),
            ("verified", "Verified"),
            ("rejected", "Rejected"),
        ],
        required=True,
        readonly=True,
        default="submitted",
    )
    version_ids = fields.One2many(
        "sajad.dossier.version", "document_id", string="Versions"
    )
    version_id = fields.Many2one(
        "sajad.dossier.version",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The newest one.",
    )
    page_ids = fields.Many2many(
        "sajad.dossier.version",
        string="Pages",
        compute="_compute_page_ids",
        help="The files of the newest version, in their order.",
    )
    check_ids = fields.One2many("sajad.dossier.check", "document_id", string="Checks")
    date_deleted = fields.Datetime(string="Deleted on", readonly=True)
    deleted_by_id = fields.Many2one("res.users", string="Deleted by", readonly=True)
    delete_reason = fields.Text(readonly=True)
    date_destroyed = fields.Datetime(
        string="Files Destroyed on", readonly=True, help="By a list that two approved."
    )

    _source_check = models.Constraint(
        "CHECK (version_id IS NOT NULL OR system IS NOT NULL OR state = 'draft')",
        "A document has a file, or names the system that keeps it.",
    )

    @api.depends("version_id", "version_ids.page")
    def _compute_page_ids(self):
        for document in self:
            document.page_ids = document.version_id._get_pages()

    @api.constrains("item_id", "dossier_id")
    def _check_item(self):
        for document in self:
            if document.item_id.dossier_id - document.dossier_id:
                raise UserError(
                    self.env._("This entry of the checklist is another dossier's.")
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("Delete a document with its button: it can be restored.")
        )

    def _get_client_refusal(self):
        return self.env._("A document changes only through its buttons.")

    def _check_client_write(self, vals):
        self.dossier_id._check_keeper()

    def write(self, vals):
        """Correct what describes a document; the checklist follows."""
        result = super().write(vals)
        if {"item_id", "date_until"} & vals.keys() and not self.env.su:
            # the checklist is the system's own
            self.sudo().dossier_id._count_up()
        return result

    # ------------------------------------------------------------
    # ADD
    # ------------------------------------------------------------

    @api.model
    def _add(self, dossier, document_type, vals, content=None):
        """Add a document and put the checklist into step.

        The caller has checked that the user may add something to the dossier.

        :param vals: name, number, date, system, item_id, state
        :param content: (file name, bytes), or None for a reference
        :return: the document, with elevated rights
        :raise UserError: the file is not acceptable
        """
        if content:
            self.env["sajad.dossier.version"]._check_content(document_type, *content)
        document_sudo = self._open(dossier, document_type, vals)
        if content:
            document_sudo._add_version(*content)
        else:
            document_sudo.state = document_sudo._get_new_state()
        document_sudo.dossier_id._count_up()
        return document_sudo

    @api.model
    def _open(self, dossier, document_type, vals):
        """Return a new document without a file yet, with elevated rights."""
        item = dossier.item_ids.filtered(lambda i: document_type in i.type_ids)[:1]
        # nobody writes documents by hand; the caller has checked who may add one
        return self.sudo().create(
            {
                "dossier_id": dossier.id,
                "type_id": document_type.id,
                "item_id": item.id,
                "name": document_type.name,
                "state": "draft",
                **vals,
            }
        )

    def _add_version(self, name, content):
        """Keep a newer file of the document; what was checked before is void.

        Called with elevated rights; the caller has checked who may.

        :raise UserError: the file is not acceptable
        """
        self.ensure_one()
        self._take_version(self.env["sajad.dossier.version"]._keep(self, name, content))

    def _take_version(self, version):
        """Make a version the newest one."""
        vals = dict.fromkeys(REJECTION, False)
        self.write({**vals, "version_id": version.id, "state": self._get_new_state()})

    def _get_new_state(self):
        # what nobody verifies counts as soon as it is there
        return "verified" if self.type_id.tiers == "0" else "submitted"

    # ------------------------------------------------------------
    # DELETE AND RESTORE
    # ------------------------------------------------------------

    def action_delete(self, reason):
        """Take documents out of the dossier, to be restored at any time (row C2).

        :param str reason: for the history, never empty
        :raise AccessError: the user is not in charge of the dossier
        :raise UserError: there is no reason, or another window deleted one
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why it is deleted."))
        # who deleted it first, when and why stays
        for document in self.filtered("date_deleted")[:1]:
            raise UserError(self.env._("%(name)s is deleted.", name=document.name))
        vals = {
            "date_deleted": fields.Datetime.now(),
            "deleted_by_id": self.env.uid,
            "delete_reason": reason,
        }
        self.dossier_id._change(self, vals)

    def action_restore(self):
        """Put deleted documents back where they were (row C2).

        :raise AccessError: the user is not in charge of the dossier
        """
        names = ("date_deleted", "deleted_by_id", "delete_reason")
        self.dossier_id._change(self, dict.fromkeys(names, False))

    def _destroy(self):
        """Remove the files for good; what describes them stays (row C2).

        Called with elevated rights for a list of destruction that two approved.
        """
        self.version_ids._destroy()
        self.date_destroyed = fields.Datetime.now()

    def action_look(self):
        """Open the newest file in the browser (row C10)."""
        self.ensure_one()
        self.check_access("read")
        if not self.version_id:
            raise UserError(
                self.env._("The dossier has no file of %(name)s.", name=self.name)
            )
        if self.date_destroyed:
            raise UserError(
                self.env._("The files of %(name)s were destroyed.", name=self.name)
            )
        return {
            "type": "ir.actions.act_url",
            "url": self.version_id._get_url(),
            "target": "new",
        }
