from odoo import fields, models
from odoo.exceptions import UserError

from .sajad_document_type import PHASES

# worst first; the SQL that counts goes by it, too
STATES = [
    ("missing", "Missing"),
    ("rejected", "Rejected"),
    ("draft", "Not Submitted"),
    ("submitted", "Submitted"),
    ("checked", "Checked by the Faculty"),
    ("verified", "Verified"),
    ("waived", "Not Needed"),
]
PRESENT = ("submitted", "checked", "verified", "waived")
SATISFIED = ("verified", "waived")


class SajadDossierItem(models.Model):
    """A slot of the checklist: what a dossier has to hold, and how far it is (C9)."""

    _name = "sajad.dossier.item"
    _description = "Required Document of a Dossier"
    _inherit = ["sajad.client.guard"]
    _order = "dossier_id.id, phase, sequence, id"
    _rec_name = "requirement_id"

    dossier_id = fields.Many2one(
        "sajad.dossier", required=True, readonly=True, index=True, ondelete="restrict"
    )
    requirement_id = fields.Many2one(
        "sajad.document.requirement", required=True, readonly=True, ondelete="restrict"
    )
    faculty_id = fields.Many2one(related="dossier_id.faculty_id")
    phase = fields.Selection(PHASES, required=True, readonly=True)
    sequence = fields.Integer(readonly=True)
    is_required = fields.Boolean(string="Required", readonly=True)
    mode = fields.Selection(related="requirement_id.mode")
    why = fields.Char(related="requirement_id.why")
    type_ids = fields.Many2many(related="requirement_id.type_ids")
    document_ids = fields.One2many(
        "sajad.dossier.document", "item_id", string="Documents"
    )
    state = fields.Selection(STATES, required=True, readonly=True, default="missing")
    is_waived = fields.Boolean(readonly=True)
    waiver_reason = fields.Text(readonly=True)
    waiver_id = fields.Many2one("res.users", string="Not Needed, Says", readonly=True)

    _requirement_uniq = models.Constraint(
        "unique(dossier_id, requirement_id)", "A dossier has each requirement once."
    )

    def _get_client_refusal(self):
        return self.env._("The checklist follows from the rules and the documents.")

    def _is_satisfied(self):
        self.ensure_one()
        return self.state in SATISFIED

    def action_waive(self, reason):
        """Say that a dossier does not need this, and why (row C9).

        :param str reason: for the history, never empty
        :raise AccessError: the user is not in charge of the dossier
        :raise UserError: there is no reason, or somebody said so already
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why it is not needed."))
        # who said so first, and why, stays
        for item in self.filtered("is_waived")[:1]:
            name = item.requirement_id.name
            raise UserError(
                self.env._("Somebody said already: %(name)s is not needed.", name=name)
            )
        vals = {
            "is_waived": True,
            "waiver_reason": reason,
            "waiver_id": self.env.uid,
        }
        self.dossier_id._change(self, vals)

    def action_need(self):
        """Take a waiver back.

        :raise AccessError: the user is not in charge of the dossier
        """
        names = ("is_waived", "waiver_reason", "waiver_id")
        self.dossier_id._change(self, dict.fromkeys(names, False))
