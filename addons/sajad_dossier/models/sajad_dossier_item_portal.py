from odoo import fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import format_date

from odoo.addons.sajad_base.tools.clock import get_country_today
from odoo.addons.sajad_base.tools.sentences import list_quoted

from .sajad_dossier_item import PRESENT

# what a student brings, or brings again
OPEN = ("missing", "rejected", "draft")


class SajadDossierItem(models.Model):
    """What a student sees and does of an entry of the checklist (row C4).

    Called with elevated rights, for entries that were found as the student's own.
    """

    _inherit = "sajad.dossier.item"

    draft_ids = fields.One2many("sajad.dossier.draft", "item_id", string="Drafts")

    def _get_portal_url(self):
        self.ensure_one()
        return f"{self.dossier_id._get_portal_url()}/items/{self.id}"

    def _get_portal_types(self):
        """Return the documents of which the student may bring one."""
        kinds = self.type_ids.filtered(lambda kind: kind.source == "student")
        if self._get_substitute():
            # one is enough, and what is for good is still to come
            kinds = kinds.filtered(lambda kind: not kind.substitute_days)
        return kinds

    def _is_for_student(self):
        self.ensure_one()
        return self.mode == "upload" and bool(self._get_portal_types())

    def _is_hidden(self):
        """Whether it asks for papers between offices, of which students see nothing."""
        self.ensure_one()
        return bool(self.type_ids) and all(self.type_ids.mapped("is_hidden"))

    def _can_bring(self):
        """Whether the student may bring files for it now."""
        self.ensure_one()
        if not self._is_for_student():
            return False
        return self.state in OPEN or bool(self._get_substitute())

    def _get_substitute(self):
        """Return the document that counts for it only for a while, if no other does."""
        self.ensure_one()
        counted = self._get_live_documents().filtered(lambda d: d.state in PRESENT)
        lasting = counted.filtered(lambda document: not document.date_until)
        return counted[:0] if lasting else counted[:1]

    def _lock_for_student(self):
        """Let one window at a time change drafts of entries."""
        if self.try_lock_for_update(allow_referencing=True) != self:
            # Odoo repeats the request when the other window is through
            raise ConcurrencyError(self.env._("Another window saves this just now."))

    def _check_can_bring(self):
        """Refuse files for entries that take none now.

        :raise UserError: one was submitted meanwhile, or the office brings it
        """
        for item in self:
            if not item._can_bring():
                raise UserError(item._get_closed_text())

    def _get_closed_text(self):
        """Return why no files are taken for it now."""
        return self.env._(
            "%(name)s takes no files now: it was submitted, or the office brings it.",
            name=self.requirement_id.name,
        )

    # ------------------------------------------------------------
    # WHAT THE PAGES SHOW
    # ------------------------------------------------------------

    def _get_portal_kind(self):
        """Return how it stands for the student: the state, or "office" or "optional".

        What the student cannot bring is no fault of theirs.
        """
        self.ensure_one()
        if self.state != "missing":
            return self.state
        if not self._is_for_student():
            return "office"
        return "missing" if self.is_required else "optional"

    def _get_waiting_text(self):
        """Return why the student brings nothing for it."""
        self.ensure_one()
        return {
            "upload": self.env._("The office brings it; there is nothing to do."),
            "reference": self.env._(
                "The office finds it by an inquiry; there is nothing to do."
            ),
            "office": self.env._(
                "Another office tells yours; there is nothing to bring."
            ),
            "original": self.env._("Show the original at the office of your faculty."),
        }[self.mode]

    def _get_substitute_text(self):
        """Return until when a substitute counts, and what has to come, or ""."""
        self.ensure_one()
        substitute = self._get_substitute()
        lasting = self.type_ids.filtered(lambda kind: not kind.substitute_days)
        if not substitute or not lasting:
            return ""
        names = {
            "substitute": substitute.name,
            "name": list_quoted(self.env, lasting.mapped("name"), "or"),
            "date": format_date(self.env, substitute.date_until),
        }
        if substitute.date_until < get_country_today():
            return self.env._(
                "%(substitute)s was enough until %(date)s: bring %(name)s.", **names
            )
        return self.env._("Counts until %(date)s: bring %(name)s by then.", **names)

    def _get_types_text(self):
        """Return the documents of which one is enough."""
        return list_quoted(self.env, self.type_ids.mapped("name"), "or")

    def _get_live_documents(self):
        """Return its documents that nobody took out, the newest first."""
        documents = self.document_ids._filter_for_student()
        documents = documents.filtered(lambda d: not d.date_deleted)
        return documents.sorted("id", reverse=True)

    def _get_rejected(self):
        """Return the newest document that waits for a better version."""
        if self.state not in ("rejected", "draft"):
            return self.document_ids.browse()
        return self._get_live_documents().filtered(lambda d: d.state == "rejected")[:1]

    def _get_portal_history(self):
        """Return what became of it, the newest first.

        Offices are named, persons are not.

        :rtype: list[dict]
        """
        self.ensure_one()
        entries = []
        for document in self.document_ids._filter_for_student():
            entries += document._get_portal_history()
        return sorted(entries, key=lambda entry: entry["date"], reverse=True)
