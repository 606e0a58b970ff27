from odoo import api, models
from odoo.exceptions import AccessError, UserError

# an office that verifies, and what its word makes of a document
TIERS = {"faculty": "checked", "university": "verified"}


class SajadDossierDocument(models.Model):
    """Documents are verified by the faculty, then by the university (row C5).

    Never by who brought them, and in both offices never by the same person.
    """

    _inherit = "sajad.dossier.document"

    def action_verify(self):
        """Verify documents as the office of the user does (row C5).

        :raise AccessError: not in charge, or the user brought the file oneself
        :raise UserError: a document is not to be verified now
        """
        self._decide("verified")

    def action_reject(self, reason):
        """Reject documents with a reason that the student reads (row C5).

        :param str reason: never empty
        :raise AccessError: not in charge, or the user brought the file oneself
        :raise UserError: a document is not to be verified now, or no reason was given
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why it is rejected."))
        self._decide("rejected", reason)

    def _decide(self, outcome, reason=False):
        levels = self.dossier_id._check_keeper()
        # checked above; from here on the state is the system's own
        documents_sudo = self.sudo()
        documents_sudo.lock_for_update()
        checks = [
            documents_sudo._prepare_check(document_sudo, outcome, reason, levels)
            for document_sudo in documents_sudo
        ]
        for document_sudo, check in zip(documents_sudo, checks, strict=True):
            document_sudo.state = check.pop("state")
        # nobody writes checks by hand; who may was asked above
        self.env["sajad.dossier.check"].sudo().create(checks)
        documents_sudo.dossier_id._count_up()

    @api.model
    def _prepare_check(self, document, outcome, reason, levels):
        if document.date_deleted or document.state not in ("submitted", "checked"):
            raise UserError(
                self.env._("%(name)s is not waiting for a check.", name=document.name)
            )
        if (document.version_id or document).create_uid == self.env.user:
            raise AccessError(
                self.env._(
                    "You brought %(name)s yourself; somebody else verifies it.",
                    name=document.name,
                )
            )
        tier = document._get_next_tier(levels)
        state = TIERS[tier] if document.type_id.tiers == "2" else "verified"
        return {
            "document_id": document.id,
            "version_id": document.version_id.id,
            "tier": tier,
            "outcome": outcome,
            "reason": reason,
            "state": "rejected" if outcome == "rejected" else state,
        }

    def _get_next_tier(self, levels):
        """Return whose turn it is: the faculty's, then the university's.

        Where one office is enough, it is the turn of any.

        :raise AccessError: it is not the turn of an office of the user, or the same
            person checked it for the faculty
        """
        self.ensure_one()
        turns = ["university" if self.state == "checked" else "faculty"]
        if self.type_id.tiers == "1":
            turns = ["faculty", "university"]
        tier = next((turn for turn in turns if turn in levels), None)
        if not tier:
            raise AccessError(
                self.env._(
                    "%(name)s waits for another office.",
                    name=self.name,
                )
            )
        last = self.check_ids.filtered(lambda c: c.version_id == self.version_id)
        if tier == "university" and self.env.user in last.user_id:
            raise AccessError(
                self.env._(
                    "You checked %(name)s for the faculty; somebody else verifies it.",
                    name=self.name,
                )
            )
        return tier
