from odoo import fields, models
from odoo.tools.i18n import format_list


class SajadDossierCheck(models.Model):
    """Who verified or rejected which version, when and why; append-only (row C5)."""

    _name = "sajad.dossier.check"
    _description = "Check of a Document"
    _inherit = ["sajad.append.only"]
    _order = "id desc"
    _rec_name = "document_id"
    _log_access = False

    document_id = fields.Many2one(
        "sajad.dossier.document",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    version_id = fields.Many2one(
        "sajad.dossier.version", readonly=True, ondelete="restrict"
    )
    tier = fields.Selection(
        [("faculty", "Faculty"), ("university", "University")],
        required=True,
        readonly=True,
    )
    outcome = fields.Selection(
        [("verified", "Verified"), ("rejected", "Rejected")],
        required=True,
        readonly=True,
    )
    fault_id = fields.Many2one(
        "sajad.document.fault", string="Coded Reason", readonly=True
    )
    reason = fields.Text(readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Who",
        required=True,
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.uid,
    )
    date = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )

    def _get_portal_entry(self):
        """Return what the student reads of it, with elevated rights."""
        self.ensure_one()
        tiers = dict(self._fields["tier"]._description_selection(self.env))
        return {
            "kind": self.outcome,
            "date": self.date,
            "office": tiers[self.tier],
            "reason": self._get_reason_text(),
        }

    def _get_reason_text(self):
        """Return why it was rejected: the coded reason and what was explained."""
        self.ensure_one()
        # reasons are no secret of those who read the check
        reasons = [self.fault_id.sudo().name, self.reason]
        return format_list(self.env, [text for text in reasons if text])
