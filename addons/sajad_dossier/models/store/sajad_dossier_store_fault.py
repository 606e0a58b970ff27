from odoo import api, fields, models

KINDS = [
    ("missing", "Missing"),
    ("cut", "Cut Off"),
    ("altered", "Altered"),
]


class SajadDossierStoreFault(models.Model):
    """A file of a dossier that is not in the store as it came (row C2).

    It stays open until the file is back, which the next check sees by itself.
    """

    _name = "sajad.dossier.store.fault"
    _description = "Faulty File"
    _inherit = ["sajad.client.guard"]
    _client_fields = frozenset({"note"})
    _order = "id desc"
    _rec_name = "version_id"

    version_id = fields.Many2one(
        "sajad.dossier.version",
        string="File",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    dossier_id = fields.Many2one(related="version_id.document_id.dossier_id")
    sha256 = fields.Char(related="version_id.sha256")
    place = fields.Char(
        string="Place in the Store",
        compute="_compute_place",
        compute_sudo=True,
        help="Below the folder of files of the database: what to take from a backup.",
    )
    kind = fields.Selection(KINDS, string="Fault", required=True, readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("solved", "Solved")],
        string="Status",
        required=True,
        readonly=True,
        default="open",
    )
    check_id = fields.Many2one(
        "sajad.dossier.store.check",
        string="First Found by",
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    date_found = fields.Datetime(
        string="Found on", required=True, readonly=True, default=fields.Datetime.now
    )
    date_checked = fields.Datetime(
        string="Last Checked on", required=True, readonly=True
    )
    date_solved = fields.Datetime(string="Solved on", readonly=True)
    note = fields.Text(string="What Was Done", help="Such as the backup it is from.")

    _open_uniq = models.UniqueIndex("(version_id) WHERE state = 'open'")

    @api.depends("version_id")
    def _compute_place(self):
        for fault in self:
            fault.place = fault.version_id.attachment_id.store_fname

    def action_check(self):
        """Read these files once more (row C2).

        :raise AccessError: the user is no administrator
        """
        self.check_access("write")
        # who may was asked; what a check finds is the system's to write
        for fault_sudo in self.sudo().filtered(lambda fault: fault.state == "open"):
            version_sudo = fault_sudo.version_id
            kind, _size = version_sudo._find_store_fault()
            found = {version_sudo: kind} if kind else {}
            # what was found is written as the system's own
            self.sudo()._note(fault_sudo.check_id, version_sudo, found)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _note(self, check, versions, found):
        """Write down what is wrong with files that were read, and what is not any more.

        Called with elevated rights.

        :param found: {version: kind of fault}
        """
        now = fields.Datetime.now()
        domain = [("version_id", "in", versions.ids), ("state", "=", "open")]
        known = {fault.version_id: fault for fault in self.search(domain)}
        for version, fault in known.items():
            if kind := found.get(version):
                fault.write({"kind": kind, "date_checked": now})
            else:
                fault._solve(now)
        new = self.create(
            [
                {
                    "version_id": version.id,
                    "kind": kind,
                    "check_id": check.id,
                    "date_checked": now,
                }
                for version, kind in found.items()
                if version not in known
            ]
        )
        new._tell(check)

    def _solve(self, now):
        self.write({"state": "solved", "date_checked": now, "date_solved": now})
        # what could not be read may be searched now
        self.env["sajad.dossier.text"]._forget(self.version_id)

    def _tell(self, check):
        """Tell the administrators once in each check: the list has the rest."""
        if not self or check.fault_count:
            return
        admins = self.env.ref("sajad_base.group_sajad_admin").all_user_ids
        Notice = self.env["sajad.notice"]
        path = "/odoo/sajad-faulty-files"
        people = admins.filtered(lambda user: user.active).partner_id
        Notice._queue("store_fault", people, path=path)
