from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.sajad_base.tools.clock import get_country_today

# days before a deadline on which the student is reminded
NOTICE_DAYS = 3
# documents that the job deals with before it commits
BATCH = 500


class SajadDossierDocument(models.Model):
    """Substitutes count until a date, rejections wait until one (rows C3, C4)."""

    _inherit = "sajad.dossier.document"

    is_substitute = fields.Boolean(compute="_compute_is_substitute")
    date_until = fields.Date(
        string="Counts until",
        compute="_compute_date_until",
        store=True,
        readonly=False,
        precompute=True,
        help="A substitute counts until this day, then the document is missing again.",
    )
    is_overdue = fields.Boolean(string="Overdue", compute="_compute_is_overdue")
    reminder = fields.Selection(
        [("soon", "Soon"), ("late", "Overdue")],
        readonly=True,
        help="Of which the student was told.",
    )

    @api.depends("type_id")
    def _compute_is_substitute(self):
        for document in self:
            document.is_substitute = bool(document.type_id.substitute_days)

    @api.depends("type_id")
    def _compute_date_until(self):
        today = get_country_today()
        for document in self:
            days = document.type_id.substitute_days
            document.date_until = days and fields.Date.add(today, days=days)

    @api.depends("state", "deadline", "date_until", "date_deleted")
    def _compute_is_overdue(self):
        today = get_country_today()
        for document in self:
            day = document._get_due_day()
            document.is_overdue = bool(day and day < today)

    def _get_due_day(self):
        """Return until when the student has to bring something else, or False."""
        self.ensure_one()
        day = self.deadline if self.state == "rejected" else self.date_until
        # most have no such day, and nothing else has to be read for them
        if not day or self.date_deleted or self._is_replaced():
            return False
        return day

    def _is_replaced(self):
        """Whether something else satisfies the entry of the checklist for good."""
        others = self.item_id.document_ids - self
        return self.item_id.is_waived or bool(
            others.filtered(
                lambda d: (
                    not d.date_deleted
                    and not d.date_until
                    and d.state in ("submitted", "checked", "verified")
                )
            )
        )

    @api.model
    def _cron_deadlines(self):
        """Remind of what is due soon or overdue, once each; count anew what expired."""
        today = get_country_today()
        soon = fields.Date.add(today, days=NOTICE_DAYS)
        documents = self.search(
            [
                ("date_deleted", "=", False),
                ("reminder", "!=", "late"),
                "|",
                "&",
                ("state", "=", "rejected"),
                ("deadline", "<=", soon),
                ("date_until", "<=", soon),
            ]
        )
        for start in range(0, len(documents), BATCH):
            part = documents[start : start + BATCH]
            part._follow_deadlines(today)
            remaining = len(documents) - start - len(part)
            if not self.env["ir.cron"]._commit_progress(len(part), remaining=remaining):
                return

    def _follow_deadlines(self, today):
        """Count anew what expired, and remind of what was not told yet."""
        self.dossier_id._count_up()
        for document in self:
            day = document._get_due_day()
            kind = "late" if day and day < today else "soon"
            if day and document.reminder != kind:
                document.reminder = kind
                document._remind(kind, day)

    def _remind(self, kind, day):
        Notice = self.env["sajad.notice"]
        person = self.dossier_id.partner_id
        document = Notice._localize(self, person)
        note = document.env._(
            "%(name)s: until %(date)s",
            name=document.name,
            date=format_date(document.env, day),
        )
        path = self.dossier_id._get_portal_url()
        Notice._queue(f"document_{kind}", person, note=note, path=path)
