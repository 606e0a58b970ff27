from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .sajad_document_type import PHASES
from .sajad_dossier_item import PRESENT, SATISFIED
from .sajad_dossier_item_portal import OPEN


class SajadDossier(models.Model):
    """What a student sees of the own dossiers, and submits (row C4).

    People of the portal have no rights on dossiers: what these methods return was
    found as the user's own, and the pages show nothing else.
    """

    _inherit = "sajad.dossier"

    @api.model
    def _get_own(self):
        """Return the dossiers of the user, the newest first, with elevated rights."""
        own = [("partner_id", "=", self.env.user.partner_id.id)]
        # own dossiers only: the domain names their person
        return self.sudo().search(own, order="id desc")

    def _get_portal_url(self):
        self.ensure_one()
        return f"/my/dossiers/{self.id}"

    @api.model
    def _get_home_counts(self):
        """Return how many documents the student has to bring or submit (row C4).

        :return: {"missing", "rejected", "draft": those there are, "total"}
        """
        self.env.flush_all()
        # own dossiers only: the statement names their person
        query = SQL(
            """
            SELECT item.state, COUNT(*)
              FROM sajad_dossier dossier
              JOIN sajad_dossier_item item ON item.dossier_id = dossier.id
              JOIN sajad_document_requirement asked ON asked.id = item.requirement_id
             WHERE dossier.partner_id = %s AND item.is_required AND item.state IN %s
               AND asked.mode = 'upload'
               AND EXISTS (SELECT FROM sajad_requirement_type_rel rel
                             JOIN sajad_document_type type ON type.id = rel.type_id
                            WHERE rel.requirement_id = asked.id
                              AND type.active AND type.source = 'student')
             GROUP BY item.state
            """,
            self.env.user.partner_id.id,
            OPEN,
        )
        counts = dict(self.env.execute_query(query))
        return {**counts, "total": sum(counts.values())}

    # ------------------------------------------------------------
    # ONE DOSSIER
    # ------------------------------------------------------------

    def _get_checklist(self):
        """Return the phases that ask for something, with their entries in order.

        :return: [{"phase", "label", "items", "required", "present", "verified"}]
        """
        self.ensure_one()
        labels = dict(self.item_ids._fields["phase"]._description_selection(self.env))
        by_phase = self._get_portal_items().grouped("phase")
        checklist = []
        for phase, _label in PHASES:
            if items := by_phase.get(phase):
                required = items.filtered("is_required")
                states = required.mapped("state")
                checklist.append(
                    {
                        "phase": phase,
                        "label": labels[phase],
                        "items": items.sorted(),
                        "required": len(required),
                        "present": sum(state in PRESENT for state in states),
                        "verified": sum(state in SATISFIED for state in states),
                    }
                )
        return checklist

    def _get_portal_items(self):
        """Return the entries of the checklist that are no matter between offices."""
        return self.item_ids.filtered(lambda item: not item._is_hidden())

    def _get_other_documents(self):
        """Return what lies in the dossier besides the checklist."""
        return self.document_ids._filter_for_student().filtered(
            lambda d: not d.item_id and not d.date_deleted and d.state != "draft"
        )

    def _get_student_notes(self):
        """Return the notes that offices wrote for the student."""
        return self.note_ids.filtered("is_for_student")

    def _get_next_action(self):
        """Return the one thing that the student does next.

        :return: {"kind": rejected, draft, missing, waiting, office or complete,
            "text": the sentence, "items": what it is about}
        """
        self.ensure_one()
        shown = self._get_portal_items()
        required = shown.filtered("is_required")
        by_kind = shown.grouped(lambda item: item._get_portal_kind())
        none = self.item_ids.browse()
        waiting = [by_kind.get(kind, none) for kind in ("submitted", "checked")]
        for kind, items in (
            ("rejected", by_kind.get("rejected", none)),
            ("draft", by_kind.get("draft", none)),
            ("missing", by_kind.get("missing", none)),
            ("waiting", none.union(*waiting)),
            ("office", by_kind.get("office", none) & required),
        ):
            if items:
                text = self._get_next_texts()[kind]
                return {"kind": kind, "text": text, "items": items.sorted()}
        return {
            "kind": "complete",
            "text": self._get_next_texts()["complete"],
            "items": none,
        }

    def _get_next_texts(self):
        return {
            "rejected": self.env._("Bring again what was rejected."),
            "draft": self.env._(
                "Submit what you have put together: no office sees it before."
            ),
            "missing": self.env._("Bring what is still missing."),
            "waiting": self.env._("Nothing to do: the offices check what you brought."),
            "office": self.env._("Nothing to do: the offices bring the rest."),
            "complete": self.env._("Your dossier is complete. There is nothing to do."),
        }

    # ------------------------------------------------------------
    # SUBMIT
    # ------------------------------------------------------------

    def _submit_drafts(self, items):
        """Submit the drafts of some entries for good (row C4).

        A second click finds no draft and does nothing.

        :return: the documents
        :raise UserError: an entry takes no files now
        """
        self.ensure_one()
        documents = (self.item_ids & items).draft_ids._submit()
        for phase in set(documents.mapped("phase")):
            self._filter_waiting(phase)._send_for_check(phase)
        return documents

    # ------------------------------------------------------------
    # WHO LOOKED
    # ------------------------------------------------------------

    def _get_looks_domain(self):
        """Return which looks a student is told: those of others, at what is shown."""
        self.ensure_one()
        shown = Domain("document_id", "=", False) | Domain(
            "document_id.type_id.is_hidden", "=", False
        )
        others = Domain("user_id.partner_id", "!=", self.partner_id.id)
        return Domain("dossier_id", "=", self.id) & others & shown
