from odoo import api, models

# what the student still has to do something about
OPEN = ("missing", "rejected", "draft")


class SajadAboutPanel(models.AbstractModel):
    """A question about a dossier: its documents, and what is missing (row C4)."""

    _inherit = "sajad.about.panel"

    @api.model
    def _get_sections(self, key):
        kind, _dash, number = (key or "").partition("-")
        if kind != "dossier" or not number.isdecimal():
            return super()._get_sections(key)
        dossier = self.env["sajad.dossier"].browse(int(number)).exists()
        return self._get_dossier_sections(dossier) if dossier else []

    @api.model
    def _get_request_sections(self, request):
        sections = super()._get_request_sections(request)
        if not request.dossier_id:
            return sections
        return sections + self._get_dossier_sections(request.dossier_id)

    @api.model
    def _get_dossier_sections(self, dossier):
        Item = self.env["sajad.dossier.item"]
        states = dict(Item._fields["state"]._description_selection(self.env))
        lines = [
            {
                "label": item.requirement_id.name,
                "text": states[item.state],
                "is_open": item.is_required and item.state in OPEN,
            }
            # what is to be done stands above
            for item in dossier.item_ids.sorted(
                lambda item: not (item.is_required and item.state in OPEN)
            )
        ]
        title = self.env._(
            "Dossier %(number)s: %(count)s missing",
            number=dossier.student_number,
            count=len(dossier._get_missing_items()),
        )
        return [{"title": title, "lines": lines}]
