import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import UserError


class SajadBatch(models.Model):
    """Work on a selection that goes on in the background (row A10).

    A job is a private method `_batch_…` of the model of the records. It takes a part
    of them and returns {record: sentence} of those it left out; it runs with the
    rights and in the language of whoever asked. How parts are run: sajad.batch.run.
    What is to be downloaded in the end has an owner, see sajad.batch.result.
    """

    _name = "sajad.batch"
    _description = "Work in the Background"
    _inherit = ["sajad.client.guard"]
    _order = "id desc"

    name = fields.Char(string="What Is Done", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Asked by",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.uid,
    )
    lang = fields.Char(
        string="Language", readonly=True, default=lambda self: self.env.lang
    )
    res_model = fields.Char(string="Model", required=True, readonly=True)
    job = fields.Char(string="Method", required=True, readonly=True)
    owner = fields.Char(
        readonly=True,
        help="The model of the method, where it is not that of the records.",
    )
    chunk = fields.Integer(readonly=True, help="Records of a part; 0: the usual.")
    result_url = fields.Char(readonly=True)
    # both are read by the job alone
    res_ids = fields.Json(string="Records", readonly=True)
    parameters = fields.Json(readonly=True)
    key = fields.Char(readonly=True, help="What is done with which records.")
    state = fields.Selection(
        [("running", "Running"), ("done", "Done"), ("stopped", "Stopped")],
        string="Status",
        required=True,
        readonly=True,
        default="running",
    )
    total = fields.Integer(readonly=True, aggregator=None)
    position = fields.Integer(string="Dealt With", readonly=True, aggregator=None)
    progress = fields.Integer(compute="_compute_progress")
    done_count = fields.Integer(string="Done without Problem", readonly=True)
    problem_count = fields.Integer(string="Left Out", readonly=True)
    date_done = fields.Datetime(string="Finished on", readonly=True)
    line_ids = fields.One2many("sajad.batch.line", "batch_id", string="Problems")

    _running_idx = models.Index("(id) WHERE state = 'running'")
    _key_uniq = models.UniqueIndex(
        "(user_id, key) WHERE state = 'running'",
        "This goes on already: look under Work in the Background.",
    )

    @api.depends("position", "total")
    def _compute_progress(self):
        for batch in self:
            batch.progress = 100 * batch.position // (batch.total or 1)

    def _get_client_refusal(self):
        return self.env._("Work in the background is stopped by its button only.")

    # ------------------------------------------------------------
    # START AND STOP
    # ------------------------------------------------------------

    @api.model
    def _start(self, name, records, job, owner=None, chunk=0, **parameters):
        """Queue a job for records; the caller has checked that the user may do it.

        Who asks again for what still goes on, a second click for one, is led to it.

        :param str name: what is done, as the person reads it
        :param str job: a method `_batch_…` of their model
        :param str owner: a model that inherits `sajad.batch.result`, whose method it
            is instead; it takes the records first
        :param int chunk: how many records are dealt with at once
        :param parameters: its other arguments, as JSON
        :return: the action that shows how far it is
        """
        what = {"res_model": records._name, "res_ids": records.ids}
        what |= {"job": job, "owner": owner, "parameters": parameters}
        key = hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()
        if running := self._find_running(key):
            return running._open()
        # nobody writes such records by hand
        batch_sudo = self.sudo().create(
            {
                **what,
                "key": key,
                "name": name,
                "user_id": self.env.uid,
                "lang": self.env.lang,
                "chunk": chunk,
                "total": len(records),
            }
        )
        # jobs are Odoo's own records
        self.env.ref("sajad_base.ir_cron_batch").sudo()._trigger()
        return batch_sudo.with_env(self.env)._open()

    @api.model
    def _find_running(self, key):
        domain = [("user_id", "=", self.env.uid), ("key", "=", key)]
        # one's own, found whatever page one may open
        running_sudo = self.sudo().search([*domain, ("state", "=", "running")])
        return running_sudo.with_env(self.env)

    def _open(self):
        """Return the action that opens the page of the work."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_stop(self):
        """Stop after the part that is being done; what is done stays. Row A10

        :raise UserError: it has ended already
        """
        self.ensure_one()
        self.check_access("read")
        if self.state != "running":
            raise UserError(self.env._("This has ended already."))
        # whoever may read it asked for it, or administers the system
        self.sudo().write({"state": "stopped", "date_done": fields.Datetime.now()})

    def action_download(self):
        """Download what was made. Row A10

        :raise UserError: there is nothing
        """
        self.ensure_one()
        self.check_access("read")
        if not self.result_url:
            raise UserError(self.env._("There is nothing to download."))
        return {"type": "ir.actions.act_url", "url": self.result_url, "target": "self"}

    @api.autovacuum
    def _gc_ended(self):
        """Forget what ended three months ago."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=90)
        domain = [("state", "!=", "running"), ("date_done", "<", limit)]
        self.search(domain, limit=1000).unlink()
