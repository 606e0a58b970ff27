from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

ADMIN = "sajad_base.group_sajad_admin"
BATCH = 100
DAYS = 7


class SajadDossierStoreCheck(models.Model):
    """A reading of all files that dossiers keep against their checksums (row C2).

    It goes through the versions in their order and remembers no more than the last one:
    a million files are as many rows as one, and a job that dies goes on there. What
    comes after the beginning is read next time.
    """

    _name = "sajad.dossier.store.check"
    _description = "Check of the Files"
    _inherit = ["sajad.client.guard"]
    _order = "id desc"
    _rec_name = "date_start"

    date_start = fields.Datetime(
        string="Began on", required=True, readonly=True, default=fields.Datetime.now
    )
    date_end = fields.Datetime(string="Ended on", readonly=True)
    state = fields.Selection(
        [("running", "Running"), ("done", "Done")],
        string="Status",
        required=True,
        readonly=True,
        default="running",
    )
    position = fields.Integer(
        readonly=True, aggregator=None, help="The last version that was read."
    )
    last = fields.Integer(
        readonly=True, aggregator=None, help="The last version that will be read."
    )
    file_count = fields.Integer(string="Files", readonly=True)
    # bytes of a million files are more than an integer of the database holds
    size = fields.Float(string="Size (MB)", readonly=True, digits=(16, 3))
    seconds = fields.Float(
        string="Time of Reading (Seconds)", readonly=True, digits=(16, 1)
    )
    fault_count = fields.Integer(string="Faulty Files", readonly=True)

    _running_uniq = models.UniqueIndex("(state) WHERE state = 'running'")

    def action_start(self):
        """Begin to read all files now, in the background (row C2).

        Of no check: the web client gives a button those that are chosen.

        :raise AccessError: the user is no administrator
        :raise UserError: it is running already
        """
        if not self.env.user.has_group(ADMIN):
            raise AccessError(self.env._("Administrators have the files checked."))
        # checks are the system's own
        Check_sudo = self.sudo()
        if Check_sudo._get_running():
            raise UserError(self.env._("The files are being checked already."))
        Check_sudo._begin()
        # jobs are the system's, too
        self.env.ref("sajad_dossier.ir_cron_check_files").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The files are being read in the background."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # ------------------------------------------------------------
    # RUN
    # ------------------------------------------------------------

    @api.model
    def _cron_check(self):
        """Go on with the check that runs, or begin the one that is due."""
        check = self._get_running()
        if not check and self._is_due():
            check = self._begin()
        while check and check.state == "running":
            count = check._check_next()
            remaining = max(check.last - check.position, 0)
            if not self.env["ir.cron"]._commit_progress(count, remaining=remaining):
                return

    @api.model
    def _get_running(self):
        return self.search([("state", "=", "running")])

    @api.model
    def _is_due(self):
        since = fields.Datetime.now() - timedelta(days=DAYS)
        return not self.search_count([("date_start", ">", since)], limit=1)

    @api.model
    def _begin(self):
        newest = self.env["sajad.dossier.version"].search([], order="id desc", limit=1)
        return self.create({"last": newest.id})

    def _get_next(self):
        """Return the next versions whose files are to be there."""
        domain = [
            ("id", ">", self.position),
            ("id", "<=", self.last),
            ("date_destroyed", "=", False),
        ]
        return self.env["sajad.dossier.version"].search(domain, order="id", limit=BATCH)

    def _check_next(self):
        """Read the next files; return how many."""
        self.ensure_one()
        begin = fields.Datetime.now()
        versions = self._get_next()
        if not versions:
            self.write({"state": "done", "date_end": begin})
            return 0
        found, size = {}, 0
        for version in versions:
            kind, count = version._find_store_fault()
            size += count
            if kind:
                found[version] = kind
        self.env["sajad.dossier.store.fault"]._note(self, versions, found)
        spent = fields.Datetime.now() - begin
        self.write(
            {
                "position": versions[-1].id,
                "file_count": self.file_count + len(versions),
                "size": self.size + size / 1024**2,
                "seconds": self.seconds + spent.total_seconds(),
                "fault_count": self.fault_count + len(found),
            }
        )
        return len(versions)
