from odoo import api, fields, models, tools
from odoo.tools import format_date


class SajadProcess(models.Model):
    """The agreement of a service (rows A8, D3)."""

    _inherit = "sajad.process"

    agreement_ids = fields.One2many(
        "sajad.agreement", "process_id", string="Service Level Agreement"
    )

    @api.model
    @tools.ormcache("process_id", cache="stable")
    def _get_published_agreement_id(self, process_id):
        """Return the id of the version in force, read once: publishing is rare."""
        # which version is in force is published
        Version_sudo = self.env["sajad.agreement.version"].sudo()
        domain = [
            ("process_id", "=", process_id),
            ("state", "=", "published"),
            ("agreement_id.active", "=", True),
        ]
        return Version_sudo.search(domain, limit=1).id

    def _get_published_agreement(self):
        """Return the version of the agreement in force, with elevated rights."""
        self.ensure_one()
        # agreements are published; nobody learns more than the page shows
        Version_sudo = self.env["sajad.agreement.version"].sudo()
        return Version_sudo.browse(self._get_published_agreement_id(self.id))

    def action_open_agreement(self):
        """Open the agreement of the service; begin one where there is none (row D3).

        :raise AccessError: there is none, and the user does not write agreements
        """
        self.ensure_one()
        self.check_access("read")
        Agreement = self.env["sajad.agreement"].with_context(active_test=False)
        agreement = Agreement.search([("process_id", "=", self.id)], limit=1)
        if not agreement:
            agreement = Agreement.create({"process_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": agreement._name,
            "res_id": agreement.id,
            "views": [(False, "form")],
        }

    def _get_call_period_text(self):
        """Return from when until when the service takes requests, whatever today is."""
        self.ensure_one()
        start = self.call_start and format_date(self.env, self.call_start)
        end = self.call_end and format_date(self.env, self.call_end)
        if start and end:
            return self.env._("from %(start)s until %(end)s", start=start, end=end)
        if start:
            return self.env._("from %(start)s on, without an end", start=start)
        if end:
            return self.env._("until %(end)s", end=end)
        return self.env._("without an end")
