from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

DISPUTE_DAYS = 30


class SajadAgreementVersion(models.Model):
    """A version of an agreement: once published, it stays as it is (row D3)."""

    _name = "sajad.agreement.version"
    _description = "Version of an Agreement"
    _inherit = ["sajad.client.guard"]
    _order = "agreement_id, number desc"
    _rec_names_search = ["agreement_id"]
    _client_fields = {"text_ids", "dispute_days", "note"}

    agreement_id = fields.Many2one(
        "sajad.agreement", required=True, readonly=True, index=True, ondelete="restrict"
    )
    process_id = fields.Many2one(
        related="agreement_id.process_id", string="Service", store=True, index=True
    )
    number = fields.Integer(string="Version", required=True, readonly=True)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "In Force"), ("replaced", "Replaced")],
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    text_ids = fields.One2many("sajad.agreement.text", "version_id", string="Sections")
    dispute_days = fields.Integer(
        string="Days to Open a Dispute",
        required=True,
        default=DISPUTE_DAYS,
        help="After a request was done or refused. The text says it as {dispute_days}.",
    )
    note = fields.Char(
        string="Reason for the Change", help="For those who read the history later."
    )
    date_edit = fields.Datetime(
        string="Last Edited on",
        required=True,
        readonly=True,
        default=fields.Datetime.now,
    )
    date_published = fields.Datetime(string="Published on", readonly=True)
    published_by_id = fields.Many2one(
        "res.users", string="Published by", readonly=True, ondelete="restrict"
    )
    date_replaced = fields.Datetime(string="Replaced on", readonly=True)

    _number_uniq = models.Constraint(
        "unique(agreement_id, number)", "There is a version of this number already."
    )
    _published_uniq = models.UniqueIndex(
        "(agreement_id) WHERE state = 'published'",
        "One version of an agreement is in force at a time.",
    )
    _draft_uniq = models.UniqueIndex(
        "(agreement_id) WHERE state = 'draft'",
        "The agreement has a draft already.",
    )
    _days_check = models.Constraint(
        "CHECK (dispute_days > 0)", "Leave at least a day to open a dispute."
    )

    @api.depends_context("lang")
    @api.depends("process_id.name", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(service)s, version %(number)s",
                service=version.process_id.name,
                number=version.number,
            )

    def _check_client_write(self, vals):
        self._check_draft()
        # the date of the last edit is the system's
        self.sudo().date_edit = fields.Datetime.now()

    def _check_draft(self):
        """Refuse versions that were published.

        :raise UserError: one was
        """
        if any(version.state != "draft" for version in self):
            raise UserError(
                self.env._("A published agreement stays as it is; make a new version.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._check_draft()

    def _copy_texts(self, sources):
        """Take over sections of templates or of another version, in each language."""
        self.ensure_one()
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        for source in sources:
            section = source if source._name != self.text_ids._name else False
            text = self.text_ids.create(
                {
                    "version_id": self.id,
                    "section_id": (section or source.section_id).id,
                    "name": source.with_context(lang="en_US").name,
                    "sequence": source.sequence,
                    "shows": source.shows,
                }
            )
            for lang in langs:
                told = source.with_context(lang=lang)
                text.with_context(lang=lang).write(
                    {"name": told.name, "body": told.body}
                )

    @api.model
    def _check_places(self, text, unknown):
        """Refuse a section with a place that no fact fills.

        :raise ValidationError: with the name of the place
        """
        if unknown:
            raise ValidationError(
                self.env._(
                    "%(section)s: nothing fills {%(place)s}.",
                    section=text.name,
                    place=unknown[0],
                )
            )

    # ------------------------------------------------------------
    # PUBLISH
    # ------------------------------------------------------------

    def action_publish(self):
        """Put the draft in force instead of the version before it (row D3).

        What it says of the service is kept with it, as it is now.

        :raise AccessError: the user does not write agreements
        :raise UserError: it is no draft any more, or a section is empty
        """
        self.ensure_one()
        self.check_access("write")
        # two who publish at once: the second one finds it done
        version_sudo = self.sudo()
        version_sudo.lock_for_update()
        self._check_draft()
        self._check_complete()
        version_sudo._replace_published()
        version_sudo.write(
            {
                "state": "published",
                "date_published": fields.Datetime.now(),
                # what a data file puts in force was published by nobody
                "published_by_id": not self.env.su and self.env.uid,
                "facts": version_sudo._take_facts(),
            }
        )
        # a draft that is made next finds none
        version_sudo.flush_recordset(["state"])
        self.env.registry.clear_cache("stable")

    def _replace_published(self):
        domain = [
            ("agreement_id", "=", self.agreement_id.id),
            ("state", "=", "published"),
        ]
        before = self.search(domain)
        before.write({"state": "replaced", "date_replaced": fields.Datetime.now()})
        before.flush_recordset()

    def _check_complete(self):
        if not self.text_ids:
            raise UserError(self.env._("The agreement has no section."))
        empty = self.text_ids.filtered(lambda text: not text.body and not text.shows)
        if empty:
            raise UserError(
                self.env._("Nothing is said in: %(section)s", section=empty[0].name)
            )

    def action_compare(self):
        """Show what changed since the version before this one (row D3)."""
        self.ensure_one()
        self.check_access("read")
        versions = self.agreement_id.version_ids.sorted()
        before = versions.filtered(lambda version: version.number < self.number)[:1]
        if not before:
            raise UserError(self.env._("This is the first version."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Changed"),
            "res_model": "sajad.agreement.compare",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_old_id": before.id, "default_new_id": self.id},
        }
