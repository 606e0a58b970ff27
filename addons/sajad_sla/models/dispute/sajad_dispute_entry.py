from odoo import api, fields, models

from .sajad_dispute import OUTCOMES

SIDES = [
    ("recipient", "Recipient"),
    ("provider", "Provider"),
    ("system", "System"),
]


class SajadDisputeEntry(models.Model):
    """What one side did in a dispute: seen by both, never changed (row D6)."""

    _name = "sajad.dispute.entry"
    _description = "Entry of a Dispute"
    _inherit = ["sajad.append.only"]
    _order = "dispute_id, id"
    _rec_name = "kind"
    _log_access = False

    dispute_id = fields.Many2one(
        "sajad.dispute", required=True, index=True, ondelete="restrict"
    )
    side = fields.Selection(SIDES, required=True)
    kind = fields.Selection(
        [
            ("opened", "Opened the Dispute"),
            ("message", "Message"),
            ("offer", "Offer"),
            ("accepted", "Accepted the Offer"),
            ("withdrawn", "Withdrew the Dispute"),
            ("over", "The Month of Negotiation Is Over"),
            ("decided", "Final Opinion"),
        ],
        string="What",
        required=True,
    )
    date = fields.Datetime(required=True)
    user_id = fields.Many2one("res.users", string="Who", ondelete="restrict")
    text = fields.Text()
    outcome = fields.Selection(OUTCOMES)
    offer_id = fields.Many2one(
        "sajad.dispute.entry", string="Accepted Offer", ondelete="restrict"
    )
    file_ids = fields.Many2many(
        "ir.attachment", string="Files", compute="_compute_file_ids"
    )

    def _compute_file_ids(self):
        # access to the entry was checked; files are part of it
        Attachment_sudo = self.env["ir.attachment"].sudo()
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        files = Attachment_sudo.search(domain, order="id").grouped("res_id")
        for entry in self:
            entry.file_ids = files.get(entry.id, Attachment_sudo.browse())

    @api.model
    def _add(self, dispute, side, kind, text="", files=(), kept=None, **values):
        """Append an entry with its files; the caller has checked who may.

        :param files: list of (name, content) that `sajad.upload._check` accepted
        :param kept: attachments of `sajad.upload._get_kept`, or of a dialog
        :return: the entry, with elevated rights
        """
        # history is the system's
        entry_sudo = self.sudo().create(
            {
                "dispute_id": dispute.id,
                "side": side,
                "kind": kind,
                "date": fields.Datetime.now(),
                "user_id": self.env.uid if side != "system" else False,
                "text": text,
                **values,
            }
        )
        if files or kept:
            self.env["sajad.upload"]._attach(entry_sudo, files, kept)
        dispute.invalidate_recordset(["entry_ids"], flush=False)
        return entry_sudo

    def _get_client_refusal(self):
        return self.env._("Disputes change only through what both sides do.")
