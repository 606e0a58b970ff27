from odoo import models

from ...tools.text_changes import get_changes


class SajadAgreementVersion(models.Model):
    """What changed between two versions of an agreement (row D3)."""

    _inherit = "sajad.agreement.version"

    def _compare(self, before):
        """Return what changed since an earlier version, section by section.

        Sections are compared as they read, with their facts, and found again by what
        they were made of; one that was added or taken out has an empty side.

        :return: [{"name", "pieces", "changed"}] in the order of this version
        :rtype: list
        """
        self.ensure_one()
        old = before._get_texts_by_key()
        new = self._get_texts_by_key()
        empty = self.text_ids.browse()
        sections = []
        for key in dict.fromkeys([*new, *old]):
            text, former = new.get(key, empty), old.get(key, empty)
            pieces = get_changes(former.filled, text.filled)
            sections.append(
                {
                    "name": (text or former).name,
                    "pieces": pieces,
                    "changed": any(kind != "same" for kind, _words in pieces),
                }
            )
        return sections

    def _get_texts_by_key(self):
        return {(text.section_id.id or text.name): text for text in self.text_ids}
