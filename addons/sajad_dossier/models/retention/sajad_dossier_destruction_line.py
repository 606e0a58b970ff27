from odoo import api, fields, models
from odoo.exceptions import UserError


class SajadDossierDestructionLine(models.Model):
    """A document on a list of destruction, and what became of it (row C2)."""

    _name = "sajad.dossier.destruction.line"
    _description = "Document on a List of Destruction"
    _inherit = ["sajad.client.guard"]
    _order = "destruction_id desc, student_number, id"
    _rec_name = "student_number"

    destruction_id = fields.Many2one(
        "sajad.dossier.destruction",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    document_id = fields.Many2one(
        "sajad.dossier.document",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    dossier_id = fields.Many2one(related="document_id.dossier_id", store=True)
    student_number = fields.Char(related="dossier_id.student_number", store=True)
    type_id = fields.Many2one(related="document_id.type_id", store=True, string="Paper")
    date_end = fields.Date(related="dossier_id.date_end", string="Study Ended on")
    retention_id = fields.Many2one(
        "sajad.dossier.retention",
        string="Rule",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    date_due = fields.Date(string="Kept until", required=True, readonly=True)
    outcome = fields.Selection(
        [("waiting", "Waits"), ("gone", "Destroyed"), ("kept", "Kept")],
        required=True,
        readonly=True,
        default="waiting",
    )
    reason = fields.Text(string="Why It Is Kept", readonly=True)
    checksums = fields.Text(
        readonly=True, help="SHA-256 of each version that was destroyed."
    )

    _document_uniq = models.Constraint(
        "unique(destruction_id, document_id)", "This document is on the list already."
    )

    def _get_client_refusal(self):
        return self.env._("Lists are filled by the rules of retention.")

    @api.model
    def _add(self, destruction, due):
        """Put due documents on a list. Called with elevated rights."""
        known = destruction.line_ids.document_id.ids
        self.create(
            [
                {
                    "destruction_id": destruction.id,
                    "document_id": document,
                    "retention_id": rule,
                    "date_due": day,
                }
                for document, (rule, day) in due.items()
                if document not in known
            ]
        )

    def action_keep(self, reason):
        """Take documents off a list before it is approved, for a reason (row C2).

        :raise AccessError: another office's
        :raise UserError: no reason, or the list is decided
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why it is kept."))
        lists = self.destruction_id
        lists._check_office()
        lists.sudo().lock_for_update()  # nobody approves it meanwhile
        # of lists that may be read
        if any(record.state not in ("draft", "proposed") for record in lists.sudo()):
            raise UserError(self.env._("This list is no longer where you saw it."))
        # who may was asked
        self.sudo().write({"outcome": "kept", "reason": reason})

    def _batch_destroy(self):
        """Destroy the files of these documents, of a list that two agreed on.

        What is no longer due is kept and says why.

        :return: {line: sentence} of those that were kept
        """
        lists = self.destruction_id
        lists._check_office()
        lists._check_state("running")
        # who may was asked: files are the system's own
        lines_sudo = self.sudo().filtered(lambda line: line.outcome == "waiting")
        # a stay that comes at this moment waits, or is seen
        lines_sudo.dossier_id.lock_for_update()
        kept = lines_sudo._filter_kept()
        kept.write(
            {
                "outcome": "kept",
                "reason": self.env._("It is no longer due: a stay, or another rule."),
            }
        )
        lines_sudo -= kept
        for line_sudo in lines_sudo:
            line_sudo.checksums = "\n".join(
                line_sudo.document_id.version_ids.mapped("sha256")
            )
        lines_sudo.document_id._destroy()
        lines_sudo.write({"outcome": "gone"})
        lists._finish()
        return {line.sudo(False): line.reason for line in kept}

    def _filter_kept(self):
        """Return those of the lines that may not go any more."""
        Retention = self.env["sajad.dossier.retention"]
        due = {}
        for record, lines in self.grouped("destruction_id").items():
            due |= Retention._find_due(
                record.university_id, len(lines), lines.document_id
            )
        return self.filtered(lambda line: line.document_id.id not in due)
