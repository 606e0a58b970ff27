from odoo import api, fields, models

from odoo.addons.sajad_base.tools.clock import get_country_today


class SajadDossierReason(models.TransientModel):
    """Asks why, before something is rejected, deleted or waived (rows C2, C5)."""

    _name = "sajad.dossier.reason"
    _description = "Reason in a Dossier"

    document_ids = fields.Many2many("sajad.dossier.document", string="Documents")
    item_ids = fields.Many2many("sajad.dossier.item", string="Checklist")
    stay_ids = fields.Many2many("sajad.dossier.stay", string="Stays")
    line_ids = fields.Many2many("sajad.dossier.destruction.line", string="Papers")
    destruction_ids = fields.Many2many("sajad.dossier.destruction", string="Lists")
    action = fields.Selection(
        [
            ("reject", "Reject"),
            ("delete", "Delete"),
            ("waive", "Not Needed"),
            ("release", "Lift"),
            ("keep", "Keep"),
            ("refuse", "Refuse"),
        ],
        required=True,
        readonly=True,
    )
    fault_id = fields.Many2one("sajad.document.fault", string="Reason")
    deadline = fields.Date(
        string="Bring a Better One until",
        compute="_compute_deadline",
        store=True,
        readonly=False,
    )
    reason = fields.Text(string="Explanation")

    @api.depends("fault_id")
    def _compute_deadline(self):
        today = get_country_today()
        for wizard in self:
            days = wizard.fault_id.days
            wizard.deadline = days and fields.Date.add(today, days=days)

    def action_apply(self):
        """Do it, for the reason given; the records ask who may.

        :raise AccessError: the user is not in charge
        """
        self.ensure_one()
        if self.action == "reject":
            given = self.reason, self.fault_id.id, self.deadline
            result = self.document_ids.action_reject(*given)
            if self.env.context.get("sajad_next"):
                return self.document_ids._open_next()
            return result or {"type": "ir.actions.act_window_close"}
        actions = {
            "delete": self.document_ids.action_delete,
            "waive": self.item_ids.action_waive,
            "release": self.stay_ids.action_release,
            "keep": self.line_ids.action_keep,
            "refuse": self.destruction_ids.action_refuse,
        }
        actions[self.action](self.reason)
        return {"type": "ir.actions.act_window_close"}
