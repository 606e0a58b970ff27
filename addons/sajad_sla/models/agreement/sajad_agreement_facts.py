from datetime import timedelta

from odoo import fields, models
from odoo.tools import format_date
from odoo.tools.i18n import format_list
from odoo.tools.mail import html_to_inner_content

from odoo.addons.sajad_base.tools.clock import get_country_day, get_country_today

from ...tools.placeholders import fill

MEASURED_DAYS = 90


class SajadAgreementVersion(models.Model):
    """What an agreement says of its service: filled in, and kept at publication.

    Fee, call and measured figures move on; what both parties agreed upon does not.
    """

    _inherit = "sajad.agreement.version"

    facts = fields.Json(readonly=True, help="By language, as they were at publication.")
    changed_facts = fields.Char(
        string="Changed Since",
        compute="_compute_changed_facts",
        help="What the version in force says of the service and is so no more.",
    )

    def _compute_changed_facts(self):
        names = {"fee": self.env._("Fee"), "call": self.env._("Call Period")}
        for version in self:
            kept = version._get_facts() if version.state == "published" else {}
            now = version._collect_facts() if kept else {}
            changed = [names[key] for key in names if kept.get(key) != now.get(key)]
            text = format_list(self.env, changed) if changed else False
            version.changed_facts = text

    def _take_facts(self):
        """Return the facts of today in each language, {language: facts}."""
        self.ensure_one()
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        return {lang: self.with_context(lang=lang)._collect_facts() for lang in langs}

    def _get_facts(self):
        """Return the facts of the version: those of its publication, or of today."""
        self.ensure_one()
        # what stands in an agreement is no secret of those who read it
        kept = self.sudo().facts or {}
        return (
            kept.get(self.env.lang)
            or next(iter(kept.values()), None)
            or (self._collect_facts())
        )

    def _collect_facts(self):
        """Hook: what the texts and tables of an agreement say of its service today.

        :return: {place or table: text}; see `tools/placeholders.py`
        :rtype: dict
        """
        self.ensure_one()
        # what a service is, costs and achieves is published
        process = self.sudo().process_id
        organization = process.env["sajad.university"]._get_organization()
        until = get_country_today()
        since = until - timedelta(days=MEASURED_DAYS)
        return {
            "service": process.name,
            "definition": html_to_inner_content(process.description or ""),
            "audience": process._get_applicants_text(),
            "provider": organization.name,
            "window": f"{process.get_base_url()}/services",
            "fee": process._get_fee_text(),
            "call": process._get_call_period_text(),
            "measured_since": format_date(self.env, since),
            "measured_until": format_date(self.env, until),
            "figures": process._get_sla_figures(since, until),
        }

    def _fill(self, body):
        """Return a text with its places filled with the facts of the version."""
        facts = {**self._get_facts(), "dispute_days": self.dispute_days}
        return fill(body, facts)

    def _get_edit_text(self):
        """Return the day of the last edit in the calendar of the reader."""
        self.ensure_one()
        return format_date(self.env, get_country_day(self.date_edit))

    def _get_emblem(self):
        """Return the emblem of the Organization, which provides every service."""
        return self.env["sajad.university"]._get_organization().emblem
