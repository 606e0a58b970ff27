from odoo import models


class SajadDossierDocument(models.Model):
    """What the student reads of a document (row C4).

    Called with elevated rights, for documents that were found as the student's own.
    """

    _inherit = "sajad.dossier.document"

    def _filter_for_student(self):
        """Return those that are no papers between offices."""
        return self.filtered(lambda document: not document.type_id.is_hidden)

    def _get_portal_history(self):
        """Return what was sent, decided and taken out, in no order.

        :return: [{"kind": sent, brought, verified, rejected or deleted, "date",
            "office": whose decision it was, "reason"}]
        """
        self.ensure_one()
        person = self.dossier_id.partner_id
        entries = [
            {
                "kind": "sent"
                if version.create_uid.partner_id == person
                else "brought",
                "date": version.create_date,
                "office": "",
                "reason": "",
            }
            for version in self.version_ids.filtered(lambda v: v.page == 1)
        ]
        entries += [check._get_portal_entry() for check in self.check_ids]
        if self.date_deleted:
            entries.append(
                {
                    "kind": "deleted",
                    "date": self.date_deleted,
                    "office": "",
                    "reason": self.delete_reason,
                }
            )
        return entries

    def _get_portal_rejection(self):
        """Return why it was rejected, in the words of the office."""
        self.ensure_one()
        return self._get_rejection_reason()
